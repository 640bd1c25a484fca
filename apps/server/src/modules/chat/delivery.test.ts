/** What sockets hear of the chat: those in a channel everything in order and once, others nothing, also when they come back. */
import type { ChatChannel, ChatMessage, Lead, RapportEvent } from '@rapport/contracts'
import { connectRealtime, type Realtime, type Typing } from '@rapport/sdk/realtime'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../platform/events/event-house.fixture.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let url: string
let admin: Client
let owner: Caller
let ana: Caller
let ben: Caller
const opened: Realtime[] = []

beforeAll(async () => {
  app = await createTestApp()
  url = await app.listen()
  admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  owner = await app.register()
  ana = await app.join(owner, 'sales')
  ben = await app.join(owner, 'sales')
})
afterEach(() => {
  for (const realtime of opened.splice(0)) realtime.close()
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})

type Listener = { events: RapportEvent[]; typing: Typing[]; realtime: Realtime; close: () => void }

async function listen({ session }: Caller, since?: number): Promise<Listener> {
  const events: RapportEvent[] = []
  const typing: Typing[] = []
  let ready = false
  const realtime = connectRealtime({
    url,
    organization_id: session.organization.id,
    token: () => session.access_token,
    ...(since === undefined ? {} : { since }),
    onEvent: (event) => {
      if (event.type.startsWith('chat.')) events.push(event)
    },
    onTyping: (one) => typing.push(one),
    onReady: () => (ready = true),
  })
  opened.push(realtime)
  await eventually(() => ready, 'the connection is ready')
  return { events, typing, realtime, close: () => realtime.close() }
}

const idOf = ({ session }: Caller) => session.user.id
let count = 0
const open = async (body: object, by = owner) =>
  (
    await by.call<ChatChannel>('POST', '/chat/channels', {
      body: { name: `Channel ${(count += 1)}`, ...body },
    })
  ).body
async function say({ id }: { id: string }, body: string, by = owner): Promise<ChatMessage> {
  const sent = await by.call<ChatMessage>('POST', `/chat/channels/${id}/messages`, {
    body: { client_id: `d${(count += 1)}`, body },
  })
  expect(sent.status, sent.text).toBe(201)
  return sent.body
}
const toldOf = ({ events }: Listener, { id }: { id: string }) =>
  events
    .filter(({ data, type }) => data['channel_id'] === id && type.startsWith('chat.message_'))
    .map(({ type, data }) => `${type.slice('chat.message_'.length)} ${(data['message'] as ChatMessage).text}`)

test('those in a private channel hear all of it in order; others, a manager too, hear nothing, also when they come back', async () => {
  const [inside, outside, manager] = await Promise.all([listen(ana), listen(ben), listen(owner)])
  const channel = await open({ kind: 'private' }, ana)
  const first = await say(channel, 'one', ana)
  await say(channel, 'two', ana)
  await ana.call('PUT', `/chat/messages/${first.id}/reactions/${encodeURIComponent('👍')}`)
  await ana.call('DELETE', `/chat/messages/${first.id}`)
  await eventually(() => toldOf(inside, channel).length === 4, 'all is told')
  expect(toldOf(inside, channel).map((one) => one.split(' ')[0])).toEqual([
    'created',
    'created',
    'updated',
    'deleted',
  ])
  // Everybody hears of what comes later, so nothing of the channel is still on its way to them.
  const general = await open({ kind: 'public', member_ids: [idOf(ana), idOf(ben)] })
  await say(general, 'to all')
  await Promise.all(
    [outside, manager].map((one) =>
      eventually(() => toldOf(one, general).length === 1, 'the later message came'),
    ),
  )
  expect(JSON.stringify([outside.events, manager.events])).not.toContain(channel.id)
  const since = (outside.events[0]?.seq ?? 0) - 20
  outside.close()
  const back = await listen(ben, Math.max(0, since))
  await eventually(() => toldOf(back, general).length === 1, 'what was missed came')
  expect(JSON.stringify(back.events)).not.toContain(channel.id)
})

test('what a deleted message said is told to nobody who comes back later', async () => {
  const channel = await open({ kind: 'public', member_ids: [idOf(ana)] })
  const before = await listen(ana)
  const message = await say(channel, 'a slip of the tongue')
  await eventually(() => toldOf(before, channel).length === 1, 'it came')
  await owner.call('DELETE', `/chat/messages/${message.id}`)
  await eventually(() => toldOf(before, channel).length === 2, 'the deletion came')
  expect(toldOf(before, channel)).toEqual(['created a slip of the tongue', 'deleted '])
  const { rows } = await admin.query(
    `SELECT count(*)::int AS kept FROM events WHERE data::text LIKE '%slip of%'`,
  )
  expect(rows).toEqual([{ kept: 0 }])
})

