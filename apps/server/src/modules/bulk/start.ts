/** Asking for a change of many records: what it is about is fixed here, the work is done by a job. */
import { undo_hours, type BulkAction, type RecordOperations } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { invalidField, permissionMissing } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { RecordKind } from '../records/index.ts'
import { presentJob, progressOf } from './presentation.ts'
import { jobRunning, jobUndone, undoOver } from './problems.ts'
import { changedItems, insertItems, insertJob, lockJob, updateJob, type JobRow } from './repository.ts'

type BulkRequest = z.output<RecordOperations['bulk']['body']>
export type Enqueue = (ctx: Ctx, job_id: string) => Promise<void>

export async function startBulk(
  ctx: Ctx,
  kind: RecordKind,
  request: BulkRequest,
  enqueue: Enqueue,
): Promise<string> {
  const { action } = request
  requireAction(ctx.actor, kind, action)
  const change = changeOf(request)
  if (change) {
    const tried = change['by_rules'] ? { owner_id: null } : change
    requireFields(kind, tried)
    await kind.refuseChange(ctx, tried)
  }
  const id = newId()
  const { object } = kind.records
  await insertJob(ctx, { id, kind: 'bulk', object, action, change, ...startedBy(ctx.actor) })
  await begin(ctx, await insertItems(ctx, id, chosenBy(ctx, kind, request)), enqueue)
  return id
}

/** Takes back what the job changed, as another job of the same member. */
export async function startUndo(ctx: Ctx, undoes: JobRow, enqueue: Enqueue): Promise<string> {
  const current = presentJob(undoes)
  if (undoes.kind !== 'bulk') throw undoOver(current)
  if (undoes.finished_at === null) throw jobRunning(current)
  if (undoes.undone_by !== null) throw jobUndone(current)
  if (undoes.changed === 0 || undoes.undo_until === null || Date.parse(undoes.undo_until) < Date.now())
    throw undoOver(current)
  const id = newId()
  const { object, action } = undoes
  await insertJob(ctx, { id, kind: 'undo', object, action, undoes: undoes.id, ...startedBy(ctx.actor) })
  await updateJob(ctx, undoes.id, { undone_by: id })
  await begin(ctx, await insertItems(ctx, id, changedItems(ctx, undoes.id)), enqueue)
  return id
}

async function begin(ctx: Ctx, job: JobRow, enqueue: Enqueue): Promise<void> {
  ctx.emit(progressOf(job, null))
  await enqueue(ctx, job.id)
}

/** Ends the job; what it changed can be taken back from now on. */
export async function endJob(
  ctx: Ctx,
  job: JobRow,
  state: 'completed' | 'failed' | 'cancelled',
  problem: string | null = null,
): Promise<JobRow> {
  const now = Date.now()
  const undo_until = job.kind === 'bulk' ? new Date(now + undo_hours * 3_600_000).toISOString() : null
  const finished_at = new Date(now).toISOString()
  const ended = await updateJob(ctx, job.id, { state, problem, finished_at, undo_until, change: null })
  // An undo that did not come to its end can be asked for again, for the rest.
  if (job.undoes !== null && state !== 'completed' && (await lockJob(ctx, job.undoes)))
    await updateJob(ctx, job.undoes, { undone_by: null })
  ctx.emit(progressOf(ended, job.state))
  return ended
}

/** The route lets in whoever may change or delete; what is to be done asks for its own permission. */
function requireAction(actor: Actor, { records }: RecordKind, action: BulkAction): void {
  const { update, delete: remove } = records.permissions
  const permission = action === 'delete' || action === 'restore' ? remove : update
  if (actor.grants[permission] === undefined) throw permissionMissing(actor, permission)
}

function changeOf(request: BulkRequest): Record<string, unknown> | null {
  if (request.action === 'update') return request.values
  if (request.action === 'assign')
    return request.by_rules ? { by_rules: true } : { owner_id: request.owner_id ?? null }
  return request.action === 'tag' ? { tags: { add: request.add, remove: request.remove } } : null
}

/** Not every kind of record has all that can be changed on most. */
function requireFields({ records }: RecordKind, change: Record<string, unknown>): void {
  const strange = ['owner_id', 'tags'].find((name) => name in change && !records.fields.has(name))
  if (strange !== undefined)
    throw invalidField(
      'action',
      'unknown_field',
      `records of this kind (${records.object}) have no ${strange}`,
    )
}

function chosenBy(ctx: Ctx, kind: RecordKind, { ids, filter, q, action }: BulkRequest): RawBuilder<unknown> {
  if (ids) return sql`SELECT DISTINCT n AS id, NULL::int AS version FROM unnest(${ids}::uuid[]) n`
  const trashed = action === 'restore'
  return sql`SELECT r.id, NULL::int AS version ${kind.select(ctx, { filter: JSON.stringify(filter), q, trashed })}`
}

/** A job of a program may do no more than its key, whatever the person may who made the key. */
export function startedBy({ kind, user_id, api_key_id, name, grants }: Actor) {
  if (user_id === null) throw new Error('Jobs belong to members.')
  return {
    created_by: user_id,
    ...(kind === 'api_key' ? { api_key: { id: api_key_id, name, grants } } : {}),
  }
}
