/** What is read of the chat is served by indexes under the application's own role, however long the history. */
import { operations } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { Caller } from '../../testing/app.ts'
import { explainingTx } from '../../testing/explain.ts'
import { readChannels } from './channels.ts'
import { idOf, openChat } from './chat.fixture.ts'
import { aMessage, fillHistory, type Said } from './history.fixture.ts'
import { readMessages } from './messages.ts'
import { readReminders } from './reminders.ts'
import { searchMessages } from './search.ts'

const { app, owner, ana, admin, aChannel, close } = await openChat()
const count = 20_000
const replies = 1_000
let actor: Actor
let channel_id: string
let history: Said[]

beforeAll(async () => {
  const stranger = await app.register()
  channel_id = (await aChannel('public')).id
  history = await fill(owner, channel_id, [idOf(owner), idOf(ana)])
  await fill(stranger, (await aChannel('public', stranger)).id, [idOf(stranger)])
  await vi.waitUntil(vacuum, { timeout: 60_000 })
  actor = ownerActor({
    user_id: idOf(owner),
    name: 'Owner',
    organization_id: owner.session.organization.id,
  })
})
afterAll(close)

/** Whether all of it is known to be visible to everybody: what somebody else is just reading may hinder that. */
async function vacuum(): Promise<boolean> {
  await admin.query(
    'VACUUM ANALYZE users, chat_channels, chat_members, chat_messages, chat_words, chat_mentions, chat_reminders',
  )
  const { rows } = await admin.query<{ done: boolean }>(
    "SELECT bool_and(relallvisible = relpages) AS done FROM pg_class WHERE relname IN ('chat_messages', 'chat_words')",
  )
  return rows[0]?.done === true
}

/** Another beginning of a word for each number. */
const spoken = (number: number) =>
  [number % 17, Math.floor(number / 17) % 17, Math.floor(number / 289)]
    .map((place) => `${'bcdfghjklmnprstvz'[place]}${'aeiou'[place % 5]}`)
    .join('')

/** One long history, a long thread in it, and as many channels, members and reminders as a large house has. */
async function fill({ session }: Caller, channel: string, authors: string[]): Promise<Said[]> {
  const org = session.organization.id
  const me = session.user.id
  const said = Array.from({ length: count }, (_, place) =>
    aMessage(
      channel,
      authors[place % authors.length] ?? '',
      `common ${spoken(place % 60)}ra ${spoken(1000 + (place % 500))}to item${place % 90} ${place}`,
    ),
  )
  await fillHistory(admin, org, said)
  const root = said[0]?.id
  await admin.query(
    `UPDATE chat_messages SET reply_to = CASE WHEN id <> $2 THEN $2::uuid END, reply_count = CASE WHEN id = $2 THEN $3::int - 1 ELSE 0 END
     WHERE organization_id = $1 AND seq <= $3`,
    [org, root, replies],
  )
  await admin.query(
    `WITH people AS (
       INSERT INTO users (id, email, full_name, password_hash)
       SELECT uuidv7(), gen_random_uuid() || '@example.com', 'Colleague ' || n, '' FROM generate_series(1, 40) n RETURNING id
     ), channels AS (
       INSERT INTO chat_channels (organization_id, id, kind, name, last_message_at)
       SELECT $1, uuidv7(), CASE WHEN n % 2 = 0 THEN 'public' ELSE 'private' END, 'Channel ' || n, now() FROM generate_series(1, 300) n
       RETURNING id, name
     )
     INSERT INTO chat_members (organization_id, channel_id, user_id)
     SELECT $1, c.id, p.id FROM channels c, people p
     UNION ALL SELECT $1, c.id, $2 FROM channels c WHERE c.name LIKE '%7'`,
    [org, me],
  )
  await admin.query(
    `WITH reminded AS (
       INSERT INTO chat_reminders (organization_id, id, message_id, user_id, due_at)
       SELECT organization_id, uuidv7(), id, CASE WHEN seq % 400 = 0 THEN $2::uuid ELSE $3::uuid END, now() + make_interval(mins => seq)
       FROM chat_messages WHERE organization_id = $1 AND seq % 4 = 0)
     INSERT INTO chat_mentions (organization_id, message_id, user_id, channel_id, seq)
     SELECT organization_id, id, CASE WHEN seq % 400 = 0 THEN $2::uuid ELSE $3::uuid END, channel_id, seq
     FROM chat_messages WHERE organization_id = $1 AND seq % 4 = 0`,
    [org, me, authors.at(-1)],
  )
  return said
}

async function plansOf(work: (ctx: Ctx) => Promise<unknown>): Promise<string> {
  const plans: string[] = []
  await app.app.platform.tenancy.inTenant(actor, (ctx) => work({ ...ctx, tx: explainingTx(ctx.tx, plans) }))
  expect(plans.length).toBeGreaterThan(0)
  return plans.join('\n\n')
}

const { channels, messages, search } = operations.chat
const queryOf = <Query>({ query }: { query: { parse: (given: object) => Query } }, given: object): Query =>
  query.parse(given)
