/** Read-only mode, over every declared route: what changes something is refused, the rest goes on. */
import type { Operation } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { setMaintenance } from '../platform/maintenance/index.ts'
import { createTestApp, type Caller, type TestApp } from './app.ts'
import { exampleRequest, makeExamples, type Examples } from './examples.ts'

let app: TestApp
let owner: Caller
let examples: Examples
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  examples = await makeExamples(owner)
})
afterAll(() => app?.stop())

const notice = 'Moving to a larger machine until 14:00 UTC.'
type Meta = { maintenance: { notice: string; since: string } | null }
const state = async () => (await app.call<Meta>('GET', '/meta')).body.maintenance

async function set(text: string | null): Promise<void> {
  await app.app.platform.tenancy.inSystem((tx) => setMaintenance(tx, text))
  await vi.waitFor(async () => expect((await state())?.notice ?? null).toBe(text), {
    timeout: 6_000,
    interval: 50,
  })
}

const send = (operation: Operation) => {
  const { path, ...rest } = exampleRequest(operation, examples)
  return owner.call<{ code?: string; detail?: string }>(operation.method, path, rest)
}

describe('during maintenance', () => {
  beforeAll(() => set(notice))
  afterAll(() => set(null))

  test('every running server tells so, since when, and in the operator’s words', async () => {
    expect(await state()).toEqual({ notice, since: expect.stringMatching(/^\d{4}-.*Z$/) })
  })

  test('every route that changes something is refused with 503, Retry-After and the notice', async () => {
    const changing = app.app.routes.filter(
      ({ operation }) => operation.method !== 'GET' && !operation.during_maintenance,
    )
    expect(changing.length).toBeGreaterThan(10)
    for (const { operation } of changing) {
      const answer = await send(operation)
      expect(answer, `${operation.method} ${operation.path}`).toMatchObject({
        status: 503,
        body: { code: 'maintenance', detail: notice },
      })
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    }
  })

  test('everything can be read', async () => {
    for (const { operation } of app.app.routes.filter(({ operation: { method } }) => method === 'GET'))
      expect((await send(operation)).status, operation.path).not.toBe(503)
    expect((await owner.call('GET', '/crm/leads')).status).toBe(200)
  })

  test('people still log in, refresh, switch and log out', async () => {
    for (const { operation } of app.app.routes.filter(
      ({ operation: { during_maintenance } }) => during_maintenance,
    ))
      expect((await send(operation)).status, operation.path).not.toBe(503)
  })
})

test('after it everything works again', async () => {
  await set('')
  await set(null)
  const fresh = await app.register()
  expect((await fresh.call('POST', '/crm/leads', { body: { full_name: 'After' } })).status).toBe(201)
})
