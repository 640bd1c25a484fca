import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { createLog, redactError, redactFields, redactText } from './index.ts'

const random = randomBytes(32).toString('base64url').replace(/^./, 'Z').replace(/.$/, '9a')

describe('a text that is logged', () => {
  test.each([
    ['Authorization: Bearer abc.def-ghi', 'abc.def-ghi'],
    ['Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
    ['postgres://rapport:hunter2@db:5432/rapport is not there', 'hunter2'],
    ['smtps://user%40x:p%23ss@mail.example.com', 'p%23ss'],
    ['GET /reset?token=abcdef&x=1', 'abcdef'],
    ['https://crm.example.com/reset-password#token=abcdef', 'abcdef'],
    ['/callback?code=4%2F0Adeu5B&state=xyz123', '4%2F0Adeu5B'],
    ['/callback?code=4%2F0Adeu5B&state=xyz123', 'xyz123'],
    ['invitation_token=1 &invitation_token=secretive', 'secretive'],
    ['the token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl was refused', 'eyJzdWIiOiIxIn0'],
    ['key rap_abcdEFGH_0123456789 is unknown', '0123456789'],
    [`cookie ${random} is unknown`, random],
  ])('shows no secret: %s', (text, secret) => {
    expect(redactText(text)).not.toContain(secret)
    expect(redactText(text)).toContain('[redacted]')
  })

  test.each([
    'there is no lead 01980000-0000-7000-8000-000000000001',
    'at run (/work/apps/server/src/platform/http/api.ts:12:3)',
    'GET /api/crm/leads?limit=50&sort=-created_at',
    'migration 0001_foundation.sql failed',
    'relation "sessions" does not exist',
  ])('is left alone when it holds none: %s', (text) => {
    expect(redactText(text)).toBe(text)
  })
})

describe('fields that are logged', () => {
  test('lose their secrets by name, however deep, and keep the rest', () => {
    const told = redactFields({
      organization_id: 'o',
      api_key_id: 'k',
      token_count: 3,
      body: { password: 'hunter2', new_password: 'hunter3', email: 'ada@example.com' },
      list: [{ refresh_token: 'r', headers: { Cookie: 'c', 'set-cookie': ['d'], Authorization: 'a' } }],
      secret: Buffer.from('raw'),
      bytes: Buffer.from('raw'),
      empty: null,
    })
    const text = JSON.stringify(told)
    for (const secret of ['hunter2', 'hunter3', '"r"', '"c"', '"d"', '"a"', 'raw'])
      expect(text).not.toContain(secret)
    expect(told).toMatchObject({ organization_id: 'o', api_key_id: 'k', token_count: 3, empty: null })
    expect(text).toContain('ada@example.com')
  })

  test('in a circle or without end are cut off', () => {
    const circle: Record<string, unknown> = { name: 'circle' }
    circle['self'] = circle
    expect(JSON.stringify(redactFields(circle)).length).toBeLessThan(500)
    expect(redactText('a'.repeat(100_000)).length).toBeLessThan(10_000)
  })

  test('of an error are its type, message, stack and code; not the row or request it carries', () => {
    const cause = new Error('because of Bearer abcdef')
    const error = Object.assign(new Error('duplicate key', { cause }), {
      code: '23505',
      detail: 'Key (email)=(ada@example.com) already exists.',
      request: { headers: { authorization: 'Bearer x' } },
    })
    const told = redactError(error)
    expect(told).toMatchObject({ type: 'Error', message: 'duplicate key', code: '23505' })
    expect(JSON.stringify(told)).not.toMatch(/ada@|abcdef|Bearer x/)
  })

  test('of an error that stands for several are the first ones of these, too', () => {
    const errors = Array.from({ length: 12 }, (_, at) => new Error(`In organization ${at} of Bearer abcdef`))
    const told = redactError(new AggregateError(errors, 'It failed.'))
    expect(told.errors).toHaveLength(10)
    expect(told.errors?.[0]).toMatchObject({
      type: 'Error',
      message: 'In organization 0 of Bearer [redacted]',
    })
    expect(JSON.stringify(told)).not.toContain('abcdef')
  })
})

test('a log line is JSON with what was given, without secrets; children and messages included', () => {
  const lines: string[] = []
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  const told: unknown[] = []
  const log = createLog({
    environment: { logLevel: 'info', production: true },
    destination,
    onError: (error, message, fields) => told.push([error.message, message, fields]),
  })
  log.child({ request_id: 'r-1' }).warn({ password: 'hunter2', ms: 3 }, 'slow')
  log.info('calling https://x.example.com/?token=hunter2')
  log.error({ err: new Error('token=1 Bearer hunter2'), organization_id: 'o' }, 'failed')
  log.error(new Error('alone Bearer hunter2'))
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 40, request_id: 'r-1', ms: 3, msg: 'slow', password: '[redacted]' },
    { msg: 'calling https://x.example.com/?token=[redacted]' },
    { organization_id: 'o', msg: 'failed', err: { type: 'Error', stack: expect.any(String) } },
    { err: { message: 'alone Bearer [redacted]' } },
  ])
  expect(lines.join('')).not.toContain('hunter2')
  expect(told).toMatchObject([
    ['token=1 Bearer hunter2', 'failed', { organization_id: 'o' }],
    ['alone Bearer hunter2', 'alone Bearer hunter2', {}],
  ])
})
