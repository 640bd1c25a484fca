/** Lets the members of the sample organization talk, each by themselves, as they would in use. */
import type { NoteDocument, NoteNode, RecordRef } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Platform } from '../../platform/platform.ts'
import { markRead, openChannel, postMessage, react, setPinned } from '../chat/index.ts'
import {
  sampleConversations,
  type SampleConversation,
  type SampleMember,
  type SampleMessage,
} from './conversations.ts'

export type Speakers = Readonly<Record<SampleMember, Actor & { user_id: string }>>
/** The records that are talked about, by the names that they have in the texts. */
export type Subjects = Readonly<Record<string, RecordRef>>
type House = Pick<Platform, 'tenancy' | 'jobs'>
type Spoken = { id: string; ago: number }

export async function fillConversations(house: House, speakers: Speakers, subjects: Subjects): Promise<void> {
  for (const conversation of sampleConversations) await hold(house, speakers, subjects, conversation)
}

async function hold(
  { tenancy, jobs }: House,
  speakers: Speakers,
  subjects: Subjects,
  { kind, name, topic, members, messages, unread }: SampleConversation,
): Promise<void> {
  const [founder = 'dana'] = members
  const user_ids = members.map((member) => speakers[member].user_id)
  const channel = await tenancy.inTenant(speakers[founder], (ctx) =>
    openChannel(ctx, { kind, name, topic, member_ids: user_ids }),
  )
  const known = new Map(Object.values(speakers).map((actor) => [actor.user_id, actor]))
  const parts = {
    actorOf: async (user_id: string) => known.get(user_id) ?? null,
    previews: jobs,
    people: { statesOf: async () => new Map() },
  }
  const said: Spoken[] = []

  async function say({ by, text, ago, answers, reactions, pinned }: SampleMessage, reply_to?: string) {
    const { id } = await tenancy.inTenant(speakers[by], async (ctx) => {
      const message = await postMessage(ctx, parts, channel.id, {
        client_id: `sample-${channel.id}-${said.length}`,
        body: documentOf(text, speakers, subjects),
        reply_to,
      })
      if (pinned) await setPinned(ctx, message.id, true)
      return message
    })
    said.push({ id, ago })
    for (const reaction of reactions ?? [])
      await tenancy.inTenant(speakers[reaction.by], (ctx) => react(ctx, id, reaction.emoji))
    for (const answer of answers ?? []) await say(answer, id)
  }

  for (const message of messages) await say(message)
  for (const member of members) {
    const last = said.at(member === 'dana' ? -1 - unread : -1)
    if (last)
      await tenancy.inTenant(speakers[member], (ctx) => markRead(ctx, channel.id, { message_id: last.id }))
  }
  await spreadOverTime(tenancy, speakers[founder], channel.id, said)
}

function documentOf(text: string, speakers: Speakers, subjects: Subjects): NoteDocument {
  const content = text.split(/(\{\w+\}|@\w+)/).flatMap((part): NoteNode[] => {
    const subject = /^\{(\w+)\}$/.exec(part)?.[1]
    if (subject !== undefined) return [{ type: 'recordLink', attrs: refOf(subjects, subject) }]
    if (part.startsWith('@'))
      return [{ type: 'mention', attrs: { id: speakers[part.slice(1) as SampleMember].user_id } }]
    return part === '' ? [] : [{ type: 'text', text: part }]
  })
  return { type: 'doc', content: [{ type: 'paragraph', content }] }
}

function refOf(subjects: Subjects, name: string): RecordRef {
  const found = subjects[name]
  if (!found) throw new Error(`The sample organization has no ${name} to talk about.`)
  return found
}

/** So that it reads like the talk of some days, not all "now". */
async function spreadOverTime(
  tenancy: Platform['tenancy'],
  actor: Actor,
  channel_id: string,
  said: readonly Spoken[],
): Promise<void> {
  const org = sql`${actor.organization_id}::uuid`
  const when = sql`unnest(${said.map(({ id }) => id)}::uuid[], ${said.map(({ ago }) => ago)}::float8[]) AS s (id, ago)`
  await tenancy.inTenant(actor, async ({ tx }) => {
    await sql`
      UPDATE chat_messages m SET created_at = now() - s.ago * interval '1 hour',
        pinned_at = CASE WHEN m.pinned_at IS NOT NULL THEN now() - s.ago * interval '1 hour' END
      FROM ${when} WHERE m.organization_id = ${org} AND m.id = s.id`.execute(tx)
    await sql`
      UPDATE chat_messages m SET last_reply_at = r.last FROM (
        SELECT reply_to, max(created_at) AS last FROM chat_messages
        WHERE organization_id = ${org} AND channel_id = ${channel_id}::uuid GROUP BY reply_to) r
      WHERE m.organization_id = ${org} AND m.id = r.reply_to`.execute(tx)
    await sql`
      UPDATE chat_reactions b SET created_at = m.created_at + interval '3 minutes' FROM chat_messages m
      WHERE b.organization_id = ${org} AND m.organization_id = ${org} AND m.id = b.message_id
        AND m.channel_id = ${channel_id}::uuid`.execute(tx)
    await sql`
      UPDATE chat_channels c SET created_at = m.first, last_message_at = m.last FROM (
        SELECT min(created_at) AS first, max(created_at) AS last FROM chat_messages
        WHERE organization_id = ${org} AND channel_id = ${channel_id}::uuid) m
      WHERE c.organization_id = ${org} AND c.id = ${channel_id}::uuid`.execute(tx)
  })
}
