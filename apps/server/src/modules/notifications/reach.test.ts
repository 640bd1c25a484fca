import { randomUUID } from 'node:crypto'
import { connectRealtime, type Realtime } from '@rapport/sdk/realtime'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { openContent } from '../../platform/mail/mail.ts'
import type { Caller } from '../../testing/app.ts'
import { about, idOf, list, openNotifications } from './notifications.fixture.ts'
import { createUnsubscribeTokens } from './unsubscribe-tokens.ts'

const { app, owner, admin, aLead, everythingTold, close } = await openNotifications()
afterAll(close)

describe('in the chat', () => {
  type Channel = { id: string; name: string }
  const say = async (by: Caller, channel: Channel, content: object[]) => {
    const sent = await by.call('POST', `/chat/channels/${channel.id}/messages`, {
      body: { client_id: randomUUID(), body: { type: 'doc', content: [{ type: 'paragraph', content }] } },
    })
    expect(sent.status, sent.text).toBe(201)
  }
  const text = { type: 'text', text: 'Hello' }
  const aChannel = async (body: object) => {
    const made = await owner.call<Channel>('POST', '/chat/channels', { body })
    expect(made.status, made.text).toBe(201)
    return made.body
  }

  test('a direct message and a mention are told, other messages are not', async () => {
    const [named, silent] = [await app.join(owner, 'sales'), await app.join(owner, 'sales')]
    const member_ids = [idOf(named), idOf(silent)]
    const room = await aChannel({ kind: 'private', name: 'Launch', member_ids })
    await say(owner, room, [text])
    await say(owner, room, [{ type: 'mention', attrs: { id: idOf(named) } }])
    const direct = await aChannel({ kind: 'direct', member_ids: [idOf(silent)] })
    await say(owner, direct, [text])
    await everythingTold()
    expect(await about(named, room.id)).toMatchObject({
      object: 'chat_channel',
      title: 'Launch',
      latest: [{ type: 'mentioned_in_chat', actor: { id: idOf(owner) } }],
    })
    expect((await list(silent)).items).toMatchObject([
      { record_id: direct.id, latest: [{ type: 'chat_message' }] },
    ])
  })

  test('@here reaches who is at a window of those in the channel, and nobody who is away, gone or deaf to it', async () => {
    const url = await app.listen()
    const windows: Realtime[] = []
    const enter = async (member: Caller, away = false) => {
      const window = connectRealtime({
        url,
        organization_id: member.session.organization.id,
        token: () => member.session.access_token,
        onEvent: () => undefined,
      })
      windows.push(window)
      window.here({ away })
      await vi.waitFor(
        async () => {
          const { body } = await owner.call<{ items: { user_id: string; state: string }[] }>(
            'GET',
            '/presence',
          )
          const state = body.items.find(({ user_id }) => user_id === idOf(member))?.state
          expect(state).toBe(away ? 'away' : 'online')
        },
        { timeout: 10_000 },
      )
    }
    const [here, away, gone, deaf, outside] = [
      await app.join(owner, 'sales'),
      await app.join(owner, 'sales'),
      await app.join(owner, 'sales'),
      await app.join(owner, 'sales'),
      await app.join(owner, 'sales'),
    ]
    const member_ids = [here, away, gone, deaf].map(idOf)
    const room = await aChannel({ kind: 'private', name: 'Stand-up', member_ids })
    await deaf.call('PATCH', `/chat/channels/${room.id}/settings`, { body: { muted: true } })
    await enter(here)
    await enter(away, true)
    await enter(deaf)
    await enter(outside)
    await say(owner, room, [{ type: 'everyone', attrs: { who: 'here' } }])
    await everythingTold()
    for (const window of windows) window.close()
    expect(await about(here, room.id)).toMatchObject({ latest: [{ type: 'mentioned_in_chat' }] })
    for (const person of [away, gone, deaf, outside]) expect((await list(person)).items).toEqual([])
    const mentionsOf = async (person: Caller) =>
      (await person.call<{ me: { mention_count: number } }>('GET', `/chat/channels/${room.id}`)).body.me
        .mention_count
    expect([await mentionsOf(here), await mentionsOf(away), await mentionsOf(gone)]).toEqual([1, 0, 0])
  })

  test('what was told is read by reading the channel, and gone for whoever has left it', async () => {
    const [reader, leaver] = [await app.join(owner, 'sales'), await app.join(owner, 'sales')]
    const room = await aChannel({ kind: 'private', name: 'Deals', member_ids: [idOf(reader), idOf(leaver)] })
    for (const person of [reader, leaver])
      await say(owner, room, [{ type: 'mention', attrs: { id: idOf(person) } }])
    await everythingTold()
    expect([(await list(reader)).unread, (await list(leaver)).unread]).toEqual([1, 1])
    const { body } = await reader.call<{ items: { id: string }[] }>(
      'GET',
      `/chat/channels/${room.id}/messages`,
    )
    await reader.call('PUT', `/chat/channels/${room.id}/read`, {
      body: { message_id: body.items.at(-1)?.id },
    })
    await vi.waitFor(async () => expect((await list(reader)).unread).toBe(0), { timeout: 10_000 })
    const left = await leaver.call('DELETE', `/chat/channels/${room.id}/members/${idOf(leaver)}`)
    expect(left.status, left.text).toBeLessThan(300)
    expect(await list(leaver)).toMatchObject({ items: [], unread: 0 })
  })
})

