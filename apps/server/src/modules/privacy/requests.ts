/** The requests themselves: who asked for what, how far it is, and where the file lies. */
import type { EventType, PrivacyRequest } from '@rapport/contracts'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { PrivacyRequests } from '../../db/types.ts'
import { mentions, type PersonalData } from '../../platform/personal-data/index.ts'
import { notFound } from '../../platform/problems.ts'
import type { Storage } from '../../platform/storage/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'

export type RequestRow = Selectable<PrivacyRequests>
type Context = Pick<Ctx, 'tx' | 'actor'>
type NewRequest = { kind: PrivacyRequest['kind']; object?: string; record_ids?: string[]; reason: string }

export async function insertRequest(ctx: Ctx, given: NewRequest): Promise<RequestRow> {
  const { tx, actor } = ctx
  const row = await tx
    .insertInto('privacy_requests')
    .values({
      organization_id: actor.organization_id,
      id: newId(),
      state: 'queued',
      ...given,
      requested_by: actor.user_id,
      requested_by_name: actor.name,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  tellRequest(ctx, 'privacy_request.created', row)
  return row
}

export async function getRequest({ tx, actor }: Context, id: string): Promise<RequestRow> {
  const row = await tx
    .selectFrom('privacy_requests')
    .selectAll()
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound('privacy_request', id)
  return row
}

/** Whoever holds the lock is the only one to work on it. */
export async function lockRequest({ tx, actor }: Context, id: string): Promise<RequestRow | undefined> {
  return tx
    .selectFrom('privacy_requests')
    .selectAll()
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

type Move = Partial<Pick<RequestRow, 'state' | 'done' | 'problem' | 'file_key' | 'file_bytes'>> & {
  result?: Record<string, number>
  file_days?: number
}

export async function moveRequest(
  ctx: Ctx,
  id: string,
  { result, file_days, ...plain }: Move,
): Promise<RequestRow> {
  const over = plain.state === 'completed' || plain.state === 'failed'
  const changes: Record<string, unknown> = { ...plain }
  if (result) changes['result'] = JSON.stringify(result)
  if (over) changes['completed_at'] = sql`now()`
  if (file_days !== undefined)
    changes['file_expires_at'] = sql`now() + make_interval(days => ${file_days})` as RawBuilder<string>
  const row = await ctx.tx
    .updateTable('privacy_requests')
    .set(changes)
    .where('organization_id', '=', ctx.actor.organization_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  tellRequest(ctx, over ? 'privacy_request.completed' : 'privacy_request.progressed', row)
  return row
}

type Told = Extract<EventType, `privacy_request.${string}`>

/** The audit entry of the end is the certificate: what was asked for, and how many rows of which table it took. */
function tellRequest({ emit }: Ctx, type: Told, row: RequestRow): void {
  const { id, kind, state, done, requested_by, object, record_ids, result, problem } = row
  emit({
    type,
    record: { object: 'privacy_request', id },
    owner_id: requested_by,
    data: { kind, state, done },
    ...(type === 'privacy_request.progressed'
      ? { unaudited: true }
      : { changes: { before: null, after: { kind, state, object, record_ids, result, problem } } }),
  })
}

export function presentRequest(row: RequestRow): PrivacyRequest {
  const { organization_id: _, file_key: __, requested_by, requested_by_name, ...shown } = row
  return {
    ...shown,
    requested_by: { id: requested_by, name: requested_by_name },
  } as PrivacyRequest
}

/** The file goes before the row forgets it. */
export async function removeFile(ctx: Ctx, storage: Storage, id: string): Promise<void> {
  const request = await lockRequest(ctx, id)
  if (!request || request.file_key === null) return
  await storage.remove(request.file_key)
  await ctx.tx
    .updateTable('privacy_requests')
    .set({ file_key: null, file_bytes: null, file_expires_at: null })
    .where('organization_id', '=', ctx.actor.organization_id)
    .where('id', '=', id)
    .execute()
}

/** Of an erased person, the files that were made for them go, too; the request stays as what was done. */
export const requestPersonalData: PersonalData = {
  table: 'privacy_requests',
  async erase({ tx, actor }, person) {
    const rows = await tx
      .selectFrom('privacy_requests')
      .select(['id', 'reason', 'record_ids'])
      .where('organization_id', '=', actor.organization_id)
      .where('reason', '<>', '')
      .execute()
    const about = rows.filter(
      ({ reason, record_ids }) =>
        mentions(reason, person) || person.record_ids.some((id) => record_ids.includes(id)),
    )
    if (about.length === 0) return 0
    const ids = about.map(({ id }) => id)
    await tx
      .updateTable('privacy_requests')
      .set({ reason: '' })
      .where('organization_id', '=', actor.organization_id)
      .where('id', 'in', ids)
      .execute()
    return ids.length
  },
  async eraseFiles({ tx, actor }, storage: Storage, { record_ids }) {
    // An export of the whole organization holds everybody.
    const holding = sql<boolean>`(record_ids && ${record_ids}::uuid[] OR kind = 'organization_export')`
    const rows = await tx
      .selectFrom('privacy_requests')
      .select('file_key')
      .where('organization_id', '=', actor.organization_id)
      .where('file_key', 'is not', null)
      .where(holding)
      .execute()
    for (const { file_key } of rows) if (file_key !== null) await storage.remove(file_key)
    await tx
      .updateTable('privacy_requests')
      .set({ file_key: null, file_bytes: null, file_expires_at: null })
      .where('organization_id', '=', actor.organization_id)
      .where(holding)
      .execute()
  },
}
