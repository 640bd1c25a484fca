/** Messages are found by their words as a plain look at all of them finds them, and only by who may read them. */
import type { ChatMessage } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../platform/events/event-house.fixture.ts'
import { systemActor } from '../../platform/actor.ts'
import type { Caller } from '../../testing/app.ts'
import { idOf, openChat, type Items } from './chat.fixture.ts'
import { chatPersonalData } from './personal-data.ts'
import { aMessage, fillHistory, type Said } from './history.fixture.ts'

const { app, owner, ana, ben, admin, aChannel, open, said, close } = await openChat()
afterAll(close)

type Hit = { message: ChatMessage; channel: { id: string } }
const search = async (query: Record<string, string>, by = owner) => {
  const answer = await by.call<Items<Hit>>('GET', `/chat/search?${new URLSearchParams(query)}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}
const found = async (q: string, by = owner, more: Record<string, string> = {}) =>
  (await search({ q, ...more }, by)).items.map(({ message }) => message.text)
const wordsOf = async (id: string) =>
  (
    await admin.query<{ word: string }>('SELECT word FROM chat_words WHERE message_id = $1 ORDER BY word', [
      id,
    ])
  ).rows.map(({ word }) => word)

describe('in a long history', () => {
  const count = 9_000
  let history: Said[]
  let channels: string[]
  let private_id: string

  /** Families of words: two, nine and three hundred that begin alike, one in every message, one in few. */
  const textOf = (place: number) =>
    [
      place % 700 === 7 ? 'Quixote' : '',
      `Común duo${'ab'[place % 2]} few${place % 9} many${place % 300} solo${place % 3 === 0 ? '' : 'x'} ref ${place}`,
      place % 1500 === 3 ? 'zz' : '',
    ].join(' ')

  beforeAll(async () => {
    const made = [
      await aChannel('public'),
      await aChannel('private', ana, [idOf(ben)]),
      await aChannel('public', ana),
    ]
    channels = made.map(({ id }) => id)
    private_id = channels[1] ?? ''
    history = Array.from({ length: count }, (_, place) =>
      aMessage(
        channels[place < 3 ? 2 : place % 10 === 0 ? 0 : 1] ?? '',
        place % 4 === 0 ? idOf(ben) : idOf(ana),
        textOf(place),
      ),
    )
    await fillHistory(admin, owner.session.organization.id, history)
  })

  function expected(q: string, by: Caller, { channel_id, author_id }: Record<string, string> = {}): string[] {
    const asked = q.toLowerCase().split(' ')
    return history
      .filter((one) => {
        const own = one.text.toLowerCase().replace('ú', 'u').split(' ')
        const mayRead = one.channel_id !== private_id || by !== owner
        const wanted = (channel_id ?? one.channel_id) === one.channel_id
        const byThem = (author_id ?? one.author_id) === one.author_id
        return (
          mayRead && wanted && byThem && asked.every((word) => own.some((other) => other.startsWith(word)))
        )
      })
      .map(({ text }) => text)
      .toReversed()
  }

  const words = 'comun c duo duoa few few3 many many7 m solo quixote nobody zz'.split(' ')
  const several = [
    'comun solox',
    'duoa few3',
    'few many7',
    'many few',
    'many m',
    'c q',
    'quixote few',
    'ref 12',
  ]
  const more = ['duob quixote comun', 'ref 8999', 'ref 8', 'comun nobody', 'many 12', 'many299 duob ref']

  test.each([...words, ...several, ...more])(
    '%s finds the newest that its reader may read, page after page',
    async (q) => {
      for (const by of [owner, ana]) {
        const all = expected(q, by)
        const first = await search({ q, limit: '40' }, by)
        expect(first.items.map(({ message }) => message.text)).toEqual(all.slice(0, 40))
        expect(first.next_cursor === null).toBe(all.length <= 40)
        if (first.next_cursor === null) continue
        const next = await search({ q, limit: '40', cursor: first.next_cursor }, by)
        expect(next.items.map(({ message }) => message.text)).toEqual(all.slice(40, 80))
      }
    },
  )

  test.each(['duoa', 'many', 'few3 solo', 'm', 'quixote', 'zz'])(
    '%s finds those of one channel and of one author',
    async (q) => {
      const some: Record<string, string>[] = [
        { channel_id: channels[0] ?? '' },
        // Only long ago, so that the newest messages do not tell.
        { channel_id: channels[2] ?? '' },
        { author_id: idOf(ben) },
        { channel_id: private_id, author_id: idOf(ben) },
      ]
      for (const more of some)
        expect(await found(q, ana, { ...more, limit: '30' })).toEqual(expected(q, ana, more).slice(0, 30))
    },
  )
})

test('a message is found while its words are still being typed, without accents or case, by addresses and numbers too', async () => {
  const channel = await aChannel('public')
  const text = 'Orçamento Öresund: joao.prado@ferragens.example, 0800-555 (nº 7/2026)'
  await said(channel, text)
  const queries = [
    'orca',
    'ORÇAMENTO',
    'oresund orc',
    'joao.prado@ferragens.example',
    '0800-555',
    '7/2026',
    'n 7',
  ]
  for (const q of queries) expect(await found(q), q).toEqual([text])
  for (const q of ['camento', 'oresundo', '…', '🎉', '%', '_rcamento', 'orca nobody'])
    expect(await found(q), q).toEqual([])
})

test('what leads to a message goes with its text: edited, deleted, kept no longer', async () => {
  const channel = await aChannel('public')
  const message = await said(channel, 'tangerine before')
  expect(await wordsOf(message.id)).toEqual(['before', 'tangerine'])
  await owner.call('PATCH', `/chat/messages/${message.id}`, { body: { body: 'tangerine after, mandarin' } })
  expect(await wordsOf(message.id)).toEqual(['after', 'mandarin', 'tangerine'])
  expect(await found('tangerine bef')).toEqual([])
  expect(await found('tangerine mandarin')).toEqual(['tangerine after, mandarin'])
  await owner.call('DELETE', `/chat/messages/${message.id}`)
  expect(await wordsOf(message.id)).toEqual([])

  const old = await said(channel, 'clementine old')
  const reply = await said(channel, 'clementine reply', owner, { reply_to: old.id })
  await admin.query(`UPDATE chat_messages SET created_at = now() - interval '40 days' WHERE id = $1`, [
    old.id,
  ])
  await owner.call('PATCH', `/chat/channels/${channel.id}`, { body: { retention_days: 30 } })
  await eventually(async () => (await found('clementine')).length === 0, 'the old one is gone')
  expect([...(await wordsOf(old.id)), ...(await wordsOf(reply.id))]).toEqual([])
})

test('words of a message are written with it, once, however often and at once it is sent', async () => {
  const channel = await aChannel('public')
  const send = () =>
    owner.call<ChatMessage>('POST', `/chat/channels/${channel.id}/messages`, {
      body: { client_id: 'pomelo', body: 'pomelo pomelo' },
    })
  const sent = await Promise.all([send(), send(), send()])
  expect(new Set(sent.map(({ body }) => body.id)).size).toBe(1)
  expect(await wordsOf(sent[0].body.id)).toEqual(['pomelo'])
  expect(await found('pomelo')).toEqual(['pomelo pomelo'])
})

test('what is said in private, to one person, or by another organization is found by those in it alone', async () => {
  const secret = await aChannel('private', ana, [idOf(ben)])
  await said(secret, 'kumquat private', ana)
  const direct = await open({ kind: 'direct', member_ids: [idOf(ben)] }, ana)
  await said(direct.body, 'kumquat direct', ana)
  expect(await found('kumquat', ben)).toEqual(['kumquat direct', 'kumquat private'])
  expect(await found('kumquat', owner)).toEqual([])
  const refused = await owner.call('GET', `/chat/search?q=kumquat&channel_id=${secret.id}`)
  expect(refused.status).toBe(404)
})

test('an erased person is found by no word of them any more, in conversations on other matters neither', async () => {
  const made = await owner.call<{ id: string }>('POST', '/crm/leads', {
    body: { full_name: 'Yolanda Quibble' },
  })
  const record = { object: 'lead', id: made.body.id }
  const about = await open({ kind: 'record', record })
  const told = await said(about.body, 'persimmon about her')
  const elsewhere = await said(await aChannel('public'), 'persimmon for Yolanda Quibble')
  const person = {
    object: 'lead',
    record_ids: [record.id],
    names: ['yolanda quibble'],
    emails: [],
    phones: [],
  }
  await app.app.platform.tenancy.inTenant(systemActor(owner.session.organization.id), async (ctx) => {
    for (const source of chatPersonalData) await source.erase(ctx, person)
  })
  expect(await wordsOf(told.id)).toEqual([])
  expect(await wordsOf(elsewhere.id)).not.toContain('quibble')
  expect(await found('quibble')).toEqual([])
  expect(await found('persimmon')).toHaveLength(1)
})
