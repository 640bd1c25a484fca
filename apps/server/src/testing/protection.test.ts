/** What the server refuses before any module sees it, and what every answer says to a browser. */
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTooDeep } from '../platform/http/json-body.ts'
import { securityHeaders } from '../platform/http/headers.ts'
import { safeFileName } from '../platform/http/uploads.ts'
import { readEnvironment } from '../platform/environment.ts'
import { networkOf, subscriberOf } from '../platform/network.ts'
import { createProxies } from '../platform/proxies.ts'
import { createTestApp, type Caller, type TestApp } from './app.ts'

const friend = 'https://intern.example.com'
let app: TestApp
let owner: Caller
let url: URL
beforeAll(async () => {
  app = await createTestApp({ RAPPORT_URL: 'https://crm.example.com', RAPPORT_CORS_ORIGINS: friend })
  owner = await app.register()
  url = new URL(await app.listen())
})
afterAll(() => app?.stop())

type Problem = { code: string; status: number; request_id: string }
const bearer = () => ({
  authorization: `Bearer ${owner.session.access_token}`,
  'x-org-id': owner.session.organization.id,
})
const fetchFrom = (path: string, init: RequestInit = {}) => fetch(new URL(path, url), init)

/** Sends bytes on a bare socket and answers what came back until the server closed it. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(url.port), url.hostname, () => socket.write(text))
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
    socket.setTimeout(10_000, () => socket.destroy(new Error('No answer came.')))
  })
}

function form(
  file: string | Buffer,
  name: string,
  type: string,
  more = '',
): { body: Buffer; headers: Record<string, string> } {
  const boundary = 'rapport-test-boundary'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="object"\r\n\r\nlead\r\n${more}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
  return {
    body: Buffer.concat([Buffer.from(head), Buffer.from(file), Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

describe('every answer', () => {
  type Kind = { path: string; init?: RequestInit; status: number; page?: boolean }
  const kinds = (): Record<string, Kind> => ({
    'a page': { path: '/', status: 200, page: true },
    'a page of the router': { path: '/leads', status: 200, page: true },
    'an answer of the API': { path: '/api/crm/leads', init: { headers: bearer() }, status: 200 },
    'an empty answer': { path: '/api/auth/logout', init: { method: 'POST' }, status: 401 },
    'a refusal': { path: '/api/crm/leads', status: 401 },
    'bad input': { path: '/api/crm/leads?sort=x', init: { headers: bearer() }, status: 422 },
    'broken JSON': {
      path: '/api/auth/login',
      init: { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' },
      status: 400,
    },
    'no route of the API': { path: '/api/nowhere', status: 404 },
    'no file': { path: '/nowhere.js', status: 404, page: true },
    'the document of the API': { path: '/api/openapi.json', status: 200 },
    'the page of the API': { path: '/api/docs', status: 200, page: true },
    'the page of problems': { path: '/api/docs/problems', status: 200, page: true },
    'an address that cannot be read': { path: '/api/%E0%A4%A', status: 400 },
    'a script of that page': { path: '/api/docs/start.js', status: 200, page: true },
    'the health': { path: '/health', status: 200, page: true },
    'an upload': {
      path: '/api/crm/imports',
      init: { method: 'POST', ...asUpload(form('Name\nAda', 'a.csv', 'text/csv')) },
      status: 201,
    },
    'a preflight': {
      path: '/api/crm/leads',
      init: { method: 'OPTIONS', headers: { origin: friend, 'access-control-request-method': 'GET' } },
      status: 204,
    },
    'real time': { path: '/api/realtime/?EIO=4&transport=polling', status: 200 },
  })
  const asUpload = ({ body, headers }: ReturnType<typeof form>): RequestInit => ({
    body: new Uint8Array(body),
    headers: { ...bearer(), ...headers },
  })

  test('keeps a browser on its guard', async () => {
    for (const [kind, { path, init, status, page }] of Object.entries(kinds())) {
      const reply = await fetchFrom(path, init)
      await reply.arrayBuffer()
      const headers = Object.fromEntries(reply.headers)
      expect(reply.status, kind).toBe(status)
      expect(headers, kind).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
      })
      expect(headers['content-security-policy'], kind).toContain("frame-ancestors 'none'")
      expect(headers['content-security-policy'], kind).not.toContain('unsafe')
      expect(headers['content-security-policy'], kind).toContain(
        page ? "script-src 'self'" : "default-src 'none'",
      )
      expect(headers['x-powered-by'], kind).toBeUndefined()
      expect(headers['server'], kind).toBeUndefined()
      if (page) expect(headers, kind).toMatchObject({ 'cross-origin-opener-policy': 'same-origin' })
      if (path.startsWith('/api/crm'))
        expect(headers['access-control-allow-credentials'], kind).toBeUndefined()
    }
  })

  test('asks for HTTPS only where the public address has it', () => {
    const names = (publicUrl: string) => securityHeaders(publicUrl).data.map(([name]) => name)
    expect(names('https://crm.example.com')).toContain('strict-transport-security')
    expect(names('http://localhost:3000')).not.toContain('strict-transport-security')
  })
})

describe('another origin', () => {
  const ask = (origin: string) => fetchFrom('/api/crm/leads', { headers: { ...bearer(), origin } })

  test('that is allowed may read answers, without cookies', async () => {
    const reply = await ask(friend)
    expect(reply.headers.get('access-control-allow-origin')).toBe(friend)
    expect(reply.headers.get('access-control-allow-credentials')).toBeNull()
    expect(reply.headers.get('vary')?.toLowerCase()).toContain('origin')
  })

  test('that is not may not, and neither may anybody without the setting', async () => {
    for (const origin of ['https://evil.example', `${friend}.evil.example`, 'null'])
      expect((await ask(origin)).headers.get('access-control-allow-origin'), origin).toBeNull()
    const closed = await createTestApp()
    try {
      const reply = await closed.app.http.inject({
        method: 'OPTIONS',
        url: '/api/crm/leads',
        headers: { origin: friend },
      })
      expect(reply.headers['access-control-allow-origin']).toBeUndefined()
    } finally {
      await closed.stop()
    }
  })

  test('cannot change anything with the cookie, even if it could name our own origin', async () => {
    const made = await app.call('POST', '/auth/register', {
      body: { email: 'csrf@example.com', password: 'correct horse battery', full_name: 'C' },
    })
    const cookie = String(made.headers['set-cookie']).split(';')[0] ?? ''
    const rename = (site: string) =>
      app.call<Problem>('PUT', '/users/me', {
        headers: { cookie, origin: 'https://crm.example.com', 'sec-fetch-site': site },
        body: { full_name: 'Renamed' },
      })
    for (const site of ['cross-site', 'same-site'])
      expect(await rename(site), site).toMatchObject({ status: 403, body: { code: 'origin_refused' } })
    expect((await rename('same-origin')).status).toBe(200)
  })
})

describe('a request', () => {
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    app.call<Problem>('POST', path, { body, headers: { 'content-type': 'application/json', ...headers } })

  test('nested too deep is refused, wherever it goes', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    for (const path of ['/auth/login', '/crm/leads'])
      expect((await post(path, deep, bearer())).status, path).toBeOneOf([400, 413])
    const refused = await post('/crm/leads', `{"full_name": ${'['.repeat(40)}${']'.repeat(40)}}`, {
      ...bearer(),
      'idempotency-key': 'deep',
    })
    expect(refused).toMatchObject({ status: 400, body: { code: 'json_too_deep' } })
  })

  test('is as deep as its brackets outside of texts', () => {
    const depth = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0
    fc.assert(
      fc.property(fc.json({ maxDepth: 40 }), (json) => isTooDeep(json) === depth(JSON.parse(json)) > 32),
      { numRuns: 300 },
    )
    expect(isTooDeep(JSON.stringify({ note: '[{"\\'.repeat(100) }))).toBe(false)
  })

  test('with a large body is refused, and sooner where nobody is known yet', async () => {
    expect(
      (await post('/crm/leads', JSON.stringify({ full_name: 'x'.repeat(1_100_000) }), bearer())).status,
    ).toBe(413)
    expect((await post('/auth/login', JSON.stringify({ email: 'x'.repeat(70_000) }))).status).toBe(413)
  })

  test('with an address or headers beyond all use is refused as a problem', async () => {
    const long = await app.call<Problem>('GET', `/crm/leads?q=${'x'.repeat(9_000)}`, { headers: bearer() })
    expect(long).toMatchObject({ status: 414, body: { code: 'address_too_long' } })
    const answer = await sendRaw(`GET /health HTTP/1.1\r\nHost: x\r\nX-Filler: ${'x'.repeat(20_000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(answer).toContain('"code":"headers_too_large"')
    expect(answer).toContain('x-content-type-options: nosniff')
  })

  test('that is no HTTP is told so and cut off', async () => {
    const answer = await sendRaw('HELLO THERE\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('application/problem+json')
  })

  test('whose length is told twice is refused, so that no proxy can be led astray', async () => {
    const smuggled = await sendRaw(
      'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    )
    expect(smuggled).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('with a form where none is taken is not read at all', async () => {
    const { body, headers } = form('x', 'x.csv', 'text/csv')
    const reply = await app.app.http.inject({
      method: 'POST',
      url: '/api/crm/leads',
      payload: body,
      headers: { ...bearer(), ...headers },
    })
    expect(reply.statusCode).toBe(415)
  })
})

describe('an upload', () => {
  async function upload(file: string | Buffer, name = 'people.csv', type = 'text/csv', more = '') {
    const { body, headers } = form(file, name, type, more)
    const reply = await app.app.http.inject({
      method: 'POST',
      url: '/api/crm/imports',
      payload: body,
      headers: { ...bearer(), ...headers },
    })
    return { status: reply.statusCode, body: reply.json<Problem & { file_name?: string }>() }
  }
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
  const elf = Buffer.from('7f454c4602010100414141414141414102003e0001', 'hex')

  test('is what its bytes are, whatever it is called', async () => {
    const disguised: [string, string | Buffer][] = [
      ['a picture', png],
      ['a program', elf],
      ['a Windows program', Buffer.from('MZ\x90 not text')],
      ['a zip archive', Buffer.from('504b0304140000000000', 'hex')],
      ['a PDF', '%PDF-1.7\nName\nAda'],
      ['a page', '<!DOCTYPE html><html><script>alert(1)</script></html>'],
      ['a page behind a comment', '<!-- Name,Email -->\n<script>alert(1)</script>'],
      ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      ['a PHP script', '<?php system($_GET["c"]); ?>'],
      ['a shell script', '#!/bin/sh\nrm -rf /'],
      ['a rich text', '{\\rtf1 Name'],
    ]
    for (const [what, file] of disguised)
      expect(await upload(file), what).toMatchObject({ status: 415, body: { code: 'file_not_csv' } })
  })

  test('is refused when its name or its declared type is of another kind', async () => {
    const csv = 'Name,Email\nAda,ada@example.com'
    for (const name of ['people.html', 'people.csv.exe', 'people.xlsx', 'PEOPLE.SVG'])
      expect((await upload(csv, name)).status, name).toBe(415)
    for (const type of ['text/html', 'image/png', 'application/zip'])
      expect((await upload(csv, 'people.csv', type)).status, type).toBe(415)
    for (const type of ['text/plain', 'application/vnd.ms-excel', 'application/octet-stream'])
      expect((await upload(csv, 'people.csv', type)).status, type).toBe(201)
  })

  test('with hundreds of fields or a second file is cut short', async () => {
    const field = (index: number) =>
      `--rapport-test-boundary\r\nContent-Disposition: form-data; name="f${index}"\r\n\r\n1\r\n`
    const many = Array.from({ length: 500 }, (_, index) => field(index)).join('')
    expect((await upload('Name\nAda', 'a.csv', 'text/csv', many)).status).toBeOneOf([413, 422])
    const second =
      '--rapport-test-boundary\r\nContent-Disposition: form-data; name="file"; filename="b.csv"\r\nContent-Type: text/csv\r\n\r\nName\nBob\r\n'
    expect((await upload('Name\nAda', 'a.csv', 'text/csv', second)).status).toBeOneOf([413, 422])
  })

  test('keeps the last part of its name, without what could deceive', () => {
    expect(safeFileName('../../etc/passwd', 'x')).toBe('passwd')
    expect(safeFileName('C:\\Users\\ada\\people.csv', 'x')).toBe('people.csv')
    expect(safeFileName('people\u202Egnp.csv', 'x')).toBe('peoplegnp.csv')
    expect(safeFileName('a"b<c>.csv', 'x')).toBe('a_b_c_.csv')
    for (const empty of [undefined, '', '..', '/', ' . ', '\u0000'])
      expect(safeFileName(empty, 'import.csv')).toBe('import.csv')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const safe = safeFileName(name, 'import.csv')
        return safe.length > 0 && safe.length <= 200 && !/[\\/\p{Cc}]/u.test(safe) && !/^\.+$/.test(safe)
      }),
    )
  })
})

describe('the rate limits', () => {
  test('count each address, user, organization and key for itself, and tell what is left', async () => {
    const strict = await createTestApp({ RAPPORT_LIMITS: 'user=5,key=3,organization=20,ip=40' })
    try {
      const boss = await strict.register()
      const made = await boss.call<{ secret: string }>('POST', '/api-keys', {
        body: { name: 'Key', scopes: ['leads:read'] },
      })
      expect(made.headers['ratelimit-policy']).toBe(
        '"ip";q=40;w=60, "user";q=5;w=60, "organization";q=20;w=60',
      )
      expect(made.headers['ratelimit']).toMatch(/^"user";r=4;t=(60|59)$/)
      const statuses = await inTurn(6, () => boss.call('GET', '/crm/leads'))
      expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429])
      expect(statuses.at(-1)).toMatchObject({ body: { code: 'rate_limited' } })
      expect(Number(statuses.at(-1)?.headers['retry-after'])).toBeGreaterThan(0)
      // The key has its own count, and takes nothing from its maker.
      const byKey = () =>
        strict.call('GET', '/crm/leads', { headers: { authorization: `Bearer ${made.body.secret}` } })
      expect((await inTurn(4, byKey)).map(({ status }) => status)).toEqual([200, 200, 200, 429])
      // Everybody behind this address.
      const rest = await inTurn(40, () => strict.call('GET', '/meta'))
      expect(rest.filter(({ status }) => status === 429).length).toBeGreaterThan(5)
      const elsewhere = await strict.call('GET', '/meta', { headers: { 'x-forwarded-for': '198.51.100.7' } })
      expect(elsewhere.status).toBe(200)
    } finally {
      await strict.stop()
    }
  })

  test('take an IPv6 network of one subscriber for one address', () => {
    expect(subscriberOf('2001:db8:1:2:aaaa::1')).toBe(subscriberOf('2001:db8:1:2:bbbb::9'))
    expect(subscriberOf('2001:db8:1:2::1')).not.toBe(subscriberOf('2001:db8:1:3::1'))
    expect(subscriberOf('::ffff:203.0.113.7')).toBe(subscriberOf('203.0.113.7'))
    expect(networkOf('203.0.113.77', { v4: 24, v6: 48 })).toBe('203.0.113.0/24')
    expect(networkOf('2001:db8:abcd:12::1', { v4: 24, v6: 48 })).toBe('2001:db8:abcd::/48')
  })
})

async function inTurn<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const answers: T[] = []
  for (let time = 0; time < times; time += 1) answers.push(await work())
  return answers
}

describe('a proxy', () => {
  test('is believed only when it is one of ours', () => {
    const { callerOf } = createProxies(['loopback', '10.0.0.0/8'])
    expect(callerOf('127.0.0.1', '203.0.113.7')).toBe('203.0.113.7')
    expect(callerOf('198.51.100.1', '203.0.113.7')).toBe('198.51.100.1')
    // What the caller itself put in front is not reached.
    expect(callerOf('127.0.0.1', '1.2.3.4, 203.0.113.7, 10.1.2.3')).toBe('203.0.113.7')
    expect(callerOf('127.0.0.1', undefined)).toBe('127.0.0.1')
    expect(callerOf('::ffff:127.0.0.1', 'nonsense')).toBe('nonsense')
  })

  test('that is named wrongly stops the start', () => {
    const read = (text: string) =>
      readEnvironment({ RAPPORT_SECRET: 'x'.repeat(32), RAPPORT_TRUSTED_PROXIES: text }).trustedProxies
    expect(read('loopback, 10.0.0.0/8, 192.0.2.1')).toEqual(['loopback', '10.0.0.0/8', '192.0.2.1'])
    for (const wrong of ['all', '10.0.0.0/99', 'proxy.example.com'])
      expect(() => read(wrong), wrong).toThrow(/RAPPORT_TRUSTED_PROXIES: .* expected loopback, addresses/)
  })
})
