/** The timeline of one record as JSON text, newest first. */
import { activityTypes, type TimelineQuery } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { hiddenFields } from '../../platform/field-rules.ts'
import { decodeCursor, encodeCursor } from '../../platform/lists/index.ts'
import { invalidField } from '../../platform/problems.ts'
import { joinedTo } from './joined.ts'

const order = 'timeline:-occurred_at,-id'

const time = (column: string) =>
  sql.raw(`to_char(a.${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column}`)

/** The select list of an activity with the alias `a`. */
const activityColumns = sql`
  a.id, json_build_object('object', a.object, 'id', a.record_id) AS record, a.type,
  json_build_object('id', a.actor_id, 'name', a.actor_name) AS actor, a.body, a.data, ${time('occurred_at')}, ${time('created_at')},
  ${time('pinned_at')}`

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

type Facts = { records: RawBuilder<unknown>[]; narrowed: RawBuilder<unknown>; limit: number }

/** The newest facts of each record by itself, as its index has them; then the newest of all. */
function factsOf(actor: Actor, object: string, { records, narrowed, limit }: Facts): RawBuilder<unknown> {
  const hidden = hiddenFields(actor.field_rules, object)
  const told = sql.join(records, sql` UNION `)
  return sql`
    SELECT a.* FROM (${told}) told CROSS JOIN LATERAL (
      SELECT a.id, a.object, a.record_id, a.type, a.actor_id, a.actor_name, a.body, ${seenData(hidden)} AS data, a.occurred_at,
        a.created_at, a.pinned_at
      FROM activities a
      WHERE a.organization_id = ${actor.organization_id}::uuid AND a.object = ${object} AND a.record_id = told.id
        ${narrowed} ${seenActivity(hidden)}
      ORDER BY a.occurred_at DESC, a.id DESC LIMIT ${limit}
    ) a ORDER BY a.occurred_at DESC, a.id DESC LIMIT ${limit}`
}

/** Whose facts are told with those of the record: ids by object. */
function toldBy(actor: Actor, object: string, record_id: string, related: boolean) {
  const told = new Map([[object, [sql`SELECT ${record_id}::uuid AS id`]]])
  for (const joined of joinedTo(object, related)) {
    const records = joined.records(actor, record_id)
    if (records) told.set(joined.object, [...(told.get(joined.object) ?? []), records])
  }
  return [...told]
}

export type ActivityPage = { items: string; last: string | null; pinned: string }
type ActivityPlan = {
  /** A statement of one row: the page. */
  page: RawBuilder<ActivityPage>
  textOf: (page: ActivityPage) => string
}

/** More than anybody reads on top of a timeline. */
const mostPinned = 50

export function planActivities(
  actor: Actor,
  object: string,
  record_id: string,
  { limit, cursor, types, related }: TimelineQuery,
): ActivityPlan {
  const told = toldBy(actor, object, record_id, related === 'true')
  const union = (narrowed: RawBuilder<unknown>, most: number) =>
    sql.join(
      told.map(([other, records]) => sql`(${factsOf(actor, other, { records, narrowed, limit: most })})`),
      sql` UNION ALL `,
    )
  const page = sql<ActivityPage>`
    SELECT '[' || coalesce(string_agg(p.item, ',' ORDER BY p.n) FILTER (WHERE p.n <= ${limit}), '') || ']' AS items,
      CASE WHEN count(*) > ${limit} THEN max(p.keys) FILTER (WHERE p.n = ${limit}) END AS last,
      ${cursor === undefined ? pinnedOf(union(sql`AND a.pinned_at IS NOT NULL`, mostPinned)) : sql`'[]'`} AS pinned
    FROM (
      SELECT row_number() OVER () AS n, row_to_json(x)::text AS item, json_build_array(a.occurred_at::text, a.id::text)::text AS keys
      FROM (SELECT f.* FROM (${union(sql`${afterCursor(cursor)} ${ofTypes(types)}`, limit + 1)}) f
        ORDER BY f.occurred_at DESC, f.id DESC LIMIT ${limit + 1}) a
      CROSS JOIN LATERAL (SELECT ${activityColumns}) x
    ) p`
  return {
    page,
    textOf: ({ items, last, pinned }) =>
      `{"items":${items},"next_cursor":${JSON.stringify(last ? encodeCursor(order, last) : null)},"pinned":${pinned}}`,
  }
}

const pinnedOf = (facts: RawBuilder<unknown>) => sql`(
  SELECT '[' || coalesce(string_agg(p.item, ',' ORDER BY p.pinned_at DESC), '') || ']'
  FROM (SELECT a.pinned_at, row_to_json(x)::text AS item
    FROM (SELECT f.* FROM (${facts}) f ORDER BY f.pinned_at DESC LIMIT ${mostPinned}) a
    CROSS JOIN LATERAL (SELECT ${activityColumns}) x) p)`

function afterCursor(cursor: string | undefined): RawBuilder<unknown> {
  if (cursor === undefined) return sql``
  const [occurred_at, id] = decodeCursor(order, ['timestamptz', 'uuid'], cursor)
  return sql`AND (a.occurred_at, a.id) < (${occurred_at}::timestamptz, ${id}::uuid)`
}

const known: readonly string[] = activityTypes

function ofTypes(text: string | undefined): RawBuilder<unknown> {
  if (text === undefined) return sql``
  const types = text.split(',').map((type) => type.trim())
  const unknown = types.find((type) => !known.includes(type))
  if (unknown !== undefined)
    throw invalidField('types', 'invalid_value', `"${unknown.slice(0, 60)}" is no type of activity`)
  return sql`AND a.type = ANY(${types}::text[])`
}