test('from the moment of an invitation one hears the channel, and from that of a removal no more', async () => {
  const channel = await open({ kind: 'private' })
  const heard = await listen(ben)
  await say(channel, 'before')
  await owner.call('POST', `/chat/channels/${channel.id}/members`, { body: { user_ids: [idOf(ben)] } })
  await say(channel, 'during')
  await eventually(() => toldOf(heard, channel).includes('created during'), 'it is told')
  await owner.call('DELETE', `/chat/channels/${channel.id}/members/${idOf(ben)}`)
  await say(channel, 'after')
  const general = await open({ kind: 'public', member_ids: [idOf(ben)] })
  await say(general, 'to all')
  await eventually(() => toldOf(heard, general).length === 1, 'the later message came')
  expect(toldOf(heard, channel)).toEqual(['created during'])
  const types = heard.events.filter(({ data }) => data['channel_id'] === channel.id).map(({ type }) => type)
  expect(types.at(0)).toBe('chat.channel_joined')
  expect(types.at(-1)).toBe('chat.channel_left')
})

test('a role that loses the chat hears no channel any more', async () => {
  const role = await owner.call<{ id: string }>('POST', '/organizations/current/roles', {
    body: { name: 'Talker', from: 'sales' },
  })
  const member = await app.join(owner, role.body.id)
  const channel = await open({ kind: 'public', member_ids: [idOf(member), idOf(ana)] })
  const [heard, other] = await Promise.all([listen(member), listen(ana)])
  await say(channel, 'one')
  await eventually(() => toldOf(heard, channel).length === 1, 'the first came')
  const changed = await owner.call('PATCH', `/organizations/current/roles/${role.body.id}`, {
    body: { grants: { 'tags:read': 'all' } },
  })
  expect(changed.status, changed.text).toBe(200)
  await say(channel, 'two')
  await eventually(() => toldOf(other, channel).length === 2, 'the others heard the second')
  expect(toldOf(heard, channel)).toEqual(['created one'])
})

test('a conversation on a record is heard by who may read the record', async () => {
  const caller = await app.join(owner, 'lead_generator')
  const lead = await ana.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Grace' } })
  const channel = await open(
    { kind: 'record', record: { object: 'lead', id: lead.body.id }, name: undefined },
    ana,
  )
  const [reader, stranger] = await Promise.all([listen(ben), listen(caller)])
  await say(channel, 'about Grace', ana)
  await eventually(() => toldOf(reader, channel).length === 1, 'it is told')
  const general = await open({ kind: 'public', member_ids: [idOf(caller)] })
  await say(general, 'to all')
  await eventually(() => toldOf(stranger, general).length === 1, 'the later message came')
  expect(JSON.stringify(stranger.events)).not.toContain(channel.id)
})

test('who is writing is told to those who have the channel open, and to nobody who may not read it', async () => {
  const channel = await open({ kind: 'private', member_ids: [idOf(ana)] })
  const [writer, reader, stranger] = await Promise.all([listen(owner), listen(ana), listen(ben)])
  reader.realtime.follow(channel.id)
  stranger.realtime.follow(channel.id)
  const writing = writer.realtime.follow(channel.id)
  await eventually(() => {
    writing.typing()
    return reader.typing.length > 0
  }, 'it is told')
  expect(reader.typing[0]).toMatchObject({ channel_id: channel.id, user_id: idOf(owner), thread_id: null })
  expect(stranger.typing).toEqual([])
  expect(writer.typing).toEqual([])
})

test('a public channel is followed without being in it, as long as it is open', async () => {
  const channel = await open({ kind: 'public' })
  const visitor = await listen(ana)
  const following = visitor.realtime.follow(channel.id)
  await eventually(async () => {
    await say(channel, 'hello')
    return toldOf(visitor, channel).length > 0
  }, 'it is told')
  following.leave()
  const general = await open({ kind: 'public', member_ids: [idOf(ana)] })
  await say(general, 'to all')
  await eventually(() => toldOf(visitor, general).length === 1, 'the later message came')
  const before = toldOf(visitor, channel).length
  await say(channel, 'not heard')
  await say(general, 'again')
  await eventually(() => toldOf(visitor, general).length === 2, 'the later message came')
  expect(toldOf(visitor, channel)).toHaveLength(before)
})

test('what one has read on one screen is read on the other', async () => {
  const channel = await open({ kind: 'public', member_ids: [idOf(ana)] })
  const [phone, colleague] = await Promise.all([listen(ana), listen(owner)])
  const message = await say(channel, 'read me')
  await ana.call('PUT', `/chat/channels/${channel.id}/read`, { body: { message_id: message.id } })
  const read = ({ events }: Listener) => events.filter(({ type }) => type === 'chat.read')
  await eventually(() => read(phone).length === 1, 'it is told')
  expect(read(phone)[0]?.data).toMatchObject({ channel_id: channel.id, last_read_seq: 1 })
  expect(read(colleague)).toEqual([])
})
