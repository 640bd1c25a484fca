/**
 * The whole OpenAPI document, asked with values that are mostly as described and sometimes far from it. Seeded and
 * bounded; FUZZ_SEED and FUZZ_RUNS (per operation) make it another or a longer run.
 */
import { operations, type Lead, type Operation } from '@rapport/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApiDocument } from '../platform/http/openapi.ts'
import { createTestApp, type Answer, type Caller, type TestApp } from './app.ts'
import { arbitraryJson, type Schema } from './arbitrary-json.ts'
import { makeExamples } from './examples.ts'

const seed = Number(process.env['FUZZ_SEED'] ?? 20261121)
const runs = Number(process.env['FUZZ_RUNS'] ?? 25)

type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }
type Described = {
  operationId: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, unknown>
}
type Target = Described & { method: string; path: string; operation: Operation }
type Asked = { path: Record<string, unknown>; query: Record<string, unknown>; body: unknown }

let app: TestApp
let caller: Caller
let ids: string[]
/** What must never be told: texts and ids of another organization. */
let foreign: string[]
const statuses = new Map<number, number>()

beforeAll(async () => {
  app = await createTestApp()
  const victim = await app.register({
    organization_name: 'Zzvictim Corporation',
    full_name: 'Zzvictim Person',
  })
  const theirs = await makeExamples(victim)
  await victim.call('POST', '/crm/leads', {
    body: { full_name: 'Zzvictim Lead', email: 'zz@zzvictim.example' },
  })
  foreign = [
    'zzvictim',
    victim.session.organization.id,
    victim.session.user.id,
    theirs.lead.id,
    theirs.pipeline.id,
  ]
  await begin(foreign.slice(1))
})
afterAll(async () => {
  const told = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  console.info(`fuzz: seed ${seed}, ${runs} runs an operation; ${told.join(', ')}`)
  await app?.stop()
})

/** A new account with records of its own, for the first time and whenever the one before locked itself out. */
async function begin(strange: string[]): Promise<void> {
  caller = await app.register()
  const own = await makeExamples(caller)
  const { body } = await caller.call<{ items: Lead[] }>('GET', '/crm/leads')
  const { user, organization } = caller.session
  const records = (body.items ?? []).map(({ id }) => id)
  ids = [own.lead.id, own.pipeline.id, own.import_id, user.id, organization.id, ...records, ...strange]
}

function targets(): Target[] {
  const document = openApiDocument(app.app.routes, '0', operations) as {
    paths: Record<string, Record<string, Described>>
  }
  return app.app.routes.map(({ operation }) => {
    const described = document.paths[`/api${operation.path}`]?.[operation.method.toLowerCase()]
    if (!described) throw new Error(`${operation.path} is not in the document.`)
    return { ...described, method: operation.method, path: operation.path, operation }
  })
}

function arbitraryRequest({ parameters, requestBody }: Target): fc.Arbitrary<Asked> {
  const given = (place: 'path' | 'query') => {
    const there = parameters.filter((one) => one.in === place)
    const requiredKeys = there.filter((one) => one.required).map(({ name }) => name)
    return fc.record(
      Object.fromEntries(there.map(({ name, schema }) => [name, arbitraryJson(schema, ids)])),
      {
        requiredKeys,
      },
    )
  }
  const schema = requestBody?.content['application/json']?.schema
  return fc.record({
    path: given('path'),
    query: given('query'),
    body: schema ? arbitraryJson(schema, ids) : fc.constant(undefined),
  }) as fc.Arbitrary<Asked>
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? ''))

async function ask(target: Target, { path, query, body }: Asked): Promise<Answer<unknown>> {
  const filled = target.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(textOf(path[name]).toWellFormed() || 'x'),
  )
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, textOf(value)]),
  ).toString()
  const text = body === undefined ? {} : { body: JSON.stringify(body) }
  return caller.call(target.method, search ? `${filled}?${search}` : filled, {
    ...text,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
  })
}

/** Null when the answer is as the document says; otherwise what is wrong with it. */
function judge(target: Target, asked: Asked, answer: Answer<unknown>): string | null {
  const { status, text, headers } = answer
  statuses.set(status, (statuses.get(status) ?? 0) + 1)
  if (status >= 500 || !(String(status) in target.responses))
    return `${status} is not documented: ${text.slice(0, 300)}`
  const sent = JSON.stringify(asked).toLowerCase()
  const leaked = foreign.find((mark) => text.toLowerCase().includes(mark) && !sent.includes(mark))
  if (leaked !== undefined) return `it tells of another organization: ${leaked}`
  if (status >= 400) {
    if (!String(headers['content-type']).startsWith('application/problem+json')) return 'no problem document'
    const { errors } = answer.body as { errors?: { path: string }[] }
    return status === 422 && !errors?.every(({ path }) => typeof path === 'string')
      ? 'a 422 names no place'
      : null
  }
  const parsed = target.operation.reply?.safeParse(answer.body)
  return parsed && !parsed.success
    ? `the reply is not as described: ${parsed.error.message.slice(0, 300)}`
    : null
}

test('every operation answers as documented, whatever it is asked, and tells of nobody else', async () => {
  // One finding of a kind is enough to see it.
  const findings = new Map<string, string>()
  for (const target of targets()) {
    const cases = fc.sample(arbitraryRequest(target), { seed, numRuns: runs })
    for (const asked of cases) {
      const finding = judge(target, asked, await ask(target, asked))
      if (finding)
        findings.set(
          `${target.operationId} ${finding.slice(0, 22)}`,
          `${target.operationId}: ${finding}\n  asked ${JSON.stringify(asked).slice(0, 400)}`,
        )
    }
    const alive = await caller.call('GET', '/organizations/current')
    if (alive.status !== 200) await begin(foreign.slice(1))
  }
  expect([...findings.values()]).toEqual([])
}, 300_000)
