/**
 * A message as readers are told of it. What all of them see alike is read apart from the titles of records, which each
 * reader is told as far as they may know them: the events that go to everybody in a channel have none.
 */
import {
  calledBy,
  noteReferences,
  type ChatFile,
  type ChatLink,
  type ChatMessage,
  type ChatReaction,
} from '@rapport/contracts'
import { sql } from 'kysely'
import { readNames, readPeople } from '../notes/index.ts'
import type { Context } from './channel-rows.ts'
import type { MessageRow } from './message-rows.ts'

type Beside = {
  id: string
  replier_ids: string[] | null
  reactions: ChatReaction[] | null
  files: ChatFile[] | null
  links: ChatLink[] | null
}

/** As this reader is told of them. */
export async function presentMessages(ctx: Context, rows: readonly MessageRow[]): Promise<ChatMessage[]> {
  const bodies = rows.flatMap(({ body }) => (body ? [body] : []))
  const [shared, namesOf] = await Promise.all([presentShared(ctx, rows), readNames(ctx, bodies)])
  return shared.map((message) =>
    message.body ? { ...message, ...namesOf(withContent(message.body)) } : message,
  )
}

const withContent = (body: { content: NonNullable<MessageRow['body']>['content'] }) => ({
  type: 'doc' as const,
  content: body.content,
})

export async function presentMessage(ctx: Context, row: MessageRow): Promise<ChatMessage> {
  const [message] = await presentMessages(ctx, [row])
  if (!message) throw new Error(`The message ${row.id} is gone.`)
  return message
}

/** One that was written just now: nothing stands around it yet. */
export async function presentNew(ctx: Context, row: MessageRow): Promise<ChatMessage> {
  const [message] = await presentShared(ctx, [row], new Map())
  if (!message) throw new Error(`The message ${row.id} is gone.`)
  if (!row.body) return message
  return { ...message, ...(await readNames(ctx, [row.body]))(row.body) }
}

/** As everybody in the channel is told of them. */
export async function presentShared(
  ctx: Context,
  rows: readonly MessageRow[],
  known?: ReadonlyMap<string, Beside>,
): Promise<ChatMessage[]> {
  const bodies = rows.flatMap(({ body }) => (body ? [body] : []))
  const users = new Set(bodies.flatMap((body) => noteReferences(body).users))
  const teams = new Set(bodies.flatMap((body) => calledBy(body).teams))
  const [beside, people, named] = await Promise.all([
    known ?? readBeside(ctx, rows),
    readPeople(ctx, [...users]),
    readTeams(ctx, [...teams]),
  ])
  return rows.map((row) => {
    const { author_id, author_name, deleted_at, ...told } = row
    const around = beside.get(row.id)
    const references = row.body && noteReferences(row.body)
    const called = row.body && calledBy(row.body)
    return {
      ...told,
      deleted_at,
      author: { id: author_id, name: author_name ?? 'Rapport' },
      people: people.filter(({ id }) => references?.users.includes(id)),
      teams: named.filter(({ id }) => called?.teams.includes(id)),
      records: [],
      replier_ids: around?.replier_ids ?? [],
      reactions: around?.reactions ?? [],
      files: around?.files ?? [],
      links: around?.links ?? [],
    }
  })
}

async function readTeams({ tx, actor }: Context, ids: readonly string[]): Promise<ChatMessage['teams']> {
  if (ids.length === 0) return []
  const { rows } = await sql<ChatMessage['teams'][number]>`
    SELECT id, name FROM teams WHERE organization_id = ${actor.organization_id}::uuid AND id = ANY(${ids}::uuid[])`.execute(
    tx,
  )
  return rows
}

/** What stands around messages; most have nothing of it, so one statement asks for all. */
async function readBeside({ tx, actor }: Context, rows: readonly MessageRow[]): Promise<Map<string, Beside>> {
  if (rows.length === 0) return new Map()
  const org = sql`${actor.organization_id}::uuid`
  const of = sql`b.organization_id = ${org} AND b.message_id = x.id`
  const { rows: beside } = await sql<Beside>`
    SELECT x.id,
      CASE WHEN x.replied THEN (SELECT json_agg(r.author_id ORDER BY r.last DESC) FROM (
        SELECT author_id, max(seq) AS last FROM chat_messages WHERE organization_id = ${org} AND reply_to = x.id AND author_id IS NOT NULL
          AND deleted_at IS NULL GROUP BY author_id ORDER BY last DESC LIMIT 5) r) END AS replier_ids,
      (SELECT json_agg(json_build_object('emoji', e.emoji, 'user_ids', e.users) ORDER BY e.first, e.emoji) FROM (
        SELECT b.emoji, min(b.created_at) AS first, json_agg(b.user_id ORDER BY b.created_at, b.user_id) AS users FROM chat_reactions b
        WHERE ${of} GROUP BY b.emoji) e) AS reactions,
      (SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'number', v.number, 'size', v.size, 'media_type', v.media_type,
          'preview', v.preview) ORDER BY b.place) FROM chat_files b
        JOIN attachments a ON a.organization_id = b.organization_id AND a.id = b.attachment_id AND a.deleted_at IS NULL AND a.purged_at IS NULL
        JOIN attachment_versions v ON v.organization_id = a.organization_id AND v.attachment_id = a.id AND v.number = a.current
        WHERE ${of}) AS files,
      (SELECT json_agg(json_build_object('url', b.url, 'title', b.title, 'description', b.description, 'site', b.site) ORDER BY b.place)
        FROM chat_links b WHERE ${of}) AS links
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ reply_count }) => reply_count > 0)}::boolean[]) AS x (id, replied)`.execute(
    tx,
  )
  return new Map(beside.map((one) => [one.id, one]))
}