const page = (given: object) =>
  plansOf((ctx) => readMessages(ctx, channel_id, queryOf(messages, { limit: '50', ...given })))
const wholeTable = /Seq Scan on chat_/
/** Of rows that come in no order: the newest fifty of them are only known when all have been read. */
const wholeSort = /Sort Key: x\.(seq|id)/

describe('a page of messages is read from its place on, in the order of the index', () => {
  test.each([
    ['the newest', {}, /Index Scan Backward using chat_messages_top/],
    ['those before a place', { before: '9000' }, /Index Scan Backward using chat_messages_top/],
    ['those after a place', { after: '9000' }, /Index Scan using chat_messages_top/],
  ])('%s', async (_, given, index) => {
    const plan = await page(given)
    expect(plan).toMatch(index)
    expect(plan).toMatch(/Index Cond: [^\n]*channel_id = /)
    expect(plan).not.toMatch(wholeTable)
    expect(plan).not.toMatch(wholeSort)
  })

  test('those around a message', async () => {
    const plan = await page({ around: history[9_000]?.id })
    expect(plan).toMatch(/Index Scan Backward using chat_messages_top/)
    expect(plan).toMatch(/Index Scan using chat_messages_top/)
    expect(plan).not.toMatch(wholeTable)
    expect(plan).not.toMatch(wholeSort)
  })

  test('the answers in a thread', async () => {
    const plan = await page({ thread: history[0]?.id })
    expect(plan).toMatch(/Index Scan Backward using chat_messages_thread/)
    expect(plan).not.toMatch(wholeTable)
    expect(plan).not.toMatch(wholeSort)
  })
})

test.each([
  ['those that one is in', {}],
  ['all public ones', { browse: 'true' }],
])('the list of channels counts what is unread by indexes: %s', async (_, given) => {
  const plan = await plansOf((ctx) => readChannels(ctx, queryOf(channels, given)))
  // From where one has read on, in the channel itself, of those that name one, of those that call everyone.
  for (const index of ['chat_messages_top', 'chat_messages_calls'])
    expect(plan).toMatch(new RegExp(`using ${index} [^]{0,400}?seq > m\\.last_read_seq`))
  expect(plan).toMatch(/using chat_mentions_(user|pkey)/)
  expect(plan).not.toMatch(/Seq Scan on chat_(messages|mentions|members)/)
})

test('reminders of a member are read by an index, and their messages one by one', async () => {
  const plan = await plansOf((ctx) => readReminders(ctx))
  expect(plan).toMatch(/chat_reminders_user/)
  expect(plan).toMatch(/Index Scan using chat_messages_pkey/)
  expect(plan).not.toMatch(/Seq Scan on chat_(messages|mentions|members|reminders)/)
})

describe('a search', () => {
  const searched = (given: object) => (ctx: Ctx) => searchMessages(ctx, queryOf(search, given))

  /** How many pages of the database the search itself looks at, once its plans are made. */
  async function pagesOf(given: object): Promise<number> {
    const plans: string[] = []
    await app.app.platform.tenancy.inTenant(actor, async (ctx) => {
      await searched(given)(ctx) // makes the plans, for which the catalogue is read
      await searched(given)({ ...ctx, tx: explainingTx(ctx.tx, plans, 'ANALYZE, BUFFERS, TIMING OFF') })
    })
    const [, hit, read = '0'] =
      /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(
        plans.find((plan) => plan.includes('ProjectSet')) ?? '',
      ) ?? []
    expect(hit).toBeDefined()
    return Number(hit ?? 0) + Number(read)
  }

  test('looks its messages up one by one', async () => {
    const plan = await plansOf(searched({ q: 'common' }))
    expect(plan).toMatch(/Index Scan (Backward )?using chat_messages_pkey on chat_messages x/)
    expect(plan).not.toMatch(/Seq Scan on chat_(messages|words|members)/)
  })

  // To look at each message of the history would touch some nine thousand.
  test.each([
    ['a word that nobody wrote', { q: 'nobody' }, 12],
    ['two, one of which nobody wrote', { q: 'common nobody' }, 30],
    ['a word in every message', { q: 'common' }, 320],
    ['a word in few', { q: '7777' }, 60],
    ['two words', { q: `${spoken(7)} ${spoken(1007)}` }, 600],
    ['two words, never together', { q: `${spoken(7)} ${spoken(1008)}` }, 400],
    ['the beginning of many', { q: 'item' }, 1_000],
    ['a letter', { q: 'b' }, 700],
    ['a word by somebody', { q: spoken(7), author_id: '' }, 320],
    ['a word in one channel', { q: 'common', channel_id: '' }, 320],
  ])('for %s touches few pages', async (_, given, most) => {
    const named = {
      ...given,
      ...('author_id' in given ? { author_id: idOf(ana) } : {}),
      ...('channel_id' in given ? { channel_id } : {}),
    }
    const pages = await pagesOf(named)
    expect(pages).toBeLessThanOrEqual(most)
  })
})
