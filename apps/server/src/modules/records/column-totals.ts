/**
 * What the numbers of all records that a list finds come to, each currency by itself. Up to a bound they are added up
 * in one pass, exactly; beyond it, of a whole organization, the roll-up still knows what its records are worth.
 */
import { addedUp, isTotalled, moneyScale, type Totals, type TotalsQuery } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { scopeOf } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import {
  fieldOf,
  ownValue,
  seenBy,
  selectRecords,
  type RecordDescription,
  type StoredField,
} from '../../platform/lists/index.ts'
import { invalidField } from '../../platform/problems.ts'
import { matchClause } from '../search/index.ts'
import { countedFieldOf, worthOf } from './totals.ts'

type Sum = { total: number | null; filled: number }
type Row = { currency: string | null; count: number; sums: Sum[] }

export async function readColumnTotals(
  { actor, read }: ReadContext,
  described: RecordDescription,
  query: TotalsQuery,
): Promise<Totals> {
  const records = seenBy(described, actor)
  const fields = requireNumbers(records, query.fields)
  const trashed = query.trashed === 'true'
  const { permissions, object } = records
  const match = query.q === undefined ? null : matchClause(actor, object, permissions.read, query.q)
  const found = selectRecords(described, actor, { ...query, trashed }, match)
  const rows = await read(addUp(records, fields, found).compile(queryBuilder))
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  if (count <= addedUp) return { count, sums: inOrder(fields, rows) }

  const is_whole = !trashed && query.filter === undefined && match === null
  const worth = fields.find(({ name }) => name === worthOf(records).value)
  const counted = countedFieldOf(records)
  if (!is_whole || scopeOf(actor, permissions.read) !== 'all' || !worth || !counted)
    return { count: null, sums: [] }
  const kept = await read(
    sql<Row>`
      SELECT t.currency, sum(t.records)::int AS count,
        json_build_array(json_build_object('total', sum(t.amount)::float8 / ${moneyScale}, 'filled', sum(t.records))) AS sums
      FROM record_totals t
      WHERE t.organization_id = ${actor.organization_id}::uuid AND t.object = ${object} AND t.field = ${counted}
      GROUP BY t.currency`.compile(queryBuilder),
  )
  return { count: kept.reduce((sum, row) => sum + row.count, 0), sums: inOrder([worth], kept) }
}

function requireNumbers(records: RecordDescription, names: string): StoredField[] {
  const asked = names.split(',').map((name) => name.trim())
  return [...new Set(asked.filter(Boolean))].map((name) => {
    const field = fieldOf(records, name)
    if (field && isTotalled(field)) return field
    throw invalidField('fields', 'unknown_field', `"${name.slice(0, 100)}" is not a field of numbers`)
  })
}

function addUp(
  { fields }: RecordDescription,
  asked: readonly StoredField[],
  found: RawBuilder<unknown>,
): RawBuilder<Row> {
  const currency = fields.has('currency') ? sql`r.currency` : sql`NULL::text`
  const values = asked.map((field, place) => sql`${numberOf(field)} AS ${sql.ref(`v${place}`)}`)
  const sums = asked.map((_, place) => {
    const value = sql.ref(`f.v${place}`)
    return sql`json_build_object('total', sum(${value})::float8, 'filled', count(${value}))`
  })
  return sql<Row>`
    SELECT f.currency, count(*)::int AS count, ${sums.length === 0 ? sql`'[]'::json` : sql`json_build_array(${sql.join(sums)})`} AS sums
    FROM (SELECT ${sql.join([sql`${currency} AS currency`, ...values])} ${found} LIMIT ${addedUp + 1}) f
    GROUP BY f.currency ORDER BY f.currency`
}

/** As callers know it, and exact: no binary rounding reaches a sum. */
function numberOf(field: StoredField): RawBuilder<unknown> {
  if (field.own) return sql`(${ownValue(field)})::numeric`
  const value = sql`${sql.ref(`r.${field.column}`)}::numeric`
  return field.type === 'money' ? sql`${value} / ${moneyScale}` : value
}

function inOrder(fields: readonly StoredField[], rows: readonly Row[]): Totals['sums'] {
  return fields.flatMap(({ name, type }, place) => {
    const told = rows
      .map(({ currency, sums }) => ({ currency, ...(sums[place] ?? { total: null, filled: 0 }) }))
      .filter(({ filled }) => filled > 0)
    const of = (currency: string | null, sums: typeof told) => ({
      field: name,
      currency,
      value: sums.reduce((sum, { total }) => sum + (total ?? 0), 0),
      filled: sums.reduce((sum, { filled }) => sum + filled, 0),
    })
    if (type === 'money') return told.map((sum) => of(sum.currency, [sum]))
    return told.length === 0 ? [] : [of(null, told)]
  })
}
