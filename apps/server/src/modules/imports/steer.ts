/** Holding an import, letting it go on, and taking it back: each moves its state and leaves the rest to the job. */
import { scopeOf } from '../../platform/actor.ts'
import { conflict, permissionMissing } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { importKind } from './kinds.ts'
import { presentImport, progressOf } from './presentation.ts'
import { updateImport, type ImportRow } from './repository.ts'

type Enqueue = (ctx: Ctx, import_id: string) => Promise<void>

export async function pauseImport(ctx: Ctx, found: ImportRow) {
  if (found.state === 'paused') return presentImport(found)
  if (found.state !== 'running' || found.phase === 'undo') throw notRunning(found)
  return move(ctx, found, { state: 'paused' })
}

export async function resumeImport(ctx: Ctx, found: ImportRow, enqueue: Enqueue) {
  if (found.state === 'running') return presentImport(found)
  if (found.state !== 'paused') throw notRunning(found)
  await enqueue(ctx, found.id)
  return move(ctx, found, { state: 'running' })
}

const over = ['completed', 'cancelled', 'failed']

export async function startUndo(ctx: Ctx, found: ImportRow, enqueue: Enqueue) {
  if (found.state === 'running' && found.phase === 'undo') return presentImport(found)
  if (!over.includes(found.state) || found.created + found.updated === 0) throw nothingToUndo(found)
  const { permissions } = importKind(found.object, ctx.actor).kind.records
  for (const permission of [permissions.delete, permissions.update])
    if (scopeOf(ctx.actor, permission) === undefined) throw permissionMissing(ctx.actor, permission)
  await enqueue(ctx, found.id)
  return move(ctx, found, { state: 'running', phase: 'undo', problem: null, finished_at: null })
}

async function move(ctx: Ctx, found: ImportRow, to: Parameters<typeof updateImport>[2]) {
  const moved = await updateImport(ctx, found.id, to)
  ctx.emit(progressOf(moved, found.state))
  return presentImport(moved)
}

const notRunning = (found: ImportRow) =>
  conflict('import_over', `The import is ${found.state}; it cannot be held or go on.`, {
    current: presentImport(found),
  })
const nothingToUndo = (found: ImportRow) =>
  conflict(
    'import_not_undoable',
    `The import is ${found.state}; there is nothing that could be taken back.`,
    {
      current: presentImport(found),
    },
  )
