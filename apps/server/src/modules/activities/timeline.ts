/** The timeline of one record as JSON text, newest first. */
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { hiddenFields } from '../../platform/field-rules.ts'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import { joinedTo } from './joined.ts'

const order = 'timeline:-occurred_at,-id'

const time = (column: string) =>
  sql.raw(`to_char(a.${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column}`)

/** The select list of an activity with the alias `a`. */
const activityColumns = sql`
  a.id, json_build_object('object', a.object, 'id', a.record_id) AS record, a.type,
  json_build_object('id', a.actor_id, 'name', a.actor_name) AS actor, a.body, a.data, ${time('occurred_at')}, ${time('created_at')}`

/** What an activity tells of changed fields, without those that are hidden from the actor. */
function seenData(hidden: readonly string[]): RawBuilder<unknown> {
  if (hidden.length === 0) return sql`a.data`
  return sql`CASE WHEN a.data ? 'changes' THEN jsonb_set(a.data, '{changes}', ${seenChanges(hidden)}) ELSE a.data END`
}

/** All custom values are hidden as one, or each by itself. */
const seenChanges = (hidden: readonly string[]) => sql`(
  SELECT coalesce(jsonb_object_agg(c.key, c.value), '{}') FROM jsonb_each(a.data->'changes') c
  WHERE split_part(c.key, '.', 1) <> ALL(${hidden}::text[]) AND c.key <> ALL(${hidden}::text[]))`

/** An update of nothing but hidden fields is no news. */
const seenActivity = (hidden: readonly string[]) =>
  hidden.length === 0
    ? sql``
    : sql`AND (a.type <> 'updated' OR ${seenChanges(hidden)} <> '{}' OR a.data->'changes' = '{}')`

type Facts = { object: string; records: RawBuilder<unknown>; after: RawBuilder<unknown>; limit: number }

/** The newest facts of these records, as the actor's rules on their fields leave them. */
function factsOf(actor: Actor, { object, records, after, limit }: Facts): RawBuilder<unknown> {
  const hidden = hiddenFields(actor.field_rules, object)
  return sql`
    SELECT a.id, a.object, a.record_id, a.type, a.actor_id, a.actor_name, a.body, ${seenData(hidden)} AS data, a.occurred_at, a.created_at
    FROM (${records}) told JOIN activities a ON a.record_id = told.id
    WHERE a.organization_id = ${actor.organization_id}::uuid AND a.object = ${object} ${after} ${seenActivity(hidden)}
    ORDER BY a.occurred_at DESC, a.id DESC LIMIT ${limit + 1}`
}

export type ActivityPage = { items: string; last: string | null }
type ActivityPlan = {
  /** A statement of one row: the page. */
  page: RawBuilder<ActivityPage>
  textOf: (page: ActivityPage) => string
}

export function planActivities(
  actor: Actor,
  object: string,
  record_id: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): ActivityPlan {
  const [occurred_at, id] = cursor === undefined ? [] : decodeCursor(order, ['timestamptz', 'uuid'], cursor)
  const after =
    occurred_at === undefined
      ? sql``
      : sql`AND (a.occurred_at, a.id) < (${occurred_at}::timestamptz, ${id}::uuid)`
  const others = joinedTo(object)
  const own = factsOf(actor, { object, records: sql`SELECT ${record_id}::uuid AS id`, after, limit })
  const facts = others
    ? sql`(${own}) UNION ALL (${factsOf(actor, { object: others.object, records: others.records(actor, record_id), after, limit })})`
    : own
  const page = sql<ActivityPage>`
    SELECT '[' || coalesce(string_agg(p.item, ',' ORDER BY p.n) FILTER (WHERE p.n <= ${limit}), '') || ']' AS items,
      CASE WHEN count(*) > ${limit} THEN max(p.keys) FILTER (WHERE p.n = ${limit}) END AS last
    FROM (
      SELECT row_number() OVER () AS n, row_to_json(x)::text AS item, json_build_array(a.occurred_at::text, a.id::text)::text AS keys
      FROM (SELECT f.* FROM (${facts}) f ORDER BY f.occurred_at DESC, f.id DESC LIMIT ${limit + 1}) a
      CROSS JOIN LATERAL (SELECT ${activityColumns}) x
    ) p`
  return {
    page,
    textOf: ({ items, last }) =>
      `{"items":${items},"next_cursor":${JSON.stringify(last ? encodeCursor(order, last) : null)}}`,
  }
}
