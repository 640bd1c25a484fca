/** SQL of channels, each with what its reader keeps of it. */
import type { ChatChannelKind } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'

export type Context = Pick<Ctx, 'tx' | 'actor'>

export type ChannelRow = {
  id: string
  kind: ChatChannelKind
  name: string | null
  topic: string | null
  object: string | null
  record_id: string | null
  last_seq: number
  last_message_at: string | null
  retention_days: number | null
  archived_at: string | null
  version: number
  created_by: string | null
  created_at: string
  /** Null of a reader who is not in it. */
  joined_at: string | null
  last_read_seq: number | null
  muted: boolean | null
  notify: 'all' | 'mentions' | 'none' | null
  starred: boolean | null
}

/** What follows is told after WHERE: the channel `c` and the membership `m` of the actor. */
export const selectChannels = (actor: Actor, where: RawBuilder<unknown>) => sql<ChannelRow>`
  SELECT c.id, c.kind, c.name, c.topic, c.object, c.record_id, c.last_seq, c.last_message_at, c.retention_days, c.archived_at,
    c.version, c.created_by, c.created_at, m.joined_at, m.last_read_seq, m.muted, m.notify, m.starred
  FROM chat_channels c LEFT JOIN chat_members m ON m.organization_id = ${actor.organization_id}::uuid
    AND m.channel_id = c.id AND m.user_id = ${actor.user_id}::uuid
  WHERE c.organization_id = ${actor.organization_id}::uuid AND ${where}`

export async function findChannel(
  { tx, actor }: Context,
  where: RawBuilder<unknown>,
): Promise<ChannelRow | undefined> {
  return (await selectChannels(actor, where).execute(tx)).rows[0]
}

export type NewChannel = Pick<ChannelRow, 'id' | 'kind' | 'name' | 'topic' | 'object' | 'record_id'> & {
  direct_key: string | null
}

/** False when the same people, or the same record, have one. */
export async function insertChannel({ tx, actor }: Context, channel: NewChannel): Promise<boolean> {
  const { id, kind, name, topic, object, record_id, direct_key } = channel
  const { numAffectedRows } = await sql`
    INSERT INTO chat_channels (organization_id, id, kind, name, topic, object, record_id, direct_key, created_by)
    VALUES (${actor.organization_id}::uuid, ${id}::uuid, ${kind}, ${name}, ${topic}, ${object}, ${record_id}::uuid, ${direct_key},
      ${actor.user_id}::uuid) ON CONFLICT DO NOTHING`.execute(tx)
  return Number(numAffectedRows ?? 0) > 0
}

/** Answers who was not in it before; somebody who has left the organization is left out. */
export async function addMembers(
  { tx, actor }: Context,
  channel_id: string,
  user_ids: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    INSERT INTO chat_members (organization_id, channel_id, user_id, last_read_seq)
    SELECT s.organization_id, ${channel_id}::uuid, s.user_id,
      (SELECT c.last_seq FROM chat_channels c WHERE c.organization_id = s.organization_id AND c.id = ${channel_id}::uuid)
    FROM memberships s WHERE s.organization_id = ${actor.organization_id}::uuid AND s.deactivated_at IS NULL
      AND s.user_id = ANY(${user_ids}::uuid[])
    ON CONFLICT DO NOTHING RETURNING user_id`.execute(tx)
  return rows.map(({ user_id }) => user_id)
}

export async function dropMember(
  { tx, actor }: Context,
  channel_id: string,
  user_id: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    DELETE FROM chat_members WHERE organization_id = ${actor.organization_id}::uuid AND channel_id = ${channel_id}::uuid
      AND user_id = ${user_id}::uuid`.execute(tx)
  return Number(numAffectedRows ?? 0) > 0
}

export type MemberRow = { user_id: string; name: string; joined_at: string; last_read_seq: number }

export async function listMembers({ tx, actor }: Context, channel_ids: readonly string[]) {
  const { rows } = await sql<MemberRow & { channel_id: string }>`
    SELECT m.channel_id, m.user_id, u.full_name AS name, m.joined_at, m.last_read_seq FROM chat_members m
    JOIN memberships s ON s.organization_id = m.organization_id AND s.user_id = m.user_id AND s.deactivated_at IS NULL
    JOIN users u ON u.id = m.user_id
    WHERE m.organization_id = ${actor.organization_id}::uuid AND m.channel_id = ANY(${channel_ids}::uuid[])
    ORDER BY u.full_name, m.user_id`.execute(tx)
  return rows
}

export type Counts = { id: string; member_count: number; unread_count: number; mention_count: number }

const most = 100

/** How many are in each of the channels, and what the reader has not read there. */
export async function countUnread(
  { tx, actor }: Context,
  channel_ids: readonly string[],
): Promise<Map<string, Counts>> {
  const of = sql`x.organization_id = ${actor.organization_id}::uuid AND x.channel_id = c.id AND x.seq > m.last_read_seq`
  const { rows } = await sql<Counts>`
    SELECT c.id, (SELECT count(*)::int FROM chat_members x WHERE x.organization_id = ${actor.organization_id}::uuid AND x.channel_id = c.id) AS member_count,
      (SELECT count(*)::int FROM (SELECT FROM chat_messages x WHERE ${of} AND x.reply_to IS NULL AND x.deleted_at IS NULL
        AND x.author_id IS DISTINCT FROM ${actor.user_id}::uuid LIMIT ${most}) AS unread) AS unread_count,
      (SELECT count(*)::int FROM (
        (SELECT x.message_id FROM chat_mentions x WHERE ${of} AND x.user_id = ${actor.user_id}::uuid LIMIT ${most})
        UNION
        (SELECT x.id FROM chat_messages x WHERE ${of} AND x.everyone = 'channel' AND x.deleted_at IS NULL
          AND x.author_id IS DISTINCT FROM ${actor.user_id}::uuid LIMIT ${most})
        LIMIT ${most}) AS named) AS mention_count
    FROM chat_channels c LEFT JOIN chat_members m ON m.organization_id = ${actor.organization_id}::uuid AND m.channel_id = c.id
      AND m.user_id = ${actor.user_id}::uuid
    WHERE c.organization_id = ${actor.organization_id}::uuid AND c.id = ANY(${channel_ids}::uuid[])`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.id, row]))
}
