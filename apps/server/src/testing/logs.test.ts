/** What is in the log after every route was called well, badly, by strangers, and with the database gone. */
import type { Operation } from '@rapport/contracts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from './app.ts'
import { exampleRequest, makeExamples, type Examples } from './examples.ts'

const operatorToken = 'operator-token-that-nobody-may-read'
const installationSecret = 'installation secret that nobody may read'
const olderKey = 'an older key for secrets that nobody may read'
const searched = 'what-somebody-searched-for'
const fromElsewhere = 'a-code-that-came-from-elsewhere'
const forged = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmb3JnZWQtdG9rZW4ifQ.Zm9yZ2VkLXNpZ25hdHVyZQ'
const typedWrong = 'a wrong password that was typed'

const lines: string[] = []
/** Every secret that was sent or received, by where it was met. */
const secrets = new Map<string, string>([
  ['the operator token', operatorToken],
  ['the installation secret', installationSecret],
  ['an older key', olderKey],
  ['a search', searched],
  ['a code in a query', fromElsewhere],
  ['a forged token', forged],
  ['a wrong password', typedWrong],
])

let app: TestApp
let owner: Caller
let examples: Examples
beforeAll(async () => {
  app = await createTestApp(
    {
      OPERATOR_TOKEN: operatorToken,
      RAPPORT_SECRET: installationSecret,
      RAPPORT_SECRET_KEYS: olderKey,
      LOG_LEVEL: 'trace',
    },
    { write: (line) => void lines.push(line) },
  )
  owner = await app.register({ organization_name: 'Log Readers' })
  collect('the session', owner.session)
  examples = await makeExamples(owner)
  const { password } = new URL(app.url)
  secrets.set('the database password', password)
})
afterAll(() => app?.stop())

const secretField = /password|token$|^secret$|secret_key|challenge|^codes?$|recovery|cookie/i

/** Remembers every value under a name that stands for a secret. */
function collect(where: string, value: unknown, name = ''): void {
  if (typeof value === 'string') {
    if (secretField.test(name) && value.length >= 8) secrets.set(`${where}: ${name}`, value)
  } else if (Array.isArray(value)) for (const one of value) collect(where, one, name)
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) collect(where, one, key)
}

type Headers = Record<string, string>

async function send(
  operation: Operation,
  headers: Headers = {},
  change: { body?: unknown; query?: string } = {},
) {
  const request = exampleRequest(operation, examples)
  const body = 'body' in change ? change.body : request.body
  const where = `${operation.method} ${operation.path}`
  collect(where, body)
  const separator = request.path.includes('?') ? '&' : '?'
  const path = change.query ? `${request.path}${separator}${change.query}` : request.path
  const options = { headers: { ...request.headers, ...headers }, ...(body === undefined ? {} : { body }) }
  const answer = await app.call(operation.method, path, options)
  collect(where, answer.body)
  for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) {
    const value = /=([^;]{8,})/.exec(String(cookie))?.[1]
    if (value) secrets.set(`${where}: cookie`, value)
  }
  return answer
}

const ownHeaders = (): Headers => ({
  authorization: `Bearer ${owner.session.access_token}`,
  'x-org-id': owner.session.organization.id,
})

/** Those that end the session, or who has it, come last. */
const endings = /log-?out|sessions|leave|memberships|users\/me$|members\/\{|ownership|password|switch/
const routes = () =>
  app.app.routes
    .map(({ operation }) => operation)
    .toSorted((a, b) => Number(endings.test(a.path)) - Number(endings.test(b.path)))

/** Where a secret was found, without telling it to whoever reads the report of this test. */
function findSecrets(): string[] {
  const text = lines.join('')
  return [...secrets].filter(([, secret]) => text.includes(secret)).map(([where]) => where)
}

test('the log of every route, called as it is meant to be, holds no secret', async () => {
  for (const operation of routes()) await send(operation, ownHeaders())
  expect(lines.length).toBeGreaterThan(app.app.routes.length)
  expect(findSecrets()).toEqual([])
})

test('nor that of bad requests: forged tokens, wrong passwords, codes and searches in the query', async () => {
  const query = `q=${searched}&token=${fromElsewhere}&code=${fromElsewhere}`
  for (const operation of routes()) {
    await send(operation, { ...ownHeaders(), authorization: `Bearer ${forged}` }, { query })
    await send(
      operation,
      { cookie: `rapport_session=${forged}`, 'x-org-id': owner.session.organization.id },
      { query },
    )
    await send(operation, { 'x-operator-token': operatorToken }, { query })
    if (operation.method !== 'GET' && !operation.multipart)
      await send(operation, ownHeaders(), { body: { password: typedWrong, token: fromElsewhere } })
  }
  const login = { email: owner.session.user.email, password: typedWrong }
  await app.call('POST', '/auth/login', { body: login })
  await app.app.http.inject({ url: '/metrics', headers: { authorization: `Bearer ${operatorToken}` } })
  await app.app.http.inject({ url: `/database/info?token=${fromElsewhere}` })
  expect(findSecrets()).toEqual([])
})

test('nor that of failures, when the tables are gone under every route', async () => {
  const fresh = await app.register()
  collect('a second session', fresh.session)
  const admin = new pg.Client({ connectionString: app.adminUrl })
  await admin.connect()
  const before = lines.length
  await admin.query('ALTER SCHEMA public RENAME TO away')
  try {
    const headers = {
      authorization: `Bearer ${fresh.session.access_token}`,
      'x-org-id': fresh.session.organization.id,
    }
    let failed = 0
    for (const operation of routes()) if ((await send(operation, headers)).status === 500) failed += 1
    expect(failed).toBeGreaterThan(20)
  } finally {
    await admin.query('ALTER SCHEMA away RENAME TO public')
    await admin.end()
  }
  expect(lines.slice(before).join('')).toContain('request failed')
  expect(findSecrets()).toEqual([])
  expect(secrets.size).toBeGreaterThan(15)
})

test('every line is JSON, and those of requests tell which request, whose, and of which organization', () => {
  const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  const requests = told.filter(({ msg }) => msg === 'request')
  expect(requests.length).toBeGreaterThan(app.app.routes.length)
  for (const line of requests)
    expect(line).toMatchObject({
      request_id: expect.any(String) as string,
      method: expect.any(String) as string,
      path: expect.stringMatching(/^\/[^?]*$/) as string,
      status: expect.any(Number) as number,
    })
  const { user, organization } = owner.session
  expect(requests).toContainEqual(
    expect.objectContaining({ user_id: user.id, organization_id: organization.id, path: '/api/crm/leads' }),
  )
})
