/** What an operator sees: /health, /database/info and /metrics. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { poolSize } from '../platform/pool-size.ts'
import { startRedis, type TestRedis } from '../platform/testing/redis.ts'
import { createTestApp, type Caller, type TestApp } from './app.ts'

const token = 'an operator token for tests'
let redis: TestRedis
let app: TestApp
let owner: Caller
beforeAll(async () => {
  redis = await startRedis()
  app = await createTestApp({ OPERATOR_TOKEN: token, REDIS_URL: redis.url })
  owner = await app.register()
}, 120_000)
afterAll(async () => {
  await app?.stop()
  await redis?.kill()
})

const get = (url: string, headers: Record<string, string> = {}) =>
  app.app.http.inject({ method: 'GET', url, headers })
const bearer = { authorization: `Bearer ${token}` }

describe('an operator page', () => {
  const pages = ['/database/info', '/metrics']

  test('opens with the operator token, in either header', async () => {
    for (const page of pages) {
      expect((await get(page, bearer)).statusCode).toBe(200)
      expect((await get(page, { 'x-operator-token': token })).statusCode).toBe(200)
    }
  })

  test('opens with nothing else, also not for the owner of an organization', async () => {
    const own = { authorization: `Bearer ${owner.session.access_token}` }
    const wrong: Record<string, string>[] = [
      {},
      own,
      { authorization: `Bearer ${token}x` },
      { 'x-operator-token': '' },
    ]
    for (const page of pages)
      for (const headers of wrong) expect(await get(page, headers)).toMatchObject({ statusCode: 401 })
  })

  test('opens for nobody when there is no operator token', async () => {
    const closed = await createTestApp()
    try {
      for (const url of pages)
        for (const headers of [{}, { authorization: 'Bearer ' }, { authorization: 'Bearer undefined' }])
          expect((await closed.app.http.inject({ method: 'GET', url, headers })).statusCode).toBe(401)
    } finally {
      await closed.stop()
    }
  })
})

test('/database/info tells version, size, migrations and the pool', async () => {
  expect((await get('/database/info', bearer)).json()).toEqual({
    version: expect.stringMatching(/^PostgreSQL \d/),
    size_bytes: expect.any(Number),
    migrations: expect.arrayContaining(['0001_foundation.sql', '0009_operations.sql']),
    pool: { max: poolSize, total: expect.any(Number), idle: expect.any(Number), waiting: 0 },
  })
})

describe('/metrics', () => {
  const scrape = async () => (await get('/metrics', bearer)).body
  const valueOf = (text: string, series: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')
        .at(-1),
    )

  test('counts requests by the pattern of their route and their status', async () => {
    const series =
      'rapport_http_request_duration_seconds_count{method="GET",route="/api/crm/leads/:id",status="404"}'
    const before = valueOf(await scrape(), series) || 0
    for (const id of ['01980000-0000-7000-8000-000000000001', '01980000-0000-7000-8000-000000000002'])
      await owner.call('GET', `/crm/leads/${id}`)
    expect(valueOf(await scrape(), series)).toBe(before + 2)
  })

  test('has no label that whoever calls can make up, nor one of an organization', async () => {
    for (const path of ['/api/made/up/1', '/made/up/2', '/api/crm/leads?x=made-up-3', '/%6dade-up-4'])
      await get(path, bearer)
    await owner.call('GET', `/crm/leads/${owner.session.organization.id}`)
    const text = await scrape()
    expect(text).toContain('route="unmatched"')
    expect(text).not.toMatch(/made.up/)
    expect(text).not.toContain(owner.session.organization.id)
  })

  test('tells of connections, events, jobs, sockets, dependencies, maintenance and the process', async () => {
    const text = await scrape()
    expect(valueOf(text, 'rapport_database_connections{state="max"}')).toBe(poolSize)
    expect(text).toMatch(/^rapport_events_behind\{subscriber="[\w.-]+"\} \d+$/m)
    expect(text).toMatch(/^rapport_jobs\{queue="[\w.-]+",state="ready"\} \d+$/m)
    expect(valueOf(text, 'rapport_sockets')).toBe(0)
    expect(valueOf(text, 'rapport_dependency_up{dependency="database"}')).toBe(1)
    expect(valueOf(text, 'rapport_maintenance')).toBe(0)
    expect(text).toMatch(/^rapport_info\{version="[\d.]+"\} 1$/m)
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e6)
  })

  test('has every series that the Grafana dashboard asks for', async () => {
    const file = new URL('../../../../deploy/grafana/rapport.json', import.meta.url)
    const dashboard = JSON.parse(await readFile(file, 'utf8')) as {
      panels: { targets?: { expr: string }[] }[]
    }
    const asked = dashboard.panels.flatMap(({ targets }) => targets?.map(({ expr }) => expr) ?? []).join('\n')
    const names = new Set(asked.match(/\b(?:rapport|process|nodejs)_\w+/g))
    expect(names.size).toBeGreaterThan(8)
    const text = await scrape()
    for (const name of names) expect(text, name).toMatch(new RegExp(`^${name}[ {]`, 'm'))
  })
})

describe('/health', () => {
  const health = async () => (await get('/health')).json<Record<string, unknown>>()

  test('tells of Redis as the cache', async () => {
    await vi.waitFor(async () => expect(await health()).toMatchObject({ status: 'ok' }))
    expect(await health()).toMatchObject({
      dependencies: { cache: { status: 'ok', type: 'redis', response_time_ms: expect.any(Number) } },
    })
  })

  test('is degraded and still 200 without Redis, and ok again with it', async () => {
    await redis.kill()
    await vi.waitFor(
      async () =>
        expect(await health()).toMatchObject({
          status: 'degraded',
          dependencies: { cache: { status: 'down' } },
        }),
      { timeout: 5_000 },
    )
    expect((await get('/health')).statusCode).toBe(200)
    expect((await owner.call('GET', '/crm/leads')).status).toBe(200)
    await redis.restart()
    await vi.waitFor(async () => expect(await health()).toMatchObject({ status: 'ok' }), { timeout: 10_000 })
  })
})
