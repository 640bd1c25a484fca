/**
 * What happened lately, from the events: they are in order and know their records. Only what happened to records that
 * the caller may read today is told, and only among the newest events, so that the answer costs the same for everybody.
 */
import type { EventType, RecentEvent } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { recordsOf, visibleClause } from '../../platform/lists/index.ts'

const lookedThrough = 2_000

const told: readonly EventType[] = [
  'lead.created',
  'lead.stage_changed',
  'lead.converted',
  'contact.created',
  'company.created',
  'deal.created',
  'deal.stage_changed',
  'activity.logged',
  'follow_up.updated',
]

type Row = Omit<RecentEvent, 'record' | 'actor'> & {
  object: string
  record_id: string
  title: string
  actor_id: string | null
  actor_name: string
}

export async function readRecent(
  { actor, read }: ReadContext,
  limit: number,
): Promise<{ items: RecentEvent[]; next_cursor: null }> {
  const readable = ['lead', 'contact', 'company', 'deal'].flatMap((object) => titleOf(actor, object) ?? [])
  if (readable.length === 0) return { items: [], next_cursor: null }
  const statement = sql<Row>`
    SELECT e.id, e.type, e.object, e.record_id, t.title, e.actor_id, e.actor_name, e.occurred_at,
      CASE WHEN e.type = 'activity.logged' THEN e.data->>'activity_type' END AS activity_type
    FROM (SELECT * FROM events n WHERE n.organization_id = ${actor.organization_id}::uuid ORDER BY n.seq DESC LIMIT ${lookedThrough}) e
    CROSS JOIN LATERAL (${sql.join(readable, sql` UNION ALL `)}) t
    WHERE e.type = ANY(${told}::text[])
      AND (e.type NOT LIKE '%.stage_changed' OR e.data->'changes' ? 'stage_id')
      AND (e.type <> 'follow_up.updated' OR e.data->>'what' = 'done')
    ORDER BY e.seq DESC LIMIT ${limit}`
  const rows = await read(statement.compile(queryBuilder))
  const items = rows.map(
    ({ id, type, object, record_id, title, actor_id, actor_name, occurred_at, activity_type }) => ({
      id,
      type,
      record: { object, id: record_id, title },
      actor: { id: actor_id, name: actor_name },
      activity_type,
      occurred_at,
    }),
  )
  return { items, next_cursor: null }
}

/** The title of the event's record, where the caller may read it. */
function titleOf(actor: Actor, object: string): RawBuilder<unknown> | null {
  const records = recordsOf(object)
  if (scopeOf(actor, records.permissions.read) === undefined) return null
  return sql`
    SELECT ${sql.ref(`r.${records.title}`)}::text AS title FROM ${sql.table(records.table)} r
    WHERE e.object = ${object} AND r.organization_id = ${actor.organization_id}::uuid AND r.id = e.record_id AND r.deleted_at IS NULL
      ${visibleClause(records, actor)}`
}
