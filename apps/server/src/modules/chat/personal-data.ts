/**
 * What is said of people. The conversation on the record of an erased person goes; in others, what tells of them is blacked
 * out, how it was before too. Members are named by their ids alone, so that their name goes with their account.
 */
import { noteText, type NoteDocument } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { dropOwnRows, type PersonalData, type Person } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { purgeFiles } from '../attachments/index.ts'
import { redactNode } from '../notes/index.ts'
import { textWords } from '../search/index.ts'
import { forgetWords, writeWords } from './words.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

/** Who takes part, reacts or is named: ids of members, which tell nothing of the persons whose records are kept. */
export const chatTablesWithoutPersons = [
  'chat_members',
  'chat_reactions',
  'chat_mentions',
  'chat_files',
] as const

const messages: PersonalData = {
  table: 'chat_messages',
  async collect({ tx, actor }, { object, record_ids }) {
    const { rows } = await sql<{ message: object }>`
      SELECT jsonb_build_object('record_id', c.record_id, 'text', x.text, 'by', u.full_name, 'created_at', x.created_at,
        'edited_at', x.edited_at) AS message
      FROM chat_channels c JOIN chat_messages x ON x.organization_id = c.organization_id AND x.channel_id = c.id
      LEFT JOIN users u ON u.id = x.author_id
      WHERE c.organization_id = ${actor.organization_id}::uuid AND x.organization_id = ${actor.organization_id}::uuid
        AND c.object = ${object} AND c.record_id = ANY(${record_ids}::uuid[]) AND x.deleted_at IS NULL ORDER BY x.id`.execute(
      tx,
    )
    return rows.map(({ message }) => message)
  },
  erase: (ctx, person) =>
    redactDocuments(ctx, person, 'chat_messages', (place, body) => redactMessage(ctx, place, body)),
}

const conversations = ({ actor }: Context, object: string, record_ids: readonly string[]) => sql`
  SELECT c.id FROM chat_channels c WHERE c.organization_id = ${actor.organization_id}::uuid AND c.object = ${object}
    AND c.record_id = ANY(${record_ids}::uuid[])`

const forgetConversations = (ctx: Context, object: string, record_ids: readonly string[]) =>
  forgetWords(ctx, sql`m.channel_id IN (${conversations(ctx, object, record_ids)})`)

/** Before the conversation goes; those of other messages change with their text. */
const words: PersonalData = {
  table: 'chat_words',
  erase: (ctx, { object, record_ids }) => forgetConversations(ctx, object, record_ids),
}

/** Conversations of records that are deleted for good, and the files in them. */
export async function dropConversations(
  ctx: Context,
  object: string,
  record_ids: readonly string[],
): Promise<number> {
  await forgetConversations(ctx, object, record_ids)
  return dropChannels(ctx, object, record_ids)
}

