import {
  roleGrants,
  type ChatChannel,
  type ChatDraft,
  type ChatMessage,
  type ChatMessageVersion,
  type ChatReminder,
  type Lead,
  type NoteNode,
  type Problem,
} from '@rapport/contracts'
import { afterAll, describe, expect, test } from 'vitest'
import type { Caller } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'
import { idOf, openChat, texts, type Items } from './chat.fixture.ts'

const { app, owner, ana, ben, admin, open, aChannel, say, said, pageOf, close } = await openChat()
afterAll(close)

const joinAs = (role: string) => app.join(owner, role)
const channelOf = async ({ id }: { id: string }, by = owner) =>
  (await by.call<ChatChannel>('GET', `/chat/channels/${id}`)).body
const doc = (...content: NoteNode[]) => ({ type: 'doc', content: [{ type: 'paragraph', content }] })

describe('channels', () => {
  test('a private one does not exist for who is not in it, whatever they ask', async () => {
    const channel = await aChannel('private', ana)
    const message = await said(channel, 'secret plan', ana)
    const asked = await Promise.all([
      ben.call('GET', `/chat/channels/${channel.id}`),
      ben.call('GET', `/chat/channels/${channel.id}/messages`),
      ben.call('GET', `/chat/channels/${channel.id}/members`),
      ben.call('GET', `/chat/channels/${channel.id}/pins`),
      ben.call('GET', `/chat/channels/${channel.id}/files`),
      ben.call('GET', `/chat/messages/${message.id}`),
      ben.call('GET', `/chat/messages/${message.id}/versions`),
      ben.call('GET', `/chat/search?q=secret&channel_id=${channel.id}`),
      ben.call('POST', `/chat/channels/${channel.id}/join`),
      ben.call('PUT', `/chat/messages/${message.id}/pin`),
      ben.call('PATCH', `/chat/messages/${message.id}`, { body: { body: 'x' } }),
      ben.call('DELETE', `/chat/messages/${message.id}`),
      owner.call('GET', `/chat/channels/${channel.id}/export`),
      say(channel, 'hello', ben),
    ])
    expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 404))
    const found = await ben.call<Items<unknown>>('GET', '/chat/search?q=secret')
    expect(found.body.items).toEqual([])
    const listed = await ben.call<Items<ChatChannel>>('GET', '/chat/channels?browse=true')
    expect(listed.body.items.map(({ id }) => id)).not.toContain(channel.id)
  })

  test('a public one is read by everybody and written by who joins it', async () => {
    const channel = await aChannel('public')
    await said(channel, 'welcome')
    expect(texts(await pageOf(channel, '', ben))).toEqual(['welcome'])
    expect(await say<Problem>(channel, 'hi', ben)).toMatchObject({
      status: 403,
      body: { code: 'not_in_channel' },
    })
    const joined = await ben.call<ChatChannel>('POST', `/chat/channels/${channel.id}/join`)
    expect(joined.body).toMatchObject({
      member_count: 2,
      me: { unread_count: 0 },
      can: { post: true, join: false },
    })
    await said(channel, 'hi', ben)
    await ben.call('DELETE', `/chat/channels/${channel.id}/members/${idOf(ben)}`)
    expect((await say(channel, 'again', ben)).status).toBe(403)
  })

  test('the same people have one direct channel, named after the others', async () => {
    const [one, two] = [
      await open({ kind: 'direct', member_ids: [idOf(ben)] }, ana),
      await open({ kind: 'direct', member_ids: [idOf(ana), idOf(ben)] }, ben),
    ]
    expect(two.body.id).toBe(one.body.id)
    expect(one.body.name).toBe(ben.session.user.full_name)
    expect(two.body.name).toBe(ana.session.user.full_name)
    const invited = await ana.call<Problem>('POST', `/chat/channels/${one.body.id}/members`, {
      body: { user_ids: [idOf(owner)] },
    })
    expect(invited).toMatchObject({ status: 409, body: { code: 'fixed_members' } })
    expect((await owner.call('GET', `/chat/channels/${one.body.id}`)).status).toBe(404)
  })

  test('a conversation on a record follows the record, its title too', async () => {
    const caller = await joinAs('lead_generator') // sees leads of their own alone
    const lead = await ana.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Grace Hidden' } })
    const record = { object: 'lead', id: lead.body.id }
    const [one, two] = [
      await open({ kind: 'record', record }, ana),
      await open({ kind: 'record', record }, owner),
    ]
    expect(two.body.id).toBe(one.body.id)
    expect(one.body).toMatchObject({ name: 'Grace Hidden', record })
    const message = await said(one.body, 'She wants a call', ben)
    expect((await open<Problem>({ kind: 'record', record }, caller)).status).toBe(404)
    expect((await caller.call('GET', `/chat/channels/${one.body.id}`)).status).toBe(404)
    expect((await caller.call('GET', `/chat/messages/${message.id}`)).status).toBe(404)
    await owner.call('PUT', `/crm/leads/${lead.body.id}/assign`, {
      body: { owner_id: idOf(caller), version: lead.body.version },
    })
    expect(texts(await pageOf(one.body, '', caller))).toEqual(['She wants a call'])
    const found = await ana.call<Items<ChatChannel>>(
      'GET',
      `/chat/channels?object=lead&record_id=${lead.body.id}`,
    )
    expect(found.body.items.map(({ id }) => id)).toEqual([one.body.id])
  })

  test('who is put out reads nothing any more, not even by search', async () => {
    const channel = await aChannel('private', owner, [idOf(ana)])
    await said(channel, 'marmalade')
    const search = () => ana.call<Items<unknown>>('GET', '/chat/search?q=marmalade')
    expect((await search()).body.items).toHaveLength(1)
    await owner.call('DELETE', `/chat/channels/${channel.id}/members/${idOf(ana)}`)
    expect((await search()).body.items).toEqual([])
    expect((await ana.call('GET', `/chat/channels/${channel.id}/messages`)).status).toBe(404)
  })

  test('an archived one is read and not written', async () => {
    const channel = await aChannel('public')
    await said(channel, 'before')
    const archived = await owner.call<ChatChannel>('PATCH', `/chat/channels/${channel.id}`, {
      body: { archived: true },
    })
    expect(archived.body).toMatchObject({ can: { post: false } })
    expect(await say<Problem>(channel, 'after')).toMatchObject({
      status: 409,
      body: { code: 'channel_archived' },
    })
    expect(texts(await pageOf(channel))).toEqual(['before'])
  })
})

