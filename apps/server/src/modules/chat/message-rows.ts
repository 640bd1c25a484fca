/** SQL of messages. */
import type { Everyone, NoteDocument } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Context } from './channel-rows.ts'

export type MessageRow = {
  id: string
  channel_id: string
  seq: number
  client_id: string
  author_id: string | null
  author_name: string | null
  body: NoteDocument | null
  text: string
  reply_to: string | null
  reply_count: number
  last_reply_at: string | null
  everyone: Everyone | null
  pinned_at: string | null
  pinned_by: string | null
  version: number
  created_at: string
  edited_at: string | null
  deleted_at: string | null
}

const told = sql`
  x.id, x.channel_id, x.seq, x.client_id, x.author_id, u.full_name AS author_name, x.body, x.text, x.reply_to, x.reply_count,
    x.last_reply_at, x.everyone, x.pinned_at, x.pinned_by, x.version, x.created_at, x.edited_at, x.deleted_at`

/** What follows is told after WHERE: the message `x`. */
export const selectMessages = (
  { actor }: Pick<Context, 'actor'>,
  where: RawBuilder<unknown>,
) => sql<MessageRow>`
  SELECT ${told}
  FROM chat_messages x LEFT JOIN users u ON u.id = x.author_id
  WHERE x.organization_id = ${actor.organization_id}::uuid AND ${where}`

export async function findMessage(ctx: Context, id: string, lock = sql``): Promise<MessageRow | undefined> {
  return (await selectMessages(ctx, sql`x.id = ${id}::uuid ${lock}`).execute(ctx.tx)).rows[0]
}

export async function findSent({ tx, actor }: Context, client_id: string): Promise<MessageRow | undefined> {
  const own = sql`x.author_id = ${actor.user_id}::uuid AND x.client_id = ${client_id}`
  return (await selectMessages({ actor }, own).execute(tx)).rows[0]
}

type NewMessage = Pick<
  MessageRow,
  'id' | 'channel_id' | 'client_id' | 'body' | 'text' | 'reply_to' | 'everyone'
> & {
  words: string
}

/** Until the end of the transaction nobody else sends what this member sends under this id. */
export async function lockSending({ tx, actor }: Context, client_id: string): Promise<void> {
  const sending = `${actor.organization_id} ${actor.user_id} ${client_id}`
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${sending}, 0))`.execute(tx)
}

/** Locks the channel, so that places follow each other; whoever writes has read what stands there. */
export async function insertMessage({ tx, actor }: Context, message: NewMessage): Promise<MessageRow> {
  const { id, channel_id, client_id, body, text, words, reply_to, everyone } = message
  const org = sql`${actor.organization_id}::uuid`
  const { rows } = await sql<MessageRow>`
    WITH place AS (
      UPDATE chat_channels SET last_seq = last_seq + 1, last_message_at = clock_timestamp()
      WHERE organization_id = ${org} AND id = ${channel_id}::uuid RETURNING last_seq AS seq, last_message_at AS at
    ), root AS (
      UPDATE chat_messages SET reply_count = reply_count + 1, last_reply_at = place.at, version = version + 1 FROM place
      WHERE organization_id = ${org} AND id = ${reply_to}::uuid
    ), own AS (
      UPDATE chat_members SET last_read_seq = place.seq FROM place
      WHERE organization_id = ${org} AND channel_id = ${channel_id}::uuid AND user_id = ${actor.user_id}::uuid
        AND ${reply_to}::uuid IS NULL
    ), x AS (
      INSERT INTO chat_messages (organization_id, id, channel_id, seq, client_id, author_id, body, text, words, reply_to, everyone, created_at)
      SELECT ${org}, ${id}::uuid, ${channel_id}::uuid, place.seq, ${client_id}, ${actor.user_id}::uuid, ${JSON.stringify(body)}::jsonb, ${text},
        ${words}, ${reply_to}::uuid, ${everyone}, place.at FROM place RETURNING *
    )
    SELECT ${told} FROM x LEFT JOIN users u ON u.id = x.author_id`.execute(tx)
  const [row] = rows
  if (!row) throw new Error(`The message ${id} was not written.`)
  return row
}

/** Replaces whom the message names. */
export async function setMentions(
  { tx, actor }: Context,
  { id, channel_id, seq }: Pick<MessageRow, 'id' | 'channel_id' | 'seq'>,
  user_ids: readonly string[],
): Promise<void> {
  const org = sql`${actor.organization_id}::uuid`
  await sql`
    WITH gone AS (DELETE FROM chat_mentions WHERE organization_id = ${org} AND message_id = ${id}::uuid AND user_id <> ALL(${user_ids}::uuid[]))
    INSERT INTO chat_mentions (organization_id, message_id, user_id, channel_id, seq)
    SELECT ${org}, ${id}::uuid, named, ${channel_id}::uuid, ${seq} FROM unnest(${user_ids}::uuid[]) AS named
    ON CONFLICT DO NOTHING`.execute(tx)
}

/** Something beside its text has changed. */
export async function bump(
  { tx, actor }: Context,
  id: string,
  set: RawBuilder<unknown> = sql``,
): Promise<void> {
  await sql`
    UPDATE chat_messages SET version = version + 1 ${set}
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
}