describe('the account', () => {
  test('tells its holder of a changed password, in every organization', async () => {
    const person = await app.register()
    const elsewhere = await app.register()
    await app.app.platform.tenancy.inSystem((tx) =>
      tx
        .insertInto('memberships')
        .values({ organization_id: elsewhere.session.organization.id, user_id: idOf(person), role: 'sales' })
        .execute(),
    )
    const changed = await person.call('PUT', '/users/me/password', {
      body: { current_password: 'correct horse battery', password: 'an unusual horse indeed' },
    })
    expect(changed.status, changed.text).toBeLessThan(300)
    const news = [
      { object: 'account', latest: [{ type: 'account_secured', data: { what: 'password_changed' } }] },
    ]
    await vi.waitFor(async () => expect((await list(person)).items).toMatchObject(news), { timeout: 10_000 })
    // Each organization tells by itself.
    const told = async () => {
      const there = await admin.query<{ organization_id: string }>(
        "SELECT organization_id FROM notifications WHERE user_id = $1 AND type = 'account_secured'",
        [idOf(person)],
      )
      expect(new Set(there.rows.map((row) => row.organization_id))).toEqual(
        new Set([person.session.organization.id, elsewhere.session.organization.id]),
      )
    }
    await vi.waitFor(told, { timeout: 10_000 })
    expect((await list(elsewhere)).items.filter(({ object }) => object === 'account')).toEqual([])
  })
})

describe('the digest', () => {
  test('tells in one mail what is unread, in the language of the reader, and nothing that was read', async () => {
    const person = await app.join(owner, 'sales')
    await admin.query(
      "UPDATE users SET email_verified_at = now(), claims_email = true, language = 'pt-BR' WHERE id = $1",
      [idOf(person)],
    )
    const [told, read] = [
      await aLead({ owner_id: idOf(person), full_name: 'Told Person' }),
      await aLead({ owner_id: idOf(person), full_name: 'Read Person' }),
    ]
    await everythingTold()
    expect(await about(person, told.id)).toBeDefined()
    await person.call('PUT', '/notifications/read', {
      body: { group: { object: 'lead', record_id: read.id } },
    })
    await admin.query(
      'UPDATE notifications SET mail_due_at = now() WHERE user_id = $1 AND mail_due_at IS NOT NULL',
      [idOf(person)],
    )
    await admin.query("UPDATE alarms SET rings_at = now() WHERE name = 'notifications.digest'")
    const mails = async () => {
      const { rows } = await admin.query<{ id: string; subject: string; content: string | null }>(
        "SELECT id, subject, content FROM outgoing_mails WHERE template = 'notification-digest' AND recipient = $1",
        [person.session.user.email],
      )
      return rows
    }
    await vi.waitFor(async () => expect(await mails()).toHaveLength(1), { timeout: 10_000 })
    const [mail] = await mails()
    expect(mail?.subject).toMatch(/^1 não lidas em /)
    const { text, unsubscribe_url } = openContent(
      app.app.platform.secrets,
      mail?.id ?? '',
      mail?.content ?? '',
    )
    expect(text).toContain('Told Person')
    expect(text).toContain(unsubscribe_url ?? 'an address to leave by')
    expect(text).toContain('passou para você')
    expect(text).not.toContain('Read Person')
    await admin.query("UPDATE alarms SET rings_at = now() WHERE name = 'notifications.digest'")
    await everythingTold()
    expect(await mails()).toHaveLength(1)
  })

  test('is left from the mail itself, in one press, by nobody but its reader', async () => {
    const [person, other] = [await app.join(owner, 'sales'), await app.join(owner, 'sales')]
    const waiting = async (reader: Caller) => {
      const { rows } = await admin.query<{ waits: boolean }>(
        'SELECT mail_due_at IS NOT NULL AS waits FROM notifications WHERE user_id = $1',
        [idOf(reader)],
      )
      return rows.map(({ waits }) => waits)
    }
    for (const reader of [person, other]) await aLead({ owner_id: idOf(reader) })
    await everythingTold()
    const { secretKeys } = app.app.platform.environment
    const { organization } = person.session
    const token = createUnsubscribeTokens(secretKeys).make({
      user_id: idOf(person),
      organization_id: organization.id,
    })
    const press = (given: string) =>
      app.app.http.inject({
        method: 'POST',
        url: `/unsubscribe?token=${given}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      })
    const forged = createUnsubscribeTokens(['another secret of at least thirty-two letters']).make({
      user_id: idOf(person),
      organization_id: organization.id,
    })
    for (const wrong of [forged, `${token.slice(0, -4)}AAAA`, 'none', ''])
      expect((await press(wrong)).statusCode, wrong).toBe(422)
    const digestOf = async (reader: Caller) =>
      (await reader.call<{ digest: string }>('GET', '/notifications/settings')).body.digest
    expect(await digestOf(person)).toBe('daily')
    expect((await press(token)).statusCode).toBe(200)
    expect((await press(token)).statusCode).toBe(200)
    expect([await digestOf(person), await digestOf(other)]).toEqual(['off', 'daily'])
    expect([await waiting(person), await waiting(other)]).toEqual([[false], [true]])
    await person.call('PATCH', '/notifications/settings', { body: { digest: 'hourly' } })
    expect((await app.call('POST', '/notifications/unsubscribe', { body: { token } })).status).toBe(204)
    expect(await digestOf(person)).toBe('off')
  })

  test('goes to nobody who wants none', async () => {
    const person = await app.join(owner, 'sales')
    await person.call('PATCH', '/notifications/settings', { body: { digest: 'off' } })
    const lead = await aLead({ owner_id: idOf(person) })
    await everythingTold()
    expect(await about(person, lead.id)).toBeDefined()
    const { rows } = await admin.query('SELECT mail_due_at FROM notifications WHERE user_id = $1', [
      idOf(person),
    ])
    expect(rows).toEqual([{ mail_due_at: null }])
  })
})
