import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => void (app = await createTestApp()))
afterAll(() => app?.stop())

test('what is prepared on shared connections answers each organization with its own records, and pages on', async () => {
  const callers = [await app.register(), await app.register()]
  for (const [place, caller] of callers.entries())
    for (const number of [1, 2, 3])
      await caller.call('POST', '/crm/leads', { body: { full_name: `Lead ${number} of ${place}` } })
  const read = async (caller: Caller) => {
    type Page = { items: { full_name: string }[]; next_cursor: string | null }
    const first = await caller.call<Page>('GET', '/crm/leads?limit=2')
    const rest = await caller.call<Page>('GET', `/crm/leads?limit=2&cursor=${first.body.next_cursor}`)
    return [...first.body.items, ...rest.body.items].map(({ full_name }) => full_name)
  }
  const rounds = Array.from({ length: 30 }, () => Promise.all(callers.map(read)))
  for (const answers of await Promise.all(rounds))
    expect(answers).toEqual([0, 1].map((place) => [3, 2, 1].map((number) => `Lead ${number} of ${place}`)))
})
