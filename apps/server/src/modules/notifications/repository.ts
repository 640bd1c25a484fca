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

/**
 * Many records that somebody gave are told in one piece, though they come in several: what was told of the ones before,
 * if it is still unread, becomes the given one, with both numbers added up. Answers which of the given are told by this,
 * and whether only now.
 */
export async function addToUnread(
  { tx, actor: { organization_id } }: Context,
  rows: readonly NewNotification[],
): Promise<Map<string, 'now' | 'before'>> {
  const many = rows.filter(({ data }) => 'through' in data)
  if (many.length === 0) return new Map()
  const { rows: told } = await sql<{ id: string; is_new: boolean }>`
    WITH given AS (
      SELECT g.*, u.id AS earlier, (u.data ->> 'count')::int + (g.data ->> 'count')::int AS both,
        (u.data ->> 'through')::bigint < (g.data ->> 'through')::bigint AND NOT EXISTS (
          SELECT FROM notifications e WHERE e.organization_id = ${organization_id}::uuid AND e.event_id = g.event_id
            AND e.user_id = g.user_id AND e.type = g.type) AS is_new
      FROM jsonb_to_recordset(${JSON.stringify(many)}::jsonb) AS g (id uuid, user_id uuid, event_id uuid, type text,
        object text, actor_id uuid, data jsonb, push_due_at timestamptz)
      CROSS JOIN LATERAL (
        SELECT n.id, n.data FROM notifications n
        WHERE n.organization_id = ${organization_id}::uuid AND n.user_id = g.user_id AND n.read_at IS NULL
          AND n.record_id IS NULL AND n.type = g.type AND n.object = g.object AND n.actor_id IS NOT DISTINCT FROM g.actor_id
          AND n.data ? 'through' AND n.created_at > now() - make_interval(secs => ${oneGoing_s})
        ORDER BY n.id DESC LIMIT 1 FOR UPDATE) u
    ), renewed AS (
      UPDATE notifications n SET id = g.id, created_at = now(), push_due_at = g.push_due_at,
        data = g.data || jsonb_build_object('count', g.both)
      FROM given g WHERE g.is_new AND n.organization_id = ${organization_id}::uuid AND n.id = g.earlier)
    SELECT id, is_new FROM given`.execute(tx)
  return new Map(told.map(({ id, is_new }) => [id, is_new ? 'now' : 'before']))
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
