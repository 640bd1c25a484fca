/** What is kept beside and after messages: files, reminders, retention; and how fast one may write. */
import type { Attachment, ChatChannel, ChatReminder } from '@rapport/contracts'
import { afterAll, describe, expect, test } from 'vitest'
import { eventually } from '../../platform/events/event-house.fixture.ts'
import type { Caller } from '../../testing/app.ts'
import { createLimiter } from '../../platform/limits/limiter.ts'
import { dot, pieceForm } from '../../testing/attachment-examples.ts'
import { idOf, openChat, texts, type Items } from './chat.fixture.ts'
import { createMessageLimit } from './limits.ts'

const { app, owner, ana, ben, admin, aChannel, say, said, pageOf, close } = await openChat()
afterAll(close)

describe('files', () => {
  const send = async (channel: { id: string }, by: Caller) => {
    const body = { record: { object: 'chat_channel', id: channel.id }, name: 'dot.png', size: dot.length }
    const announced = await by.call<Attachment>('POST', '/crm/attachments', { body })
    if (announced.status !== 201) return announced
    return by.call<Attachment>('POST', `/crm/attachments/${announced.body.id}/pieces`, pieceForm(1, 0, dot))
  }

  test('are sent to a channel and read by whoever reads it, and by nobody else', async () => {
    const viewer = await app.join(owner, 'viewer')
    const channel = await aChannel('private', viewer, [idOf(ana)])
    const file = await send(channel, viewer)
    expect(file.status, file.text).toBe(200)
    const message = await said(channel, '', viewer, { attachment_ids: [file.body.id] })
    expect(message.files).toMatchObject([
      { id: file.body.id, name: 'dot.png', media_type: 'image/png', size: dot.length },
    ])
    const content = `/crm/attachments/${file.body.id}/versions/1/content`
    const statusOf = async (by: Caller, path = content) => (await by.call('GET', path)).status
    expect([await statusOf(viewer), await statusOf(ana), await statusOf(ben), await statusOf(owner)]).toEqual(
      [200, 200, 404, 404],
    )
    expect(await statusOf(ben, `/crm/attachments?object=chat_channel&record_id=${channel.id}`)).toBe(404)
    expect((await send(channel, ben)).status).toBe(404)
    expect((await owner.call('GET', '/crm/search?q=dot.png')).text).not.toContain(file.body.id)
    const listed = await ana.call<Items<{ file: { id: string } }>>(
      'GET',
      `/chat/channels/${channel.id}/files`,
    )
    expect(listed.body.items.map(({ file: { id } }) => id)).toEqual([file.body.id])
    // Each goes with one message, of who sent it, and with it.
    expect((await say(channel, 'again', viewer, { attachment_ids: [file.body.id] })).status).toBe(422)
    await viewer.call('DELETE', `/chat/messages/${message.id}`)
    expect(await statusOf(viewer)).toBe(404)
  })

  test('of somebody else, or of another channel, come with no message', async () => {
    const [one, two] = [await aChannel('public', ana, [idOf(ben)]), await aChannel('public', ana)]
    const file = await send(one, ana)
    expect((await say(one, 'mine', ben, { attachment_ids: [file.body.id] })).status).toBe(422)
    expect((await say(two, 'elsewhere', ana, { attachment_ids: [file.body.id] })).status).toBe(422)
  })
})

test('what is older than the retention of its channel goes for good, and nothing else', async () => {
  const [kept, limited] = [await aChannel('public'), await aChannel('public')]
  for (const channel of [kept, limited]) for (const text of ['old', 'new']) await said(channel, text)
  await admin.query(`UPDATE chat_messages SET created_at = now() - interval '40 days' WHERE text = 'old'`)
  expect(
    (await ana.call('PATCH', `/chat/channels/${limited.id}`, { body: { retention_days: 30 } })).status,
  ).toBe(403)
  await owner.call('PATCH', `/chat/channels/${limited.id}`, { body: { retention_days: 30 } })
  await eventually(async () => texts(await pageOf(limited)).length === 1, 'the old one is gone')
  expect(texts(await pageOf(limited))).toEqual(['new'])
  expect(texts(await pageOf(kept))).toEqual(['old', 'new'])
})

