/**
 * What is kept beside a record of any kind, as its notes: who may read the record may read it, who may change the
 * record may write it. Here is asked which record that is, and what the caller may do there.
 */
import type { Permission } from '@rapport/contracts'
import { sql } from 'kysely'
import { mayTouch, type Actor } from '../../platform/actor.ts'
import { belongsClause } from '../../platform/lists/index.ts'
import { invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { kindFamilies, kindOf, type RecordKind } from './kinds.ts'
import { notYours, recordInTrash, recordNotFound } from './problems.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
export type RecordName = { object: string; id: string }

/** A record as far as those must know it who keep something beside it. */
export type Place = {
  kind: RecordKind
  id: string
  owner_id: string | null
  version: number
  title: string
  deleted_at: string | null
}

/** `allow` for whoever may change records of any kind. */
export function changersOfAny(): [Permission, ...Permission[]] {
  const [first, ...others] = kindFamilies().map(({ permissions }) => permissions.update)
  if (first === undefined) throw new Error('No module keeps records yet.')
  return [first, ...others]
}

/** Throws a 404 where the caller does not see the record. @param path where the request names it */
export async function readPlace(ctx: Context, record: RecordName, path = 'object'): Promise<Place> {
  return requirePlace(ctx, requireKind(ctx.actor, record, path), record.id)
}

/** The same, locked for who writes beside it: refused also where the record may not be changed or is in the trash. */
export async function lockPlace(ctx: Context, record: RecordName, path = 'object'): Promise<Place> {
  const kind = requireKind(ctx.actor, record, path)
  const place = await requirePlace(ctx, kind, record.id, sql`FOR NO KEY UPDATE`)
  if (!mayTouch(ctx.actor, kind.records.permissions.update, place.owner_id)) throw notYours(record.object)
  if (place.deleted_at !== null) throw recordInTrash(kind.records)
  return place
}

function requireKind(actor: Actor, { object }: RecordName, path: string): RecordKind {
  const kind = kindOf(object, actor)
  if (!kind) throw invalidField(path, 'invalid_value', 'is not an object with records')
  return kind
}

async function requirePlace(ctx: Context, kind: RecordKind, id: string, lock = sql``): Promise<Place> {
  const place = await findPlace(ctx, kind, id, lock)
  if (!place || !mayReadAt(ctx.actor, place)) throw recordNotFound(kind.records, id)
  return place
}

/** Whoever may see it. */
export async function findPlace(
  { tx, actor }: Context,
  kind: RecordKind,
  id: string,
  lock = sql``,
): Promise<Place | undefined> {
  const { records } = kind
  const owner = records.fields.has('owner_id') ? sql`r.owner_id` : sql`NULL::uuid AS owner_id`
  const { rows } = await sql<Omit<Place, 'kind'>>`
    SELECT r.id, ${owner}, r.version, r.deleted_at, ${sql.ref(`r.${records.title}`)} AS title FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.id = ${id}::uuid ${lock}`.execute(tx)
  return rows[0] && { kind, ...rows[0] }
}

export const mayReadAt = (actor: Actor, { kind, owner_id }: Place): boolean =>
  mayTouch(actor, kind.records.permissions.read, owner_id)

/** Whether the caller may change what is kept beside it now. */
export const mayWriteAt = (actor: Actor, { kind, owner_id, deleted_at }: Place): boolean =>
  deleted_at === null && mayTouch(actor, kind.records.permissions.update, owner_id)

/** Whoever wrote something tidies it up, and so does who may delete the record. */
export const mayRewriteAt = (actor: Actor, place: Place, author_id: string | null): boolean =>
  mayWriteAt(actor, place) &&
  ((author_id !== null && author_id === actor.user_id) ||
    mayTouch(actor, place.kind.records.permissions.delete, place.owner_id))
