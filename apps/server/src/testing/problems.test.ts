/**
 * Every `type` of an error answer leads to a place that explains it. That no code is used without a description is
 * the compiler's to say (platform/problem-catalogue.ts); here is the rest: that none is described for nothing, that
 * statuses and titles agree, and that the page is there.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { describedProblems } from '../described-problems.ts'
import { readCatalogue, titles, type FieldCode } from '../platform/problem-catalogue.ts'
import { createTestApp, type TestApp } from './app.ts'

const source = fileURLToPath(new URL('../', import.meta.url))
const contracts = fileURLToPath(new URL('../../../../packages/contracts/src/', import.meta.url))
const catalogue = readCatalogue(describedProblems)
const problems = catalogue.statuses.flatMap(({ status, title, entries }) =>
  entries.map((entry) => ({ ...entry, status, title })),
)

/** What schemas find: these codes come from zod, and stand nowhere in our own text. */
const foundBySchemas: readonly (FieldCode & z.core.$ZodIssue['code'])[] = [
  'custom',
  'invalid_element',
  'invalid_format',
  'invalid_key',
  'invalid_type',
  'invalid_union',
  'invalid_value',
  'not_multiple_of',
  'too_big',
  'too_small',
]

let text = ''
let app: TestApp
let page: string

beforeAll(async () => {
  const [own, shared] = await Promise.all([readSources(source), readSources(contracts)])
  text = `${own}${shared}`
  app = await createTestApp()
  page = (await app.call('GET', '/docs/problems')).text
})
afterAll(() => app?.stop())

/** What runs: without tests, and without the descriptions themselves. */
async function readSources(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true })
  const running = names.filter(
    (name) => name.endsWith('.ts') && !/\.test\.|described-problems|testing\//.test(name),
  )
  return (await Promise.all(running.map((name) => readFile(join(folder, name), 'utf8')))).join('\n')
}

describe('the catalogue', () => {
  test('describes each code once', () => {
    const names = problems.map(({ code }) => code)
    expect(names.filter((code, at) => names.indexOf(code) !== at)).toEqual([])
    const fields = catalogue.fields.map(({ code }) => code)
    expect(fields.filter((code, at) => fields.indexOf(code) !== at)).toEqual([])
  })

  test('describes no code that nothing answers with', () => {
    const unused = [...problems, ...catalogue.fields]
      .map(({ code }) => code)
      .filter((code) => !isUsed(code) && !(foundBySchemas as readonly string[]).includes(code))
    expect(unused).toEqual([])
  })

  test('sends nobody to a route that is not there', () => {
    const routes = app.app.routes.map(({ operation }) => `${operation.method} /api${operation.path}`)
    const named = [...problems, ...catalogue.fields].flatMap(({ when, remedy }) =>
      [...`${when} ${remedy}`.matchAll(/\b[A-Z]+ \/api\/[\w/{}-]+/g)].map(([route]) => route),
    )
    expect(named.length).toBeGreaterThan(8)
    expect(named.filter((route) => !routes.includes(route))).toEqual([])
  })

  test('has the statuses and titles that answers have', () => {
    const built = [...text.matchAll(/new Problem\(\s*(\d+),\s*'(\w+)',\s*(?:'([^']+)'|titles\[(\d+)\])/g)]
    const wrong = built.filter(([, status, code, title, titled]) => {
      const known = problems.find((problem) => problem.code === code)
      const given = title ?? titles[Number(titled) as keyof typeof titles]
      return known?.status !== Number(status) || known.title !== given
    })
    expect(wrong.map(([found]) => found)).toEqual([])
    expect(built.length).toBeGreaterThan(15)
  })
})

/** As a text, as the thing that is not found, or from a text with a gap, of which both ends would stay. */
function isUsed(code: string): boolean {
  if (text.includes(`'${code}'`)) return true
  const missing = /^(\w+)_not_found$/.exec(code)?.[1]
  if (missing !== undefined) return text.includes(`notFound('${missing}'`) || isObject(missing)
  return gaps().some((gap) => gap.test(code))
}

/** Records are found by the name of their object. */
const isObject = (name: string) => text.includes(`  object: '${name}',\n`)

const gaps = () =>
  [...text.matchAll(/conflict\(`(\w*)\$\{\w+\}(\w*)`/g)].map(
    ([, start, end]) => new RegExp(`^${start}\\w+${end}$`),
  )

describe('the page of problems', () => {
  test('is a page without anything inline, and the document of the API leads to it', async () => {
    const answer = await app.call('GET', '/docs/problems')
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(String(answer.headers['content-security-policy'])).toContain("style-src 'self'")
    expect(page).not.toMatch(/<script|<style| style=| on\w+=/)
    expect((await app.call('GET', '/docs/problems.css')).headers['content-type']).toBe(
      'text/css; charset=utf-8',
    )
    const document = await app.call<{ externalDocs: { url: string } }>('GET', '/openapi.json')
    expect(document.body.externalDocs.url).toBe('/api/docs/problems')
  })

  test('has every code at its own anchor', () => {
    const anchors = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(anchors).size).toBe(anchors.length)
    for (const { code } of problems) expect(anchors).toContain(code)
    for (const { code } of catalogue.fields) expect(anchors).toContain(`field-${code}`)
  })

  test.each([
    ['GET', '/nowhere', undefined, {}],
    ['GET', '/crm/leads', undefined, {}],
    ['POST', '/auth/login', '{', { 'content-type': 'application/json' }],
    ['POST', '/auth/login', { email: 'x' }, {}],
    ['POST', '/auth/login', 'a=b', { 'content-type': 'text/plain' }],
    ['POST', '/auth/login', ' '.repeat(100_000), { 'content-type': 'application/json' }],
    ['GET', '/%E0%A4%A', undefined, {}],
  ])('is where %s %s sends whoever it refuses', async (method, path, body, headers) => {
    const answer = await app.call<{ type: string; code: string }>(method, path, { body, headers })
    const problem = answer.body
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect(answer.headers['x-request-id']).toBeTruthy()
    expect(problem.type).toBe(`/api/docs/problems#${problem.code}`)
    expect(page).toContain(`<article id="${problem.code}">`)
    expect(problem.code).not.toBe('bad_request')
  })
})
