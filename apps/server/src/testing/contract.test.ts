/** What the contract promises of every request, whatever it is about. */
import type { Lead } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from './app.ts'

let app: TestApp
let owner: Caller
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
})
afterAll(() => app?.stop())

type Page = { items: Lead[]; total: number }
const countLeads = async (q: string) =>
  (await owner.call<Page>('GET', `/crm/leads?count=exact&q=${q}`)).body.total
const create = (full_name: string, key: string, caller = owner) =>
  caller.call<Lead & { code?: string }>('POST', '/crm/leads', {
    body: { full_name },
    headers: { 'idempotency-key': key },
  })

describe('an Idempotency-Key', () => {
  test('gives the same answer again, and the work is done once', async () => {
    const first = await create('Idempotent Ida', 'key-1')
    const second = await create('Idempotent Ida', 'key-1')
    expect(first.status).toBe(201)
    expect(second).toMatchObject({ status: 201, body: first.body })
    expect(await countLeads('Idempotent')).toBe(1)
  })

  test('used by ten requests at once still makes one record', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create('Simultaneous Sam', 'key-2')))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
    expect(await countLeads('Simultaneous')).toBe(1)
  })

  test('with another body is a conflict', async () => {
    await create('First Fay', 'key-3')
    const other = await create('Second Sue', 'key-3')
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } })
    expect(await countLeads('Second')).toBe(0)
  })

  test('of a refused request can be used again', async () => {
    expect((await create('', 'key-4')).status).toBe(422)
    expect((await create('Corrected Cora', 'key-4')).status).toBe(201)
  })

  test('of another organization is another key', async () => {
    const stranger = await app.register()
    const [mine, theirs] = [await create('Ours', 'key-5'), await create('Ours', 'key-5', stranger)]
    expect(theirs.status).toBe(201)
    expect(theirs.body.id).not.toBe(mine.body.id)
  })

  test('on sign-up makes one account', async () => {
    const body = { email: 'once@example.com', password: 'correct horse battery', full_name: 'Once' }
    const options = { body, headers: { 'idempotency-key': 'key-6' } }
    const first = await app.call<{ user: { id: string } }>('POST', '/auth/register', options)
    const second = await app.call<{ user: { id: string } }>('POST', '/auth/register', options)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body.user.id).toBe(first.body.user.id)
  })
})

describe('a request', () => {
  test('keeps the request id it came with, and gets one otherwise', async () => {
    const own = await owner.call('GET', '/users/me', { headers: { 'x-request-id': 'trace-7' } })
    expect(own.headers['x-request-id']).toBe('trace-7')
    const made = await owner.call('GET', '/users/me')
    expect(made.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    const problem = await owner.call<{ request_id: string }>('GET', '/crm/leads?sort=nonsense', {
      headers: { 'x-request-id': 'trace-8' },
    })
    expect(problem.body.request_id).toBe('trace-8')
  })

  test('is answered with what no cache may keep', async () => {
    for (const path of ['/users/me', '/crm/leads', '/crm/leads?sort=nonsense', '/meta', '/crm/nonsense'])
      expect((await owner.call('GET', path)).headers['cache-control'], path).toBe('no-store')
  })

  test('to a route that does not exist is a problem document', async () => {
    const answer = await owner.call('GET', '/crm/nonsense')
    expect(answer).toMatchObject({ status: 404, body: { code: 'route_not_found', status: 404 } })
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  })
})

describe('/health', () => {
  test('tells the state of what the server depends on', async () => {
    const answer = await app.app.http.inject({ method: 'GET', url: '/health' })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({
      status: 'ok',
      service: 'rapport',
      version: expect.any(String),
      timestamp: expect.any(String),
      dependencies: {
        database: { status: 'ok', response_time_ms: expect.any(Number), type: 'postgresql' },
        cache: { status: 'ok', response_time_ms: expect.any(Number), type: 'memory' },
      },
      response_time_ms: expect.any(Number),
    })
  })

  test('is open, /database/info is not', async () => {
    expect((await app.app.http.inject({ method: 'GET', url: '/database/info' })).statusCode).toBe(401)
  })
})
