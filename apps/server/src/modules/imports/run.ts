/**
 * The job that brings a file in. Each batch is one transaction that writes the records and the row errors, and in the end
 * locks the import to write how far it came. So a crash at any moment loses and doubles nothing: the next attempt goes on
 * at `done`, and two workers can never write the same batch.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { scopeOf, systemActor, type Actor } from '../../platform/actor.ts'
import { Problem } from '../../platform/problems.ts'
import type { Storage } from '../../platform/storage/index.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { requireCompanies } from './access.ts'
import { inBatches, skipRows, twoAtOnce } from './batches.ts'
import { readBatches } from './convert-batch.ts'
import { filesOf } from './layout.ts'
import { linkOwn } from './link-own.ts'
import { readOwnNames } from './own-names.ts'
import { planImport } from './plan.ts'
import { progressOf } from './presentation.ts'
import type { ReadingContext } from './readers.ts'
import { findImport, lockImport, updateImport, type ImportRow } from './repository.ts'
import { readRows } from './rows.ts'
import { undoImport } from './undo.ts'
import { batchWriter } from './side-by-side.ts'

export type RunnerParts = {
  tenancy: Pick<Tenancy, 'inTenant'>
  storage: Storage
  /** The member's actor with the permissions of this moment; null when no longer a member. */
  actorOf: (user_id: string, organization_id: string) => Promise<Actor | null>
  readingFor: (actor: Actor, object: string) => Promise<ReadingContext>
}

export async function runImport(
  parts: RunnerParts,
  job: { organization_id: string; user_id: string | null; import_id: string },
  signal: AbortSignal,
): Promise<void> {
  const actor = job.user_id === null ? null : await parts.actorOf(job.user_id, job.organization_id)
  try {
    if (!actor?.grants['leads:import'])
      throw new Problem(
        403,
        'importer_gone',
        'Not allowed',
        'Whoever started the import may no longer import records.',
      )
    const found = await parts.tenancy.inTenant(actor, (ctx) => findImport(ctx, job.import_id))
    if (found?.state !== 'running') return
    if (found.phase === 'undo') await undoImport(parts, actor, found, signal)
    else await bringIn(parts, actor, found, signal)
  } catch (error) {
    const problem = problemOf(error)
    if (problem === null) throw error // the queue tries again
    await fail(parts, actor ?? systemActor(job.organization_id), job.import_id, problem)
  }
}

async function bringIn(
  parts: RunnerParts,
  actor: Actor,
  found: ImportRow,
  signal: AbortSignal,
): Promise<void> {
  if (!found.mapping) return
  const reading = await parts.readingFor(actor, found.object)
  if (scopeOf(actor, reading.kind.kind.create) === undefined)
    throw new Problem(
      403,
      'importer_gone',
      'Not allowed',
      'Whoever started the import may make no such records.',
    )
  if (found.create_companies) requireCompanies(actor)
  const plan = planImport(
    found.layout,
    found.mapping,
    {
      ...reading,
      date_order: found.date_order ?? reading.date_order,
      keep_unreadable: found.keep_unreadable,
    },
    actor,
  )
  const read = () => readRows(parts.storage.read(found.file_key), found.layout.format)
  if (found.phase === 'rows') {
    const batches = readBatches(plan, inBatches(skipRows(read(), found.done)))
    const write = batchWriter(parts.tenancy, actor, { found, plan, names: await readOwnNames(plan, read) })
    const ended = await twoAtOnce(batches, async (batch, before) => {
      signal.throwIfAborted()
      await nextTurn()
      return write(batch, before)
    })
    if (!ended) return
  }
  if (!(await linkOwn(parts, actor, { id: found.id, plan }, signal))) return
  await parts.tenancy.inTenant(actor, (ctx) => finish(ctx, found.id, { state: 'completed', problem: null }))
  // They have served; what failed is kept row by row.
  for (const file of filesOf(found)) await parts.storage.remove(file)
}

type End = Pick<ImportRow, 'problem'> & { state: 'completed' | 'failed' }

async function finish(ctx: Ctx, id: string, end: End): Promise<void> {
  const current = await lockImport(ctx, id)
  if (current?.state !== 'running') return
  const ended = await updateImport(ctx, id, { ...end, finished_at: new Date().toISOString() })
  ctx.emit(progressOf(ended, current.state))
}

async function fail({ tenancy }: RunnerParts, actor: Actor, id: string, problem: string): Promise<void> {
  await tenancy.inTenant(actor, (ctx) => finish(ctx, id, { state: 'failed', problem }))
}

/** When the queue tries no more. What was brought in is known row by row, so it can still go on, or be taken back. */
export const giveUpImport = (
  { tenancy }: Pick<RunnerParts, 'tenancy'>,
  organization_id: string,
  id: string,
) =>
  tenancy.inTenant(systemActor(organization_id), (ctx) =>
    finish(ctx, id, {
      state: 'failed',
      problem:
        'It was tried again and again without getting through; the log has the details. What was brought in stays, and the import can go on from there.',
    }),
  )

/** What a further attempt would meet again, in words; null for what may pass, as a lost connection. */
function problemOf(error: unknown): string | null {
  if (error instanceof Problem) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return 'The uploaded file is no longer there; upload it again.'
  // 22: a value cannot be stored, 23: a constraint is broken, 54: a limit is exceeded.
  if (/^(?:22|23|54)\w{3}$/.test(code))
    return 'The database refused a batch of rows. What was brought in before it stays; the log has the details.'
  return null
}