describe('messages', () => {
  test('the same client_id is the same message, also when it is sent ten times at once', async () => {
    const channel = await aChannel('public')
    const send = () =>
      owner.call<ChatMessage>('POST', `/chat/channels/${channel.id}/messages`, {
        body: { client_id: 'once', body: 'once' },
      })
    const sent = await Promise.all(Array.from({ length: 10 }, send))
    expect(new Set(sent.map(({ body }) => body.id)).size).toBe(1)
    expect(texts(await pageOf(channel))).toEqual(['once'])
    const elsewhere = await aChannel('public')
    const again = await owner.call<Problem>('POST', `/chat/channels/${elsewhere.id}/messages`, {
      body: { client_id: 'once', body: 'x' },
    })
    expect(again).toMatchObject({ status: 409, body: { code: 'client_id_used' } })
    expect((await channelOf(elsewhere)).last_seq).toBe(0)
  })

  test('places follow each other without a gap, whoever writes at once', async () => {
    const channel = await aChannel('public', owner, [idOf(ana), idOf(ben)])
    await Promise.all(
      [owner, ana, ben].flatMap((by) =>
        Array.from({ length: 8 }, (_, index) => said(channel, `${index}`, by)),
      ),
    )
    const { items } = await pageOf(channel, '?limit=100', ana)
    expect(items.map(({ seq }) => seq)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1))
  })

  test('pages go both ways and start anywhere', async () => {
    const channel = await aChannel('public')
    const all = []
    for (let index = 1; index <= 9; index += 1) all.push(await said(channel, `m${index}`))
    const newest = await pageOf(channel, '?limit=3')
    expect(newest).toMatchObject({ has_older: true, has_newer: false })
    expect(texts(newest)).toEqual(['m7', 'm8', 'm9'])
    expect(texts(await pageOf(channel, `?limit=3&cursor=${newest.next_cursor}`))).toEqual(['m4', 'm5', 'm6'])
    expect(texts(await pageOf(channel, '?limit=2&before=3'))).toEqual(['m1', 'm2'])
    expect(texts(await pageOf(channel, '?limit=2&after=3'))).toEqual(['m4', 'm5'])
    const around = await pageOf(channel, `?limit=4&around=${all[4]?.id}`)
    expect(texts(around)).toEqual(['m3', 'm4', 'm5', 'm6'])
    expect(around).toMatchObject({ has_older: true, has_newer: true })
  })

  test('a thread stands beside the channel, and its root tells of it', async () => {
    const channel = await aChannel('public', owner, [idOf(ana)])
    const root = await said(channel, 'root')
    const reply = await said(channel, 'reply', ana, { reply_to: root.id })
    await said(channel, 'reply to the reply', owner, { reply_to: reply.id })
    expect(texts(await pageOf(channel))).toEqual(['root'])
    expect(texts(await pageOf(channel, `?thread=${root.id}`))).toEqual(['reply', 'reply to the reply'])
    const [told] = (await pageOf(channel)).items
    expect(told).toMatchObject({ reply_count: 2, replier_ids: [idOf(owner), idOf(ana)] })
    const elsewhere = await aChannel('public')
    expect((await say(elsewhere, 'x', owner, { reply_to: root.id })).status).toBe(422)
  })

  test('its author rewrites it, and how it was is kept; nobody else does', async () => {
    const channel = await aChannel('public', owner, [idOf(ana)])
    const message = await said(channel, 'frist', ana)
    expect((await owner.call('PATCH', `/chat/messages/${message.id}`, { body: { body: 'x' } })).status).toBe(
      403,
    )
    const edited = await ana.call<ChatMessage>('PATCH', `/chat/messages/${message.id}`, {
      body: { body: 'first' },
    })
    expect(edited.body).toMatchObject({ text: 'first', version: 2 })
    expect(edited.body.edited_at).not.toBeNull()
    const versions = await ana.call<Items<ChatMessageVersion>>('GET', `/chat/messages/${message.id}/versions`)
    expect(versions.body.items.map(({ text }) => text)).toEqual(['frist'])
  })

  test('of a deleted one the place stays and what it said is gone; a colleague may not, a manager may and it is audited', async () => {
    const channel = await aChannel('public', owner, [idOf(ana), idOf(ben)])
    const message = await said(channel, 'elderberry', ana)
    await ana.call('PATCH', `/chat/messages/${message.id}`, { body: { body: 'elderflower' } })
    expect((await ben.call('DELETE', `/chat/messages/${message.id}`)).status).toBe(403)
    expect((await owner.call('DELETE', `/chat/messages/${message.id}`)).status).toBe(204)
    const [left] = (await pageOf(channel)).items
    expect(left).toMatchObject({ id: message.id, body: null, text: '', deleted_at: expect.any(String) })
    expect(
      (await ana.call<Items<unknown>>('GET', `/chat/messages/${message.id}/versions`)).body.items,
    ).toEqual([])
    expect((await ana.call<Items<unknown>>('GET', '/chat/search?q=elder')).body.items).toEqual([])
    const log = await owner.call<Items<{ before: object }>>(
      'GET',
      '/organizations/current/audit-log?limit=50',
    )
    expect(log.text).toContain('chat.message_deleted')
    expect(log.text).not.toContain('elder')
  })

  test('reactions tell who, once each, and go again', async () => {
    const channel = await aChannel('public', owner, [idOf(ana)])
    const { id } = await said(channel, 'good news')
    const at = `/chat/messages/${id}/reactions/${encodeURIComponent('🎉')}`
    await Promise.all([ana.call('PUT', at), ana.call('PUT', at), owner.call('PUT', at)])
    const reacted = await owner.call<ChatMessage>('GET', `/chat/messages/${id}`)
    expect(reacted.body.reactions.map(({ emoji, user_ids }) => [emoji, user_ids.toSorted()])).toEqual([
      ['🎉', [idOf(ana), idOf(owner)].toSorted()],
    ])
    await ana.call('DELETE', at)
    expect((await owner.call<ChatMessage>('DELETE', at)).body.reactions).toEqual([])
    expect((await ana.call('PUT', `/chat/messages/${id}/reactions/nice`)).status).toBe(404)
  })

  test('they say something, and not more than one can read', async () => {
    const channel = await aChannel('public')
    expect((await say(channel, '   ')).status).toBe(422)
    expect((await say(channel, 'x'.repeat(10_001))).status).toBe(422)
    expect(
      (await say(channel, doc({ type: 'image', attrs: { src: 'https://example.com/x.png' } }))).status,
    ).toBe(422)
  })

  test('what is pinned is found at the channel', async () => {
    const channel = await aChannel('public')
    const { id } = await said(channel, 'the rules')
    await owner.call('PUT', `/chat/messages/${id}/pin`)
    const pins = async () =>
      (await owner.call<Items<ChatMessage>>('GET', `/chat/channels/${channel.id}/pins`)).body
    expect((await pins()).items).toMatchObject([{ id, pinned_by: idOf(owner) }])
    await owner.call('DELETE', `/chat/messages/${id}/pin`)
    expect((await pins()).items).toEqual([])
  })
})

