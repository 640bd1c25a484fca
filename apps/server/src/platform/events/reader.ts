/**
 * Reads events in their order. Numbers are given under a row lock that lasts until the commit, so what is
 * visible is always a prefix without gaps; that is asserted here and not believed.
 */
import type { EventType, FieldRules, RapportEvent } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { withoutHidden } from '../field-rules.ts'

export type EventRow = {
  organization_id: string
  seq: number
  id: string
  type: EventType
  actor_id: string | null
  actor_name: string
  object: string
  record_id: string
  record_version: number | null
  owner_id: string | null
  data: Record<string, unknown>
  occurred_at: string
}

const eventColumns = sql.raw(
  'organization_id, seq, id, type, actor_id, actor_name, object, record_id, record_version, owner_id, data, occurred_at',
)

/** Events after `seq` in order, at most `limit`, up to and including `upTo`. */
export function eventsAfter(
  organization_id: string,
  seq: number,
  limit: number,
  upTo: number = Number.MAX_SAFE_INTEGER,
): RawBuilder<EventRow> {
  return sql<EventRow>`
    SELECT ${eventColumns} FROM events
    WHERE organization_id = ${organization_id} AND seq > ${seq} AND seq <= ${upTo}
    ORDER BY seq LIMIT ${limit}`
}

/** How far a stretch of events goes, and one of those that were asked for; a stretch without any is one row of nulls. */
export type StretchRow = { first_seq: number | null; last_seq: number | null; events: number } & (
  EventRow | { id: null }
)

export type Wanted = { types: readonly EventType[]; without?: string | undefined }

/** How many events that are wanted are told at most, and of how many they are looked for. */
export type Reach = { wanted: number; passed: number }

/** The next events after `seq`, of which those that are wanted are told and the others merely counted. */
export function stretchAfter(
  organization_id: string,
  seq: number,
  reach: Reach,
  { types, without }: Wanted,
): RawBuilder<StretchRow> {
  const heard = without === undefined ? sql`` : sql`AND NOT data ? ${without}`
  return sql<StretchRow>`
    WITH bounds AS (
      SELECT min(seq) AS first_seq, max(seq) AS last_seq, count(*)::int AS events FROM (
        SELECT seq FROM events WHERE organization_id = ${organization_id} AND seq > ${seq} ORDER BY seq LIMIT ${reach.passed}) stretch)
    SELECT bounds.*, wanted.* FROM bounds LEFT JOIN LATERAL (
      SELECT ${eventColumns} FROM events
      WHERE organization_id = ${organization_id} AND seq > ${seq} AND seq <= bounds.last_seq
        AND type = ANY(${types}::text[]) ${heard}
      ORDER BY seq LIMIT ${reach.wanted}) wanted ON true ORDER BY wanted.seq`
}

/** The form of api.md, without the fields that the rules of its audience hide. */
export function presentEvent(row: EventRow, rules: FieldRules = {}): RapportEvent {
  return {
    seq: row.seq,
    id: row.id,
    type: row.type,
    organization_id: row.organization_id,
    occurred_at: row.occurred_at,
    actor: { id: row.actor_id, name: row.actor_name },
    record: { object: row.object, id: row.record_id, version: row.record_version },
    data: withoutHidden(rules, row.object, row.data),
  }
}

/** @param after the number that comes before the first row. */
export function assertDense(organization_id: string, after: number, rows: EventRow[]): void {
  let expected = after + 1
  for (const row of rows) {
    if (row.seq !== expected)
      throw new Error(
        `Event ${expected} of organization ${organization_id} is missing: ${row.seq} came instead.`,
      )
    expected += 1
  }
}
