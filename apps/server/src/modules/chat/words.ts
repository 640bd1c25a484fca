/** The words by which messages are found: a row for each, written and taken away with what it was in. */
import { sql, type RawBuilder } from 'kysely'
import type { TextWords } from '../search/index.ts'
import type { Context } from './channel-rows.ts'
import type { MessageRow } from './message-rows.ts'

/** May come before the message itself: nothing refers to it. */
export async function writeWords(
  { tx, actor }: Context,
  { id, channel_id }: Pick<MessageRow, 'id' | 'channel_id'>,
  { listed, marks }: TextWords,
): Promise<void> {
  if (listed.length === 0) return
  await sql`
    INSERT INTO chat_words (organization_id, message_id, channel_id, marks, word)
    SELECT ${actor.organization_id}::uuid, ${id}::uuid, ${channel_id}::uuid, ${marks}::bigint, word FROM unnest(${listed}::text[]) word`.execute(
    tx,
  )
}

/** Before the messages `m` change or go: each holds all the words that lead to it. Answers how many rows went. */
export async function forgetWords({ tx, actor }: Context, which: RawBuilder<unknown>): Promise<number> {
  const org = sql`${actor.organization_id}::uuid`
  const { numAffectedRows } = await sql`
    DELETE FROM chat_words s USING (
      SELECT m.id, w.word FROM chat_messages m
      CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '|' FROM m.words), '|')) w (word)
      WHERE m.organization_id = ${org} AND ${which}) gone
    WHERE s.organization_id = ${org} AND s.word = gone.word AND s.message_id = gone.id`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