describe('mentions', () => {
  const mention = (by: Caller): NoteNode => ({ type: 'mention', attrs: { id: idOf(by) } })

  test('of somebody whose role has no chat are not told, in a public channel neither', async () => {
    const { 'chat:read': _, 'chat:write': __, ...grants } = roleGrants.sales
    const silent = await joinWith(app, owner, { grants })
    const message = await said(await aChannel('public'), doc(mention(silent), mention(ana)))
    const { rows } = await admin.query('SELECT user_id FROM chat_mentions WHERE message_id = $1', [
      message.id,
    ])
    expect(rows).toEqual([{ user_id: idOf(ana) }])
  })

  test('count for who is named, as far as they are in the channel', async () => {
    const channel = await aChannel('private', owner, [idOf(ana)])
    await said(channel, doc({ type: 'text', text: 'see ' }, mention(ana), mention(ben)))
    expect((await channelOf(channel, ana)).me).toMatchObject({ unread_count: 1, mention_count: 1 })
    const { rows } = await admin.query('SELECT user_id FROM chat_mentions WHERE channel_id = $1', [
      channel.id,
    ])
    expect(rows).toEqual([{ user_id: idOf(ana) }])
  })

  test('of everybody count for everybody but the author', async () => {
    const channel = await aChannel('public', owner, [idOf(ana)])
    await said(channel, doc({ type: 'everyone', attrs: { who: 'channel' } }))
    expect((await channelOf(channel, ana)).me).toMatchObject({ mention_count: 1 })
    expect((await channelOf(channel, owner)).me).toMatchObject({ mention_count: 0 })
  })

  test('of a record tell its title to who may read it, and to nobody else', async () => {
    const caller = await joinAs('lead_generator')
    const lead = await ana.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Only For Sales' } })
    const channel = await aChannel('public', ana)
    const link: NoteNode = { type: 'recordLink', attrs: { object: 'lead', id: lead.body.id } }
    const { id } = await said(channel, doc(link), ana)
    const [seen, hidden] = await Promise.all([
      ana.call<ChatMessage>('GET', `/chat/messages/${id}`),
      caller.call<ChatMessage>('GET', `/chat/messages/${id}`),
    ])
    expect(seen.body.records).toEqual([{ object: 'lead', id: lead.body.id, title: 'Only For Sales' }])
    expect(hidden.body.records).toEqual([])
    expect(hidden.text).not.toContain('Only For Sales')
  })
})