async function dropChannels(ctx: Context, object: string, record_ids: readonly string[]): Promise<number> {
  const { tx, actor } = ctx
  const org = sql`${actor.organization_id}::uuid`
  const of = conversations(ctx, object, record_ids)
  const files = await sql<{ id: string }>`
    SELECT a.id FROM attachments a WHERE a.organization_id = ${org} AND a.object = 'chat_channel' AND a.record_id IN (${of})`.execute(
    tx,
  )
  await purgeFiles(
    ctx,
    files.rows.map(({ id }) => id),
  )
  const { numAffectedRows } =
    await sql`DELETE FROM chat_channels WHERE organization_id = ${org} AND id IN (${of})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

const channels: PersonalData = {
  table: 'chat_channels',
  erase: (ctx, { object, record_ids }) => dropChannels(ctx, object, record_ids),
}

/** Those of an erased conversation go with it. */
const versions: PersonalData = {
  table: 'chat_message_versions',
  erase: (ctx, person) =>
    redactDocuments(ctx, person, 'chat_message_versions', (place, body) =>
      redactRow(ctx, 'chat_message_versions', place, sql`body = ${asJson(body)}, text = ${noteText(body)}`),
    ),
}
const drafts: PersonalData = {
  table: 'chat_drafts',
  erase: (ctx, person) =>
    redactDocuments(ctx, person, 'chat_drafts', (place, body) =>
      redactRow(ctx, 'chat_drafts', place, sql`body = ${asJson(body)}`),
    ),
}
const links: PersonalData = {
  table: 'chat_links',
  erase: (ctx, person) =>
    dropMentioning(ctx, person, 'chat_links', sql`concat_ws(' ', d.url, d.title, d.description)`),
}
const reminders: PersonalData = {
  table: 'chat_reminders',
  erase: (ctx, person) => dropMentioning(ctx, person, 'chat_reminders', sql`coalesce(d.note, '')`),
}

export const chatPersonalData: readonly PersonalData[] = [
  words,
  channels,
  messages,
  versions,
  drafts,
  links,
  reminders,
]

const tells = (person: Person, text: ReturnType<typeof sql>) => sql`(
  EXISTS (SELECT FROM unnest(${[...person.emails, ...person.names]}::text[]) m WHERE position(m IN lower(${text})) > 0)
  OR EXISTS (SELECT FROM unnest(${person.phones}::text[]) p WHERE position(p IN regexp_replace(${text}, '\\D', '', 'g')) > 0))`

async function dropMentioning(
  { tx, actor }: Context,
  person: Person,
  table: 'chat_links' | 'chat_reminders',
  text: ReturnType<typeof sql>,
): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM ${sql.table(table)} d WHERE d.organization_id = ${actor.organization_id}::uuid AND ${tells(person, text)}`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0)
}

type Documents = 'chat_messages' | 'chat_message_versions' | 'chat_drafts'

/** What the database finds is looked at closely: digits stand in ids, too. */
async function redactDocuments(
  { tx, actor }: Context,
  person: Person,
  table: Documents,
  write: (place: string, redacted: NoteDocument) => Promise<unknown>,
): Promise<number> {
  const { rows } = await sql<{ place: string; body: NoteDocument }>`
    SELECT d.ctid::text AS place, d.body FROM ${sql.table(table)} d
    WHERE d.organization_id = ${actor.organization_id}::uuid AND d.body IS NOT NULL AND ${tells(person, sql`d.body::text`)} FOR UPDATE`.execute(
    tx,
  )
  let count = 0
  for (const { place, body } of rows) {
    const redacted = redactNode(body, person)
    if (JSON.stringify(redacted) === JSON.stringify(body)) continue
    await write(place, redacted)
    count += 1
  }
  return count
}

const asJson = (body: NoteDocument) => sql`${JSON.stringify(body)}::jsonb`

async function redactRow(
  { tx, actor }: Context,
  table: Documents,
  place: string,
  set: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    UPDATE ${sql.table(table)} SET ${set}
    WHERE organization_id = ${actor.organization_id}::uuid AND ctid = ${place}::tid`.execute(tx)
}

async function redactMessage(ctx: Context, place: string, body: NoteDocument): Promise<void> {
  const text = noteText(body)
  const renewed = textWords(text)
  await forgetWords(ctx, sql`m.ctid = ${place}::tid`)
  const { rows } = await sql<{ id: string; channel_id: string }>`
    UPDATE chat_messages SET body = ${asJson(body)}, text = ${text}, words = ${renewed.text}, version = version + 1
    WHERE organization_id = ${ctx.actor.organization_id}::uuid AND ctid = ${place}::tid RETURNING id, channel_id`.execute(
    ctx.tx,
  )
  for (const row of rows) await writeWords(ctx, row, renewed)
}

/** Of somebody who deleted their account: what they said stays, what only they saw goes. A direct channel stays with them. */
export async function forgetWriter(ctx: Context, user_id: string): Promise<void> {
  await dropOwnRows(ctx, ['chat_drafts', 'chat_reminders', 'chat_mentions'], user_id)
  const org = sql`${ctx.actor.organization_id}::uuid`
  await sql`
    DELETE FROM chat_members m USING chat_channels c
    WHERE m.organization_id = ${org} AND m.user_id = ${user_id}::uuid
      AND c.organization_id = ${org} AND c.id = m.channel_id AND c.kind <> 'direct'`.execute(ctx.tx)
}
