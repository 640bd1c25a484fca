import type { Today } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { demoLogin, loadSampleOrganization } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.stop())

test('the sample organization has records of every kind and deals in every stage, and is made once', async () => {
  expect(await loadSampleOrganization(app.app.platform)).toBe(true)
  expect(await loadSampleOrganization(app.app.platform)).toBe(true)
  const { body: session } = await app.call<{ access_token: string; organization: { id: string } }>(
    'POST',
    '/auth/login',
    { body: demoLogin },
  )
  const headers = { authorization: `Bearer ${session.access_token}`, 'x-org-id': session.organization.id }
  const read = async <Body>(path: string) => (await app.call<Body>('GET', path, { headers })).body
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