describe('what a member keeps', () => {
  test('reading goes forward; only who asks for it finds something unread again', async () => {
    const channel = await aChannel('public', owner, [idOf(ana)])
    const [first, second] = [await said(channel, 'one'), await said(channel, 'two')]
    await said(channel, 'in the thread', owner, { reply_to: first.id })
    expect((await channelOf(channel, ana)).me).toMatchObject({ unread_count: 2 })
    const read = (message_id: string, more = {}) =>
      ana.call<ChatChannel>('PUT', `/chat/channels/${channel.id}/read`, { body: { message_id, ...more } })
    expect((await read(second.id)).body.me).toMatchObject({ unread_count: 0, last_read_seq: 3 })
    expect((await read(first.id)).body.me).toMatchObject({ unread_count: 0 })
    expect((await read(second.id, { unread: true })).body.me).toMatchObject({
      unread_count: 1,
      last_read_seq: 1,
    })
  })

  test('a draft follows to other devices and goes with what is sent', async () => {
    const channel = await aChannel('public', ana)
    await ana.call('PUT', `/chat/channels/${channel.id}/draft`, { body: { body: 'half a thou' } })
    const drafts = async (by = ana) => (await by.call<Items<ChatDraft>>('GET', '/chat/drafts')).body.items
    expect((await drafts()).filter(({ channel_id }) => channel_id === channel.id)).toHaveLength(1)
    expect((await drafts(ben)).filter(({ channel_id }) => channel_id === channel.id)).toEqual([])
    await said(channel, 'half a thought', ana)
    expect((await drafts()).filter(({ channel_id }) => channel_id === channel.id)).toEqual([])
  })

  test('a reminder is told once to who set it', async () => {
    const channel = await aChannel('public', ana)
    const message = await said(channel, 'answer this', ana)
    const due_at = new Date(Date.now() + 86_400_000).toISOString()
    const made = await ana.call<ChatReminder>('POST', `/chat/messages/${message.id}/reminders`, {
      body: { due_at },
    })
    expect(made).toMatchObject({
      status: 201,
      body: { due_at, message: { id: message.id }, reminded_at: null },
    })
    const past = { due_at: '2020-01-01T09:00:00Z' }
    expect((await ana.call('POST', `/chat/messages/${message.id}/reminders`, { body: past })).status).toBe(
      422,
    )
    expect((await ben.call('DELETE', `/chat/reminders/${made.body.id}`)).status).toBe(404)
    expect((await ana.call('DELETE', `/chat/reminders/${made.body.id}`)).status).toBe(204)
  })
})

