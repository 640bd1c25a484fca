/**
 * A list whose only condition is one value of a field that stands in rows of another table: a tag, or an own field.
 * Those rows are indexed by value and record, so the newest are read in their order, however many there are.
 */
import { sql, type RawBuilder } from 'kysely'
import { ownersInReach, type Actor } from '../actor.ts'
import type { RecordDescription, ValueRows } from './description.ts'
import type { FilterTree } from './filter.ts'
import type { Test } from './filter-condition.ts'
import { indexClause, indexRows } from './own-index.ts'
import { belongsClause } from './visible.ts'

/** Null where the list has other conditions, too: which of them few records meet, the planner knows better. */
export function rowsOfOneValue(
  records: RecordDescription,
  actor: Actor,
  filter: FilterTree | null,
): ValueRows | null {
  const condition = filter === null ? null : onlyCondition(filter)
  if (!condition || ownersInReach(actor, records.permissions.read) !== 'all') return null
  const { target, test } = condition
  const value = oneValueOf(test)
  if (value === null || !('column' in target) || 'through' in target) return null
  const { column: field } = target
  if (field.rows) return field.rows.having(actor, value)
  if (!field.own) return null
  return { table: 'custom_values', where: sql`${indexRows(actor, field)} AND ${indexClause(field, test)}` }
}

type Condition = Extract<FilterTree, { target: unknown }>

function onlyCondition(tree: FilterTree): Condition | null {
  if ('target' in tree) return tree
  const members = 'and' in tree ? tree.and : 'or' in tree ? tree.or : []
  const [only] = members
  return members.length === 1 && only ? onlyCondition(only) : null
}

function oneValueOf(test: Test): string | number | null {
  if (test.kind !== 'has' && (test.kind !== 'any' || test.negate)) return null
  return test.values.length === 1 ? (test.values[0] ?? null) : null
}

type Page = {
  actor: Actor
  records: RecordDescription
  conditions: RawBuilder<unknown>
  after: string | null
  rows: number
}

/** @param after the id of the last record before these. */
export function newestWithValue(
  { table: from, where }: ValueRows,
  { actor, records, conditions, after, rows }: Page,
): RawBuilder<unknown> {
  return sql`SELECT r.* FROM ${sql.table(from)} v JOIN ${sql.table(records.table)} r
      ON r.organization_id = v.organization_id AND r.id = v.record_id
    WHERE ${where} AND ${belongsClause(records, actor)} AND ${conditions}
      ${after === null ? sql`` : sql`AND v.record_id < ${after}::uuid`}
    ORDER BY v.record_id DESC LIMIT ${rows}`
}
