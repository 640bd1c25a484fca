/** Against local servers that receive what a collector and a Sentry would: the real wire forms. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import fastify from 'fastify'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openErrorReports, withoutPersons } from './error-reports.ts'
import { traceRequests } from './traces.ts'

type Received = { url: string; headers: IncomingHttpHeaders; body: string }
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function aCollector(status = 200): Promise<{ origin: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks)
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
      received.push({ url: request.url ?? '', headers: request.headers, body: body.toString() })
      reply.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return { origin: `127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

describe('an unexpected error', () => {
  const versioned = { version: '1.2.3', production: true }

  test('reaches Sentry as an envelope with its type, place in the code, release and request', async () => {
    const { origin, received } = await aCollector()
    const reports = openErrorReports({ dsn: `http://public@${origin}/42`, ...versioned })
    const fields = { request_id: 'r-1', method: 'GET', path: '/api/crm/leads', organization_id: 'o' }
    reports.report(new TypeError('no such thing'), 'request failed', fields)
    await reports.flush()
    expect(received.map(({ url }) => url.split('?')[0])).toEqual(['/api/42/envelope/'])
    const [envelope, item, event] = (received[0]?.body ?? '')
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(envelope).toMatchObject({ event_id: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(item).toMatchObject({ type: 'event' })
    expect(event).toMatchObject({
      release: '1.2.3',
      environment: 'production',
      tags: { request_id: 'r-1', method: 'GET', path: '/api/crm/leads' },
      exception: {
        values: [
          {
            type: 'TypeError',
            value: 'no such thing',
            stacktrace: {
              frames: expect.arrayContaining([
                expect.objectContaining({ filename: expect.stringContaining('telemetry.test.ts') as string }),
              ]) as object[],
            },
          },
        ],
      },
    })
  })

  test('takes along no person, no secret, no organization and no name of the machine', async () => {
    const { origin, received } = await aCollector()
    const reports = openErrorReports({ dsn: `http://public@${origin}/42`, ...versioned })
    const cause = new Error('of Grace <grace@example.com>')
    const error = Object.assign(
      new Error('ada@example.com, +55 (11) 91234-5678, Bearer hunter2', { cause }),
      {
        detail: 'Key (email)=(lovelace@example.com)',
      },
    )
    reports.report(error, 'mail to ada@example.com failed', {
      organization_id: 'org-1',
      user_id: 'user-1',
      name: 'Ada Lovelace',
    })
    await reports.flush()
    const body = received[0]?.body ?? ''
    expect(body).toContain('[address]')
    for (const secret of [
      'ada@',
      'grace@',
      'lovelace@',
      '91234',
      'hunter2',
      'org-1',
      'user-1',
      'Ada Lovelace',
    ])
      expect(body).not.toContain(secret)
    const { hostname } = await import('node:os')
    expect(body).not.toContain(`"server_name":"${hostname()}"`)
  })

  test('that repeats itself is reported some times a minute, not thousands', async () => {
    const { origin, received } = await aCollector()
    const reports = openErrorReports({ dsn: `http://public@${origin}/42`, ...versioned })
    for (let time = 0; time < 5_000; time += 1) reports.report(new Error(`number ${time}`), 'again', {})
    await reports.flush()
    expect(received.length).toBeLessThanOrEqual(120)
  })

  test('keeps what a developer needs of a text', () => {
    const text = 'relation "leads" does not exist at 12:30, id 01980000-0000-7000-8000-000000000001'
    expect(withoutPersons(text)).toContain('relation "leads" does not exist')
  })
})

describe('a request', () => {
  type Span = {
    name: string
    traceId: string
    parentSpanId?: string
    kind: number
    status: { code: number }
    attributes: { key: string; value: Record<string, unknown> }[]
  }
  type Traces = { resourceSpans: { resource: { attributes: unknown[] }; scopeSpans: { spans: Span[] }[] }[] }

  async function aServer(
    endpoint: string,
    ratio = 1,
    warn = vi.fn<(fields: object, text?: string) => void>(),
  ) {
    const app = fastify()
    const stop = traceRequests({ app, endpoint, version: '1.2.3', ratio, log: { warn } as never })
    app.get('/api/crm/leads/:id', async () => ({ ok: true }))
    app.get('/broken', async () => Promise.reject(new Error('broken')))
    await app.ready()
    return { app, stop, warn }
  }
  const spansOf = (received: Received[]) =>
    received.flatMap(({ body }) =>
      (JSON.parse(body) as Traces).resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) => spans),
      ),
    )

  test('is one span at the collector, named by its route and part of the caller’s trace', async () => {
    const { origin, received } = await aCollector()
    const { app, stop } = await aServer(`http://${origin}/`)
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    await app.inject({ url: '/api/crm/leads/secret-id?q=ada%40example.com', headers: { traceparent } })
    await app.inject('/broken')
    await app.inject('/made/up')
    await stop()
    expect(received[0]).toMatchObject({ url: '/v1/traces', headers: { 'content-type': 'application/json' } })
    const spans = spansOf(received)
    expect(spans.map(({ name }) => name)).toEqual(['GET /api/crm/leads/:id', 'GET /broken', 'any unmatched'])
    expect(spans[0]).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
      kind: 2,
    })
    expect(spans[0]?.attributes).toEqual(
      expect.arrayContaining([
        { key: 'http.route', value: { stringValue: '/api/crm/leads/:id' } },
        { key: 'http.response.status_code', value: { intValue: 200 } },
      ]),
    )
    expect(spans.map(({ status }) => status.code)).toEqual([0, 2, 0])
    const text = received.map(({ body }) => body).join('')
    for (const part of ['secret-id', 'ada', 'made']) expect(text).not.toContain(part)
  })

  test('is left out where the ratio says so, whatever the caller’s trace wants', async () => {
    const { origin, received } = await aCollector()
    const { app, stop } = await aServer(`http://${origin}`, 0)
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    await app.inject({ url: '/api/crm/leads/1', headers: { traceparent } })
    await app.inject({ url: '/api/crm/leads/1', headers: { traceparent: 'rubbish' } })
    await stop()
    expect(spansOf(received)).toEqual([])
  })

  test('is answered all the same when the collector refuses, which is logged', async () => {
    const { origin } = await aCollector(400)
    const { app, stop, warn } = await aServer(`http://${origin}`)
    expect((await app.inject('/api/crm/leads/1')).statusCode).toBe(200)
    await stop()
    expect(warn).toHaveBeenCalledWith(expect.anything(), 'traces could not be sent')
  })
})