test('search finds all words in any order, without accents, the newest first', async () => {
  const channel = await aChannel('public')
  await said(channel, 'Reunião com o cliente amanhã')
  await said(channel, 'O cliente cancelou a reuniao')
  await said(channel, 'reunião interna')
  const found = await owner.call<Items<{ message: ChatMessage; channel: ChatChannel }>>(
    'GET',
    `/chat/search?q=${encodeURIComponent('CLIENTE reuniao')}&channel_id=${channel.id}`,
  )
  expect(found.body.items.map(({ message }) => message.text)).toEqual([
    'O cliente cancelou a reuniao',
    'Reunião com o cliente amanhã',
  ])
  expect(found.body.items[0]?.channel).toMatchObject({ id: channel.id, name: channel.name })
})

test('a channel is exported whole, in order, by who manages the chat, and the log tells of it', async () => {
  const channel = await aChannel('public', owner, [idOf(ana)])
  for (let index = 0; index < 5; index += 1) await said(channel, `line ${index}`, ana)
  expect((await ana.call('GET', `/chat/channels/${channel.id}/export`)).status).toBe(403)
  const file = await owner.call('GET', `/chat/channels/${channel.id}/export`)
  const lines = file.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ChatMessage)
  expect(lines.map(({ text }) => text)).toEqual([0, 1, 2, 3, 4].map((index) => `line ${index}`))
  expect((await owner.call('GET', '/organizations/current/audit-log?limit=20')).text).toContain(
    'chat.channel_exported',
  )
})
