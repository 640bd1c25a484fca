/** The caller's own last change: of one record, as the timelines know it, or of many, as a job. */
import type { UndoableChange } from '@rapport/contracts'
import { sql } from 'kysely'
import { belongsClause, seenBy, visibleClause } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findUndoable, type Undoable } from '../activities/index.ts'
import { findUndoableJob, type JobRow } from '../bulk/index.ts'
import { kindOf } from '../records/index.ts'

export type Wanted = { object?: string | undefined; id?: string | undefined; version?: number | undefined }
export type LastChange = { of: 'record'; change: Undoable } | { of: 'many'; job: JobRow }

/** @param wanted a record, when only its changes are asked for. */
export async function findLastChange(ctx: Ctx, wanted: Wanted = {}): Promise<LastChange | null> {
  const [change, job] = await Promise.all([
    findUndoable(ctx, wanted),
    wanted.id === undefined ? findUndoableJob(ctx) : undefined,
  ])
  // Both ids are UUIDv7: the greater one is the later.
  if (job && (!change || job.id > change.id)) return { of: 'many', job }
  return change ? { of: 'record', change } : null
}

const actions = {
  created: 'create',
  updated: 'update',
  stage_changed: 'move',
  deleted: 'delete',
  restored: 'restore',
  converted: 'convert',
} as const

export function actionOf({ type }: Undoable): UndoableChange['action'] {
  const action = actions[type as keyof typeof actions]
  if (action === undefined) throw new Error(`A change of the type ${type} cannot be taken back.`)
  return action
}

export async function tellChange(ctx: Ctx, last: LastChange): Promise<UndoableChange> {
  if (last.of === 'many') {
    const { id, object, action, changed, created_at } = last.job
    const job = { id, action: action as NonNullable<UndoableChange['job']>['action'], changed }
    return { object, id: null, name: null, action: 'bulk', job, changed_at: created_at }
  }
  const { object, record_id, occurred_at } = last.change
  const name = await nameOf(ctx, object, record_id)
  return { object, id: record_id, name, action: actionOf(last.change), job: null, changed_at: occurred_at }
}

/** Null when it is gone, or the caller may not see it. */
async function nameOf({ tx, actor }: Ctx, object: string, id: string): Promise<string | null> {
  const kind = kindOf(object, actor)
  if (!kind) return null
  const { table, title, fields } = seenBy(kind.records, actor)
  if (!fields.has(title)) return null
  const { rows } = await sql<{ name: string }>`
    SELECT ${sql.ref(title)} AS name FROM ${sql.table(table)} r
    WHERE ${belongsClause(kind.records, actor)} AND r.id = ${id}::uuid ${visibleClause(kind.records, actor)}`.execute(
    tx,
  )
  return rows[0]?.name ?? null
}
