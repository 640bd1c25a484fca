/** Which rows mean a record that is already there: the first of the kind's identities that a row has decides. */
import { customPrefix } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { belongsClause, seenBy } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { BaseRow, Given } from '../records/index.ts'
import type { ImportKind } from './kinds.ts'

/** A record that is there, with its values as callers know them, and its people where they are asked for. */
export type KnownRecord = {
  id: string
  owner_id: string | null
  values: Record<string, unknown>
  contacts?: readonly string[]
}

/** What a record is recognised by, or null when it has nothing of the kind. The field keeps ids and e-mails apart. */
export function identityOf({ identities }: Pick<ImportKind, 'identities'>, given: Given): string | null {
  for (const field of identities) {
    const value = valueOf(given, field)
    if (value !== undefined && value !== null && value !== '') return `${field} ${String(value)}`
  }
  return null
}

/** All that the given ones could be recognised by, be it what decides or not. */
export function identitiesOf(
  { identities }: Pick<ImportKind, 'identities'>,
  given: readonly Given[],
): Set<string> {
  const all = new Set<string>()
  for (const one of given)
    for (const field of identities) {
      const value = valueOf(one, field)
      if (value !== undefined && value !== null && value !== '') all.add(`${field} ${String(value)}`)
    }
  return all
}

const valueOf = (given: Given, field: string): unknown =>
  field.startsWith(customPrefix) ? given.custom?.[field.slice(customPrefix.length)] : given[field]

type Found = BaseRow & { identity_value: string }

/** The live records of the organization that the given ones mean, by identity; of several, the oldest. */
export async function findKnown(
  ctx: Ctx,
  kind: ImportKind,
  given: readonly Given[],
): Promise<Map<string, KnownRecord>> {
  const wanted = new Map<string, Set<string>>()
  for (const one of given) {
    const identity = identityOf(kind, one)
    if (identity === null) continue
    const at = identity.indexOf(' ')
    const field = identity.slice(0, at)
    wanted.set(field, (wanted.get(field) ?? new Set()).add(identity.slice(at + 1)))
  }
  const found = await Promise.all(
    [...wanted].map(
      async ([field, values]) => [field, await selectKnown(ctx, kind, field, [...values])] as const,
    ),
  )
  return new Map(
    found.flatMap(([field, rows]) =>
      rows.map((row): [string, KnownRecord] => [
        `${field} ${row.identity_value}`,
        { id: row.id, owner_id: row.owner_id ?? null, values: kind.kind.told(row) },
      ]),
    ),
  )
}

/** The newest first, so that in a map the oldest stays. */
async function selectKnown(
  ctx: Ctx,
  { kind: { records } }: ImportKind,
  field: string,
  values: string[],
): Promise<Found[]> {
  const { tx, actor } = ctx
  const own = field.startsWith(customPrefix)
    ? seenBy(records, { field_rules: {}, own_fields: actor.own_fields }).own.get(
        field.slice(customPrefix.length),
      )
    : undefined
  const select = (value: RawBuilder<unknown>, from: RawBuilder<unknown>) => sql<Found>`
    SELECT ${value} AS identity_value, r.*
    FROM ${from} WHERE ${belongsClause(records, actor)} AND r.deleted_at IS NULL`
  const table = sql`${sql.table(records.table)} r`
  const query = own?.own
    ? sql<Found>`${select(
        sql`coalesce(v.text, v.number::text)`,
        sql`custom_values v JOIN ${table} ON r.id = v.record_id`,
      )}
      AND v.organization_id = ${actor.organization_id}::uuid AND v.field_id = ${own.own.id}::uuid AND v.is_unique
      AND ${own.stored === 'float8' ? sql`v.number = ANY(${values}::float8[])` : sql`v.text = ANY(${values}::text[])`}`
    : sql<Found>`${select(sql`r.${sql.ref(field)}`, table)} AND ${sql.ref(`r.${field}`)} = ANY(${values}::text[])`
  const { rows } = await sql<Found>`${query} ORDER BY r.created_at DESC, r.id DESC`.execute(tx)
  return rows
}
