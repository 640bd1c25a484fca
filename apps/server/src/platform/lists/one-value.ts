/**
 * Lists with one condition and no order of their own, on a field whose values stand in rows of another table: a tag,
 * or an own field. They are told by their ids, newest first. Rows of one value are indexed in just that order, so a
 * page of them is read at once, however many there are; and where few records meet a condition, the newest of them
 * are picked from the index before any record is read.
 */
import { sql, type RawBuilder } from 'kysely'
import { ownersInReach, type Actor } from '../actor.ts'
import type { RecordDescription, ValueRows } from './description.ts'
import type { FilterTree } from './filter.ts'
import type { Test } from './filter-condition.ts'
import { indexClause, indexRows, isExact, ownConditions, type OwnCondition } from './own-index.ts'
import { belongsClause } from './visible.ts'

export type Condition = Extract<FilterTree, { target: unknown }>

/** Null where the list has other conditions, too: which of them few records meet, the planner knows better. */
export function onlyCondition(
  records: RecordDescription,
  actor: Actor,
  tree: FilterTree | null,
): Condition | null {
  if (tree === null || ownersInReach(actor, records.permissions.read) !== 'all') return null
  if ('target' in tree) return tree
  const members = 'and' in tree ? tree.and : 'or' in tree ? tree.or : []
  const [only] = members
  return members.length === 1 && only ? onlyCondition(records, actor, only) : null
}

/** The rows of a value that are kept beside records, of which some may be in the trash. */
export function rowsOfValue(actor: Actor, { target, test }: Condition): ValueRows | null {
  const value = oneValueOf(test)
  if (value === null || !('column' in target) || 'through' in target) return null
  return target.column.rows?.having(actor, value) ?? null
}

/** The condition, if it is on an own field and has an index that knows exactly who meets it, each once. */
export function onlyOwn(condition: Condition): OwnCondition | null {
  const [own] = ownConditions(condition)
  if (!own || !isExact(own)) return null
  return own.test.kind === 'has' && oneValueOf(own.test) === null ? null : own
}

/** Whether the index has those who meet the condition in the order of their ids. */
export const isOneValue = ({ test }: OwnCondition): boolean => oneValueOf(test) !== null

function oneValueOf(test: Test): string | number | null {
  if (test.kind !== 'has' && (test.kind !== 'any' || test.negate)) return null
  return test.values.length === 1 ? (test.values[0] ?? null) : null
}

type Page = {
  actor: Actor
  records: RecordDescription
  /** The id of the last record before these. */
  after: string | null
  rows: number
}

const before = (after: string | null) => (after === null ? sql`` : sql`AND v.record_id < ${after}::uuid`)

/** Their own condition is not asked again: twice in a statement, the planner takes it for two that rarely meet. */
export const newestWithValue = (
  { table: from, where }: ValueRows,
  { actor, records, after, rows }: Page,
): RawBuilder<unknown> => sql`SELECT r.id FROM ${sql.table(from)} v JOIN ${sql.table(records.table)} r
      ON r.organization_id = v.organization_id AND r.id = v.record_id
    WHERE ${where} AND ${belongsClause(records, actor)} AND r.deleted_at IS NULL ${before(after)}
    ORDER BY v.record_id DESC LIMIT ${sql.lit(rows)}`

/** The index knows the ids and the order, and has live records only: none of them need be looked at. */
export const newestOfOwn = (
  { field, test }: OwnCondition,
  { actor, after, rows }: Omit<Page, 'records'>,
): RawBuilder<unknown> => sql`SELECT v.record_id AS id FROM custom_values v
    WHERE ${indexRows(actor, field)} AND ${indexClause(field, test)} ${before(after)}
    ORDER BY v.record_id DESC LIMIT ${sql.lit(rows)}`
