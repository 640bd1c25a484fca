/** A history of many messages at once, as it would stand after all of them had been sent. */
import { v7 as uuidv7 } from 'uuid'
import { textWords } from '../search/index.ts'
import type { openChat } from './chat.fixture.ts'

type Admin = Pick<Awaited<ReturnType<typeof openChat>>['admin'], 'query'>

export type Said = { id: string; channel_id: string; author_id: string; text: string }

export const aMessage = (channel_id: string, author_id: string, text: string): Said => ({
  id: uuidv7(),
  channel_id,
  author_id,
  text,
})

/** In the order in which they are given, in channels where nothing has been said. */
export async function fillHistory(admin: Admin, organization_id: string, said: Said[]): Promise<void> {
  const words = said.map(({ text }) => textWords(text))
  const each = <Value>(pick: (one: Said, place: number) => Value) => said.map(pick)
  await admin.query(
    `WITH placed AS (
       SELECT n.*, (row_number() OVER (PARTITION BY n.channel_id ORDER BY n.id))::int AS seq
       FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[]) n (id, channel_id, author_id, text, words)
     ), heads AS (
       UPDATE chat_channels c SET last_seq = h.seq, last_message_at = now()
       FROM (SELECT channel_id, max(seq) AS seq FROM placed GROUP BY channel_id) h WHERE c.organization_id = $1 AND c.id = h.channel_id
     )
     INSERT INTO chat_messages (organization_id, id, channel_id, seq, client_id, author_id, body, text, words)
     SELECT $1, id, channel_id, seq, id::text, author_id, '{"type":"doc","content":[]}', text, words FROM placed`,
    [
      organization_id,
      each(({ id }) => id),
      each(({ channel_id }) => channel_id),
      each(({ author_id }) => author_id),
      each(({ text }) => text),
      words.map(({ text }) => text),
    ],
  )
  const rows = said.flatMap((one, place) =>
    (words[place]?.listed ?? []).map((word) => ({ ...one, word, marks: words[place]?.marks })),
  )
  await admin.query(
    `INSERT INTO chat_words (organization_id, message_id, channel_id, marks, word)
     SELECT $1, n.* FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::text[]) n`,
    [
      organization_id,
      rows.map(({ id }) => id),
      rows.map(({ channel_id }) => channel_id),
      rows.map(({ marks }) => marks),
      rows.map(({ word }) => word),
    ],
  )
}