test('a reminder rings when it is due, once', async () => {
  const channel = await aChannel('public', ana)
  const message = await said(channel, 'remind me', ana)
  const due_at = new Date(Date.now() + 1_500).toISOString()
  await ana.call('POST', `/chat/messages/${message.id}/reminders`, { body: { due_at } })
  const told = async () =>
    (
      await admin.query(
        `SELECT owner_id FROM events WHERE type = 'chat.reminder_due' AND data->>'message_id' = $1`,
        [message.id],
      )
    ).rows
  await eventually(async () => (await told()).length > 0, 'it is told', 10_000)
  expect(await told()).toEqual([{ owner_id: idOf(ana) }])
  const { body } = await ana.call<Items<ChatReminder>>('GET', '/chat/reminders')
  expect(body.items.find((one) => one.message.id === message.id)?.reminded_at).not.toBeNull()
})

test('whoever writes faster than people is asked to wait, and nobody else', async () => {
  const count = createMessageLimit({ limiter: (options) => createLimiter(null, options) })
  const counted = await Promise.allSettled(Array.from({ length: 125 }, () => count('organization', 'hasty')))
  const refused = counted.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  expect(refused).toHaveLength(5)
  expect(refused[0]).toMatchObject({ status: 429, code: 'too_many_messages' })
  await count('organization', 'somebody else')
})

test('who asks to be reminded of a message again has changed when, also from two devices at once', async () => {
  const channel = await aChannel('public', ana, [idOf(ben)])
  const message = await said(channel, 'later', ana)
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const remind = (days: number, by = ana) =>
    by.call('POST', `/chat/messages/${message.id}/reminders`, { body: { due_at: inDays(days) } })
  const both = await Promise.all([remind(1), remind(2), remind(3, ben)])
  expect(both.map(({ status }) => status)).toEqual([201, 201, 201])
  const due_at = inDays(4)
  await ana.call('POST', `/chat/messages/${message.id}/reminders`, { body: { due_at } })
  const { body } = await ana.call<Items<ChatReminder>>('GET', '/chat/reminders')
  const mine = body.items.filter((one) => one.message.id === message.id)
  expect(mine.map((one) => one.due_at)).toEqual([due_at])
})

test('who opened a channel archives it and takes others out, as does who manages the chat; others are told that they may not', async () => {
  const channel = await aChannel('private', ana, [idOf(ben), idOf(owner)])
  const seenBy = async (by: Caller) =>
    (await by.call<ChatChannel>('GET', `/chat/channels/${channel.id}`)).body.can
  expect(await seenBy(ana)).toMatchObject({ remove: true, archive: true, moderate: false })
  expect(await seenBy(ben)).toMatchObject({ remove: false, archive: false, moderate: false })
  expect(await seenBy(owner)).toMatchObject({ remove: true, archive: true, moderate: true })
  const path = `/chat/channels/${channel.id}`
  expect((await ben.call('PATCH', path, { body: { archived: true } })).status).toBe(403)
  expect((await ben.call('DELETE', `${path}/members/${idOf(ana)}`)).status).toBe(403)
  expect((await ana.call('PATCH', path, { body: { retention_days: 30 } })).status).toBe(403)
  expect((await ana.call('PATCH', path, { body: { archived: true } })).status).toBe(200)
  const archived = (by: Caller) =>
    by.call<Items<ChatChannel>>('GET', '/chat/channels?archived=true&browse=true')
  expect((await archived(ben)).body.items.map(({ id }) => id)).toContain(channel.id)
  expect((await ana.call('DELETE', `${path}/members/${idOf(ben)}`)).status).toBe(204)
  expect((await archived(ben)).body.items.map(({ id }) => id)).not.toContain(channel.id)
  expect((await owner.call('PATCH', path, { body: { archived: false } })).status).toBe(200)
})
