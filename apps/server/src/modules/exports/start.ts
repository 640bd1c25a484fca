/** Asking for a file. What cannot be written is refused here, and looked at again when it is written. */
import type { Export, NewExport } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import { parseFilter, parseSort, seenBy } from '../../platform/lists/index.ts'
import { invalidField, notFound, permissionMissing } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { insertJob, lockJob, progressOf, startedBy } from '../bulk/index.ts'
import { kindOf, type RecordKind } from '../records/index.ts'
import { readView } from '../views/index.ts'
import { columnsOf } from './columns.ts'
import { readNames } from './names.ts'
import { presentExport } from './presentation.ts'
import { findExport, insertExport, type Asked } from './repository.ts'

export async function startExport(
  ctx: Ctx,
  request: NewExport,
  enqueue: (ctx: Ctx, id: string) => Promise<void>,
): Promise<Export> {
  const kind = requireKind(ctx.actor, request.object)
  const { asked, name } = await askedBy(ctx, kind, request)
  await requireSense(ctx, kind, asked)
  const id = newId()
  const { format, object } = request
  await insertJob(ctx, { id, kind: 'export', object, action: 'export', ...startedBy(ctx.actor) })
  await insertExport(ctx, { id, format, file_name: fileNameOf(name, format), asked })
  const job = await lockJob(ctx, id)
  if (job) ctx.emit(progressOf(job, null))
  await enqueue(ctx, id)
  return presentExport(await requireExport(ctx, id))
}

/** Whoever may read such records may have them in a file. */
function requireKind(actor: Actor, object: string): RecordKind {
  const kind = kindOf(object, actor)
  if (!kind) throw invalidField('object', 'unknown_object', 'must be an object')
  const { read } = kind.records.permissions
  if (!scopeOf(actor, read)) throw permissionMissing(actor, read)
  return kind
}

async function askedBy(
  ctx: Ctx,
  { records }: RecordKind,
  { view_id, filter, q, sort, ids, columns, delimiter, localized }: NewExport,
): Promise<{ asked: Asked; name: string }> {
  const view = view_id === undefined ? null : await readView(ctx, view_id)
  if (view && view.object !== records.object)
    throw invalidField('view_id', 'invalid_value', 'must be a view of the same object')
  const shown = view?.columns.filter(({ hidden }) => !hidden) ?? []
  const chosen = columns ?? (shown.length > 0 ? shown.map(({ field }) => field) : null)
  const wanted = filter ?? view?.filter ?? null
  const asked: Asked = {
    filter: wanted && JSON.stringify(wanted),
    q: q ?? null,
    sort: sort ?? view?.sort ?? null,
    ids: ids ?? null,
    columns: chosen?.map((one) => (typeof one === 'string' ? { field: one, label: null } : one)) ?? null,
    delimiter,
    localized,
  }
  return { asked, name: view?.name ?? (records.is_shared ? records.object : records.table) }
}

/** Refuses with a 422 what could not be written. */
async function requireSense(ctx: Ctx, { records }: RecordKind, asked: Asked): Promise<void> {
  const seen = seenBy(records, ctx.actor)
  if (asked.filter !== null) parseFilter(seen, ctx.actor, asked.filter)
  if (asked.sort !== null) parseSort(seen, asked.sort)
  columnsOf(seen, ctx.actor, asked.columns, { names: await readNames(ctx), local: false })
}

/** Of a name what every system takes in a file's name. */
function fileNameOf(name: string, format: string): string {
  const day = new Date().toISOString().slice(0, 10)
  const plain = name.replaceAll(/[^\p{L}\p{N} _-]+/gu, ' ').trim()
  return `${plain || 'export'} ${day}.${format}`
}

/** Exports are seen by whoever asked for them. */
export async function requireExport(ctx: Ctx, id: string) {
  const row = await findExport(ctx, id)
  if (!row || row.created_by !== ctx.actor.user_id) throw notFound('export', id)
  return row
}
