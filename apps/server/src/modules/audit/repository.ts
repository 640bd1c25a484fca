/** SQL over the audit log, which is written by the platform alone. */
import type { AuditFilters } from '@rapport/contracts'
import { sql, type RawBuilder, type Selectable, type SqlBool } from 'kysely'
import type { AuditLog } from '../../db/types.ts'
import type { Actor } from '../../platform/actor.ts'
import { filterClause, parseFilter } from '../../platform/lists/index.ts'
import { auditRecords } from './fields.ts'

export type AuditRow = Omit<Selectable<AuditLog>, 'before' | 'after' | 'hash' | 'content_salt'> & {
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  hash: string
  erased: boolean
}
type Condition = RawBuilder<SqlBool>

/** Entries that fit, the newest first, older than number `before`. */
export function selectEntries(
  actor: Actor,
  filters: AuditFilters,
  before: number | null,
  limit: number,
): RawBuilder<AuditRow> {
  const conditions = conditionsOf(actor, filters)
  if (before !== null) conditions.push(sql`r.seq < ${before}::bigint`)
  return sql<AuditRow>`
    SELECT r.seq, r.occurred_at, r.category, r.action, r.outcome, r.object, r.record_id, r.record_name, r.before, r.after,
      r.content_salt IS NULL AS erased, r.actor_kind, r.actor_id, r.actor_name, r.ip, r.user_agent, r.request_id,
      encode(r.hash, 'hex') AS hash
    FROM audit_log r WHERE ${sql.join(conditions, sql` AND `)} ORDER BY r.seq DESC LIMIT ${limit}`
}

function conditionsOf(actor: Actor, filters: AuditFilters): Condition[] {
  const { organization_id } = actor
  const { action, object, record_id, actor_id, category, outcome, from, to, filter } = filters
  const conditions: Condition[] = [sql`r.organization_id = ${organization_id}::uuid`]
  if (action) conditions.push(among('action', action, 'text'))
  if (object) conditions.push(among('object', object, 'text'))
  if (record_id) conditions.push(among('record_id', [record_id], 'uuid'))
  if (actor_id) conditions.push(among('actor_id', actor_id, 'uuid'))
  // Spelled as in the partial indexes that serve them.
  if (category) conditions.push(sql`r.category = ${sql.lit(category)}`)
  if (outcome) conditions.push(sql`r.outcome = ${sql.lit(outcome)}`)
  if (from) conditions.push(sql`r.seq >= (${firstSince(organization_id, from)})`)
  if (to) conditions.push(sql`r.seq < (${firstSince(organization_id, to)})`)
  if (filter) conditions.push(...filterConditions(organization_id, parseFilter(auditRecords, actor, filter)))
  return conditions
}

type FilterTree = ReturnType<typeof parseFilter>

/** A period in the filter is also a range of numbers, which the primary key serves. */
function filterConditions(organization_id: string, tree: FilterTree): Condition[] {
  const conditions: Condition[] = [filterClause(tree)]
  for (const part of 'and' in tree ? tree.and : [tree]) {
    if (!('target' in part) || !('column' in part.target) || part.target.column.name !== 'occurred_at')
      continue
    const { test } = part
    const [range, ...more] = test.kind === 'ranges' && !test.negate ? test.ranges : []
    if (more.length > 0) continue
    const [from, to] = [range?.from?.value, range?.to?.value].map((time) =>
      time === undefined ? null : String(time),
    )
    if (from) conditions.push(sql`r.seq >= (${firstSince(organization_id, from)})`)
    // A bound that counts in is a whole millisecond: entries of that one still belong.
    if (to) conditions.push(sql`r.seq < (${firstSince(organization_id, afterMillisecond(to))})`)
  }
  return conditions
}

const afterMillisecond = (time: string): string => new Date(Date.parse(time) + 1).toISOString()

function among(column: string, values: readonly string[], type: 'text' | 'uuid'): Condition {
  const [name, cast] = [sql.ref(`r.${column}`), sql.raw(type)]
  if (values.length === 1) return sql`${name} = ${values[0]}::${cast}`
  return sql`${name} = ANY(${values}::${cast}[])`
}

/**
 * The number of the first entry at that time or later. Times never decrease along the numbers, so it is found by
 * halving over the primary key, and a period needs no index of its own.
 */
function firstSince(organization_id: string, time: string): RawBuilder<number> {
  return sql<number>`
    WITH RECURSIVE halving (low, high) AS (
      SELECT 1::bigint, coalesce((SELECT h.seq FROM audit_heads h WHERE h.organization_id = ${organization_id}::uuid), 0) + 1
      UNION ALL
      SELECT CASE WHEN m.is_later THEN h.low ELSE m.middle + 1 END, CASE WHEN m.is_later THEN m.middle ELSE h.high END
      FROM halving h, LATERAL (
        SELECT (h.low + h.high) / 2 AS middle, coalesce((
          SELECT l.occurred_at >= ${time}::timestamptz FROM audit_log l
          WHERE l.organization_id = ${organization_id}::uuid AND l.seq = (h.low + h.high) / 2), false) AS is_later
      ) m WHERE h.low < h.high
    ) SELECT low FROM halving WHERE low = high`
}
