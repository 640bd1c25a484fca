import type { NotificationType } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { asItComes, type SettingsRow, type Ways } from './ways.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export type NotificationRow = {
  id: string
  type: NotificationType
  object: string
  record_id: string | null
  actor_id: string | null
  actor_name: string | null
  data: Record<string, unknown>
  created_at: string
  read_at: string | null
}

export type NewNotification = Pick<
  NotificationRow,
  'id' | 'type' | 'object' | 'record_id' | 'actor_id' | 'data'
> &
  Omit<Ways, 'toast' | 'sound'> & { user_id: string; event_id: string }

/** What was given within so long is one going. */
const oneGoing_s = 600

const settingsColumns = sql`channels, sound, quiet_from, quiet_to, paused_until, digest, digest_at`

export async function readSettings({ tx, actor }: Context, user_id: string | null): Promise<SettingsRow> {
  const { rows } = await sql<SettingsRow>`
    SELECT ${settingsColumns} FROM notification_settings
    WHERE organization_id = ${actor.organization_id}::uuid AND user_id = ${user_id}::uuid`.execute(tx)
  return rows[0] ?? asItComes
}

export async function readSettingsOf(
  { tx, actor }: Context,
  user_ids: readonly string[],
): Promise<(user_id: string) => SettingsRow> {
  const { rows } = await sql<SettingsRow & { user_id: string }>`
    SELECT user_id, ${settingsColumns} FROM notification_settings
    WHERE organization_id = ${actor.organization_id}::uuid AND user_id = ANY(${user_ids}::uuid[])`.execute(tx)
  const known = new Map(rows.map(({ user_id, ...row }) => [user_id, row]))
  return (user_id) => known.get(user_id) ?? asItComes
}

export type Added = { id: string; counted: boolean }

/**
 * Many records that somebody gave are told in one piece, though they come in several: the number is added to what was
 * told of the ones before, if that is still unread. Answers for which of the given there is such a one, its id, and
 * whether they were counted there only now.
 */
export async function addToUnread(
  { tx, actor }: Context,
  rows: readonly NewNotification[],
): Promise<Map<string, Added>> {
  const many = rows.filter(({ data }) => 'through' in data)
  if (many.length === 0) return new Map()
  const { organization_id } = actor
  const counted = sql`((u.data ->> 'through')::bigint < (g.data ->> 'through')::bigint AND NOT EXISTS (
    SELECT FROM notifications e WHERE e.organization_id = ${organization_id}::uuid AND e.event_id = g.event_id
      AND e.user_id = g.user_id AND e.type = g.type))`
  const added = await sql<Added & { given: string }>`
    UPDATE notifications n SET data = told.data, push_due_at = CASE WHEN told.counted THEN told.push_due_at ELSE n.push_due_at END
    FROM (
      SELECT g.id AS given, u.id, g.push_due_at, ${counted} AS counted, CASE WHEN ${counted}
        THEN g.data || jsonb_build_object('count', (u.data ->> 'count')::int + (g.data ->> 'count')::int) ELSE u.data END AS data
      FROM jsonb_to_recordset(${JSON.stringify(many)}::jsonb) AS g (id uuid, user_id uuid, event_id uuid, type text, object text, actor_id uuid,
        data jsonb, push_due_at timestamptz)
      CROSS JOIN LATERAL (
        SELECT x.id, x.data FROM notifications x
        WHERE x.organization_id = ${organization_id}::uuid AND x.user_id = g.user_id AND x.read_at IS NULL
          AND x.record_id IS NULL AND x.type = g.type AND x.object = g.object AND x.actor_id IS NOT DISTINCT FROM g.actor_id
          AND x.data ? 'through' AND x.created_at > now() - make_interval(secs => ${oneGoing_s})
        ORDER BY x.id DESC LIMIT 1) u) told
    WHERE n.organization_id = ${organization_id}::uuid AND n.id = told.id AND n.read_at IS NULL
    RETURNING told.given, n.id, told.counted`.execute(tx)
  return new Map(added.rows.map(({ given, ...one }) => [given, one]))
}

