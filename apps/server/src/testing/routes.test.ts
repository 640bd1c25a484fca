/** Guarantees that hold for every declared route, tried on every declared route: a new one is covered or fails. */
import type { Operation } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describedProblems } from '../described-problems.ts'
import { systemActor } from '../platform/actor.ts'
import type { DeclaredRoute } from '../platform/http/api.ts'
import { readCatalogue } from '../platform/problem-catalogue.ts'
import { createTestApp, type Caller, type TestApp } from './app.ts'
import { exampleRequest, makeExamples, type Examples } from './examples.ts'

let app: TestApp
let owner: Caller
let stranger: Caller
let examples: Examples
let routes: DeclaredRoute[]

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  stranger = await app.register()
  examples = await makeExamples(owner)
  routes = app.app.routes
})
afterAll(() => app?.stop())

const tenantRoutes = () => routes.filter((route) => route.allow !== 'public' && route.allow !== 'session')
const nameOf = ({ operation }: DeclaredRoute) => `${operation.method} ${operation.path}`

/** Runs the same expectation on each route and tells all that break it, not only the first. */
async function each(
  chosen: DeclaredRoute[],
  broken: (route: DeclaredRoute) => Promise<string | null>,
): Promise<void> {
  const findings: string[] = []
  for (const route of chosen) {
    const finding = await broken(route)
    if (finding) findings.push(`${nameOf(route)}: ${finding}`)
  }
  expect(findings).toEqual([])
  expect(chosen.length).toBeGreaterThan(0)
}

const wants = (wanted: number[], answer: { status: number; text: string }) =>
  wanted.includes(answer.status)
    ? null
    : `${answer.status} instead of ${wanted.join(' or ')}: ${answer.text.slice(0, 160)}`

async function send(caller: Pick<Caller, 'call'>, operation: Operation, headers?: Record<string, string>) {
  const { path, body, headers: own } = exampleRequest(operation, examples)
  return caller.call(operation.method, path, { body, headers: { ...own, ...headers } })
}

describe('every route', () => {
  test('has an example request that the tests can send', () => {
    for (const { operation } of routes)
      expect(() => exampleRequest(operation, examples), operation.path).not.toThrow()
  })

  test('of an organization answers 400 when none is named', () =>
    each(tenantRoutes(), async ({ operation }) =>
      wants([400], await send(owner, operation, { 'x-org-id': '' })),
    ))

  test('with an id answers 404 for an id of another organization, and changes nothing there', async () => {
    const before = await snapshot()
    await each(
      tenantRoutes().filter((route) => route.operation.params),
      async ({ operation }) => wants([404], await send(stranger, operation)),
    )
    expect(await snapshot()).toEqual(before)
  })

  test('refuses rubbish with a problem that says what is wrong, and changes nothing', async () => {
    const before = await snapshot()
    await each(routes, async ({ operation }) => {
      for (const attempt of rubbishFor(operation)) {
        const { path, headers } = exampleRequest(operation, examples)
        const target = attempt.query ? `${path.split('?')[0]}?${attempt.query}` : path
        const answer = await owner.call<Refusal>(operation.method, target, {
          body: attempt.body,
          headers: { ...headers, ...attempt.headers },
        })
        const finding = wants([400, 401, 403, 404, 413, 415, 422, 429], answer)
        if (finding) return `${attempt.name}: ${finding}`
        if (!String(answer.headers['content-type']).startsWith('application/problem+json'))
          return `${attempt.name}: no problem document`
        if (!answer.body.code || !answer.body.detail) return `${attempt.name}: no code or detail`
        const unexplained = findUnexplained(answer.body)
        if (unexplained) return `${attempt.name}: nothing explains ${unexplained}`
      }
      return null
    })
    expect(await snapshot()).toEqual(before)
  })
})

type Refusal = { code?: string; detail?: string; errors?: { code: string }[] }
const { statuses, fields } = readCatalogue(describedProblems)
const explained = new Set(statuses.flatMap(({ entries }) => entries.map(({ code }) => code)))
const explainedFields = new Set(fields.map(({ code }) => code))

const findUnexplained = ({ code = '', errors = [] }: Refusal): string | undefined =>
  explained.has(code) ? errors.find((error) => !explainedFields.has(error.code))?.code : code

type Rubbish = { name: string; body?: unknown; query?: string; headers?: Record<string, string> }

function rubbishFor(operation: Operation): Rubbish[] {
  const json = { 'content-type': 'application/json' }
  const attempts: Rubbish[] = [{ name: 'an unknown query parameter', query: 'no_such_parameter=1' }]
  if (operation.query) attempts.push({ name: 'a limit of a million', query: 'limit=1000000&unknown=1' })
  if (operation.method === 'GET' || operation.method === 'DELETE' || operation.multipart) return attempts
  attempts.push(
    { name: 'broken JSON', body: '{"full_name": "A', headers: json },
    { name: 'an unknown field', body: { no_such_field: true } },
    { name: 'a prototype', body: '{"__proto__": {"admin": true}}', headers: json },
    { name: 'XML', body: '<lead/>', headers: { 'content-type': 'application/xml' } },
    { name: 'two megabytes', body: { full_name: 'x'.repeat(2_000_000) } },
  )
  if (operation.body) {
    const keys = Object.keys(exampleRequest(operation, examples).body ?? {})
    attempts.push({ name: 'an array', body: [] }, { name: 'a number', body: '7', headers: json })
    if (keys.length > 0)
      attempts.push({
        name: 'wrong types',
        body: Object.fromEntries(keys.map((key) => [key, { nested: [1] }])),
      })
  }
  return attempts
}

/** Everything the owner's organization holds, as numbers and versions. */
async function snapshot(): Promise<unknown> {
  const { platform } = app.app
  const actor = systemActor(examples.organization_id)
  return platform.tenancy.inTenant(actor, async ({ tx }) => ({
    leads: await tx.selectFrom('leads').select(['id', 'version', 'deleted_at']).orderBy('id').execute(),
    pipelines: await tx.selectFrom('pipelines').select(['id', 'version']).orderBy('id').execute(),
    stages: await tx.selectFrom('stages').select(['id', 'version', 'position']).orderBy('id').execute(),
    activities: await tx
      .selectFrom('activities')
      .select(({ fn }) => fn.countAll().as('n'))
      .execute(),
    imports: await tx.selectFrom('imports').select(['id', 'state']).orderBy('id').execute(),
    events: await tx
      .selectFrom('events')
      .select(({ fn }) => fn.countAll().as('n'))
      .execute(),
  }))
}
