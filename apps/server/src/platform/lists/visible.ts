/** Which records an actor may read. */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { ownersInReach, type Actor } from '../actor.ts'
import type { RecordDescription } from './description.ts'

/** Restricts the table to the records of that object in the actor's organization. */
export function belongsClause(
  { object, is_shared }: Pick<RecordDescription, 'object' | 'is_shared'>,
  { organization_id }: Pick<Actor, 'organization_id'>,
  alias: 'r' | 't' = 'r',
): RawBuilder<SqlBool> {
  const own = sql<SqlBool>`${sql.ref(`${alias}.organization_id`)} = ${organization_id}::uuid`
  return is_shared ? sql<SqlBool>`${own} AND ${sql.ref(`${alias}.object`)} = ${object}` : own
}

/** Restricts the record `r`, or that of another alias, to what the actor may read. */
export function visibleClause(
  records: RecordDescription,
  actor: Actor,
  alias: 'r' | 't' = 'r',
): RawBuilder<unknown> {
  const owners = ownersInReach(actor, records.permissions.read)
  // What belongs to nobody has no owner to compare.
  if (owners.length === 0) return sql`AND false`
  return owners === 'all' ? sql`` : sql`AND ${ownedBy(sql.ref(`${alias}.owner_id`), owners)}`
}

/** One owner is compared plainly, so that the index on owner and time serves the order as well. */
function ownedBy(owner: RawBuilder<unknown>, owners: readonly string[]): RawBuilder<boolean> {
  return owners.length === 1 ? sql`${owner} = ${owners[0]}::uuid` : sql`${owner} = ANY(${owners}::uuid[])`
}