/** Answers the ids of those that were not there yet. */
export async function insertNotifications(
  { tx, actor }: Context,
  rows: readonly NewNotification[],
): Promise<Set<string>> {
  const inserted = await sql<{ id: string }>`
    INSERT INTO notifications (organization_id, id, user_id, event_id, type, object, record_id, actor_id, data, in_app, mail_due_at,
      push_due_at)
    SELECT ${actor.organization_id}::uuid, n.id, n.user_id, n.event_id, n.type, n.object, n.record_id,
      (SELECT u.id FROM users u WHERE u.id = n.actor_id), n.data, n.in_app, n.mail_due_at, n.push_due_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (id uuid, user_id uuid, event_id uuid, type text, object text,
      record_id uuid, actor_id uuid, data jsonb, in_app boolean, mail_due_at timestamptz, push_due_at timestamptz)
    ON CONFLICT (organization_id, event_id, user_id, type) DO NOTHING RETURNING id`.execute(tx)
  return new Set(inserted.rows.map(({ id }) => id))
}

export type Group = { object: string; record_id: string | null; ids: string[]; count: number; unread: number }
type Page = { limit: number; before: string | null; only_unread: boolean; types: readonly string[] | null }

/** What the reader was told, by what it is about; the newest of each first. */
export async function listGroups({ tx, actor }: Context, page: Page): Promise<Group[]> {
  const { limit, before, only_unread, types } = page
  const { rows } = await sql<Group>`
    SELECT g.object, g.record_id, g.ids[1:3] AS ids, g.count, g.unread FROM (
      SELECT n.object, n.record_id, array_agg(n.id ORDER BY n.id DESC) AS ids, count(*)::int AS count,
        (count(*) FILTER (WHERE n.read_at IS NULL))::int AS unread
      FROM notifications n
      WHERE n.organization_id = ${actor.organization_id}::uuid AND n.user_id = ${actor.user_id}::uuid AND n.in_app
        AND (${types}::text[] IS NULL OR n.type = ANY(${types}::text[]))
        AND (NOT ${only_unread}::boolean OR n.read_at IS NULL)
      GROUP BY n.object, n.record_id) g
    WHERE ${before}::uuid IS NULL OR g.ids[1] < ${before}::uuid
    ORDER BY g.ids[1] DESC LIMIT ${limit}`.execute(tx)
  return rows
}

export async function readNotifications(
  { tx, actor }: Context,
  ids: readonly string[],
): Promise<NotificationRow[]> {
  const { rows } = await sql<NotificationRow>`
    SELECT n.id, n.type, n.object, n.record_id, n.actor_id, u.full_name AS actor_name, n.data, n.created_at, n.read_at
    FROM notifications n LEFT JOIN users u ON u.id = n.actor_id
    WHERE n.organization_id = ${actor.organization_id}::uuid AND n.user_id = ${actor.user_id}::uuid AND n.id = ANY(${ids}::uuid[])
    ORDER BY n.id DESC`.execute(tx)
  return rows
}

type Unread = { object: string; record_id: string | null; count: number }

/** How many are unread, by what they are about: whether the reader may still know of that is asked by others. */
export async function countUnread({ tx, actor }: Context, most: number): Promise<Unread[]> {
  const { rows } = await sql<Unread>`
    SELECT n.object, n.record_id, count(*)::int AS count FROM (
      SELECT object, record_id FROM notifications
      WHERE organization_id = ${actor.organization_id}::uuid AND user_id = ${actor.user_id}::uuid AND in_app AND read_at IS NULL
      ORDER BY id DESC LIMIT ${most}) n
    GROUP BY n.object, n.record_id`.execute(tx)
  return rows
}

export type Marked = {
  ids?: readonly string[] | undefined
  group?: { object: string; record_id: string | null } | undefined
}

/** Answers how many changed. What is read is not mailed any more. */
export async function markRead(
  { tx, actor }: Context,
  { ids, group }: Marked,
  read: boolean,
): Promise<number> {
  const narrowed = ids
    ? sql`AND id = ANY(${ids}::uuid[])`
    : group
      ? sql`AND object = ${group.object} AND record_id IS NOT DISTINCT FROM ${group.record_id}::uuid`
      : sql``
  const { numAffectedRows } = await sql`
    UPDATE notifications SET read_at = ${read ? sql`now()` : sql`NULL`}, mail_due_at = NULL
    WHERE organization_id = ${actor.organization_id}::uuid AND user_id = ${actor.user_id}::uuid
      AND (read_at IS NULL) = ${read}::boolean ${narrowed}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
