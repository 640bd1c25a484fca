/**
 * How many records have each value of a field. Of all records of an organization the roll-up knows it; what a filter,
 * a search or the caller's scope leaves is counted in one pass.
 */
import {
  isGroupable,
  maxGroups,
  moneyScale,
  type Group,
  type Groups,
  type GroupsQuery,
} from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import {
  seenBy,
  selectRecords,
  type Match,
  type RecordDescription,
  type StoredField,
} from '../../platform/lists/index.ts'
import { invalidField } from '../../platform/problems.ts'
import { matchClause } from '../search/index.ts'
import { groupName, groupOrder } from './group-names.ts'
import { countedSums, worthOf } from './totals.ts'

type Sum = { currency: string; amount: number }
type Row = { place: number; value: string; name: string | null; groups: number; count: number; sums: Sum[] }

export async function readGroups(
  { actor, read }: ReadContext,
  described: RecordDescription,
  query: GroupsQuery,
): Promise<Groups> {
  const records = seenBy(described, actor)
  const field = requireGroupField(records, query.group_by)
  const rows = await read(groupsStatement(actor, described, field, query).compile(queryBuilder))
  const { value } = worthOf(records)
  const told = value !== null && records.fields.has(value) ? value : null
  const sumsOf = (sums: Sum[]): Group['sums'] =>
    told === null
      ? []
      : sums.map(({ currency, amount }) => ({ field: told, currency, value: amount / moneyScale }))
  const groupOf = (row: Row): Group => ({
    value: row.value === '' ? null : row.value,
    name: row.name,
    count: row.count,
    sums: sumsOf(row.sums),
  })
  const single = rows.filter(({ place }) => place <= maxGroups)
  const rest = rows.find(({ place }) => place > maxGroups)
  // Those without a value have a place for certain, and stand last.
  const inOrder = [
    ...single.filter(({ value: of }) => of !== ''),
    ...single.filter(({ value: of }) => of === ''),
  ]
  return {
    items: inOrder.map(groupOf),
    others: rest ? { groups: rest.groups, count: rest.count, sums: sumsOf(rest.sums) } : null,
    total: rows.reduce((sum, { count }) => sum + count, 0),
  }
}

function requireGroupField({ fields }: RecordDescription, name: string): StoredField {
  const field = fields.get(name)
  if (field && isGroupable(field)) return field
  throw invalidField('group_by', 'unknown_field', `"${name}" is not a field to group by`)
}

function groupsStatement(
  actor: Actor,
  records: RecordDescription,
  field: StoredField,
  query: GroupsQuery,
): RawBuilder<Row> {
  const { object, permissions } = records
  const found = query.q === undefined ? null : matchClause(actor, object, permissions.read, query.q)
  const is_whole = query.filter === undefined && found === null && scopeOf(actor, permissions.read) === 'all'
  const counted =
    is_whole && field.counted ? kept(actor, records, field) : live(actor, records, field, query, found)
  const { joins, order } = groupOrder(actor, field)
  return sql<Row>`
    WITH counted AS MATERIALIZED (${counted}),
    grouped AS (SELECT c.value, sum(c.records)::int AS count FROM counted c GROUP BY c.value HAVING sum(c.records) > 0),
    placed AS MATERIALIZED (
      SELECT g.value, g.count, row_number() OVER (ORDER BY g.value = '' DESC, ${order}, g.value) AS place FROM grouped g ${joins}
    ),
    summed AS (
      SELECT least(p.place, ${maxGroups + 1})::int AS place, min(p.value) AS value, c.currency, sum(c.amount) AS amount
      FROM placed p JOIN counted c ON c.value = p.value GROUP BY 1, 3
    ),
    worth AS (
      SELECT s.place, coalesce(json_agg(json_build_object('currency', s.currency, 'amount', s.amount::float8) ORDER BY s.currency)
        FILTER (WHERE s.amount <> 0), '[]') AS sums
      FROM summed s GROUP BY s.place
    ),
    gathered AS (
      SELECT least(p.place, ${maxGroups + 1})::int AS place, min(p.value) AS value, count(*)::int AS groups, sum(p.count)::int AS count
      FROM placed p GROUP BY 1
    )
    SELECT g.place, g.value, CASE WHEN g.place <= ${maxGroups} AND g.value <> '' THEN ${groupName(actor, field)} END AS name,
      g.groups, g.count, w.sums
    FROM gathered g JOIN worth w ON w.place = g.place ORDER BY g.place`
}

const kept = ({ organization_id }: Actor, { object }: RecordDescription, { name }: StoredField) => sql`
  SELECT t.value, t.currency, t.records, t.amount FROM record_totals t
  WHERE t.organization_id = ${organization_id}::uuid AND t.object = ${object} AND t.field = ${name}`

function live(
  actor: Actor,
  records: RecordDescription,
  field: StoredField,
  { filter, q }: GroupsQuery,
  found: Match | null,
): RawBuilder<unknown> {
  const worth = worthOf(records)
  const currency = worth.value === null ? sql`''` : sql`r.currency`
  return sql`
    SELECT coalesce(${valueText(actor, field)}, '') AS value, ${currency} AS currency, ${countedSums(worth)}
    ${selectRecords(records, actor, { filter, q, trashed: false }, found)}
    GROUP BY 1, 2`
}

/** A date or a time stands for its month, where the caller is. */
function valueText({ time_zone }: Actor, { column, stored }: StoredField): RawBuilder<unknown> {
  const value = sql.ref(`r.${column}`)
  if (stored === 'timestamptz') return sql`to_char(${value} AT TIME ZONE ${time_zone}, 'YYYY-MM')`
  if (stored === 'date') return sql`to_char(${value}, 'YYYY-MM')`
  return sql`${value}::text`
}
