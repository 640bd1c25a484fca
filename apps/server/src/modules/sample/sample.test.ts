import type { ChatChannel, ChatMessage, ChatMessagePage, Today } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { demoLogin, loadSampleOrganization } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.stop())

async function logIn() {
  const { body: session } = await app.call<{ access_token: string; organization: { id: string } }>(
    'POST',
    '/auth/login',
    { body: demoLogin },
  )
  const headers = { authorization: `Bearer ${session.access_token}`, 'x-org-id': session.organization.id }
  return async <Body>(path: string) => (await app.call<Body>('GET', path, { headers })).body
}

test('the sample organization has records of every kind and deals in every stage, and is made once', async () => {
  expect(await loadSampleOrganization(app.app.platform)).toBe(true)
  expect(await loadSampleOrganization(app.app.platform)).toBe(true)
  const read = await logIn()
  const totals: Record<string, number> = {}
  for (const kind of ['leads', 'companies', 'contacts', 'deals', 'products'])
    totals[kind] = (await read<{ total: number }>(`/crm/${kind}?count=exact&limit=1`)).total
  expect(totals).toEqual({ leads: 240, companies: 40, contacts: 40, deals: 48, products: 8 })
  const day = await read<Today>('/crm/today')
  expect(
    [day.overdue, day.due, day.upcoming].map(({ total }) => total).reduce((sum, count) => sum + count),
  ).toBe(8)
  expect(day.overdue.total).toBeGreaterThanOrEqual(3)
  expect((await read<{ total: number }>('/crm/tasks?count=exact&limit=1')).total).toBe(4)
  const deals = await read<{ items: { stage_id: string; status: string; closed_at: string | null }[] }>(
    '/crm/deals?limit=200',
  )
  expect(new Set(deals.items.map(({ stage_id }) => stage_id)).size).toBe(5)
  for (const { status, closed_at } of deals.items) expect(closed_at === null).toBe(status === 'open')
})

test('its members talk about its records: in two channels and between two of them, with what a talk has', async () => {
  const read = await logIn()
  const { items: channels } = await read<{ items: ChatChannel[] }>('/chat/channels')
  const told = channels.map(({ kind, name, me }) => [kind, name, me?.unread_count])
  expect(told).toEqual([
    ['direct', 'Marina Costa', 1],
    ['public', 'sales', 0],
    ['public', 'general', 0],
  ])
  const pages = await Promise.all(
    channels.map(({ id }) => read<ChatMessagePage>(`/chat/channels/${id}/messages`)),
  )
  const messages = pages.flatMap(({ items }) => items)
  expect(messages.length).toBeLessThanOrEqual(25)
  const some = (is: (message: ChatMessage) => boolean) => messages.filter(is).length
  expect(some(({ records }) => records.some(({ title }) => title !== null))).toBeGreaterThan(2)
  expect(some(({ reactions }) => reactions.length > 0)).toBeGreaterThan(0)
  expect(some(({ people }) => people.length > 0)).toBeGreaterThan(0)
  expect(some(({ pinned_at }) => pinned_at !== null)).toBe(1)
  const asked = messages.find(({ reply_count }) => reply_count > 0)
  expect(asked?.reply_count).toBe(2)
  const thread = await read<ChatMessagePage>(
    `/chat/channels/${asked?.channel_id}/messages?thread=${asked?.id}`,
  )
  expect(thread.items.map(({ author }) => author.name)).toEqual(['Marina Costa', 'Tomás Reis'])
  for (const { items } of pages) {
    const times = items.map(({ created_at }) => created_at)
    expect(times).toEqual(times.toSorted())
    expect(Date.parse(times[0] ?? '')).toBeLessThan(Date.now() - 3_600_000)
  }
  const found = await read<{ items: { message: ChatMessage }[] }>('/chat/search?q=congrat')
  expect(found.items.map(({ message }) => message.author.name)).toEqual(['Dana Demo'])
})
