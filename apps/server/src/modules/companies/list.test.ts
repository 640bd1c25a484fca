/** Lists of companies against a plain evaluation in memory, one hop to their parents included. */
import type { Company } from '@rapport/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { holds } from '../../testing/plain-evaluation.ts'
import { orderedCondition, textCondition, treeOf } from '../../testing/random-filters.ts'

let app: TestApp
let owner: Caller
let companies: Company[]

const cities = ['Recife', 'recife', 'São Paulo', "D'Ávila", '100%', null]
const pick = <T>(items: readonly T[], at: number): T => items[at % items.length] as T

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  const ids: string[] = []
  for (let at = 0; at < 50; at += 1) {
    const body = {
      name: `Company ${pick(['a', 'B', 'ç'], at * 7)} ${at}`,
      city: pick(cities, at * 5 + 1),
      employees: pick([0, 1, 50, 1000, null], at * 3),
      annual_revenue: pick([0, 10.5, 99.99, 5000, null], at * 7),
      parent_id: at % 4 === 0 ? null : (ids[Math.floor(at / 3)] ?? null),
      custom: { tier: pick(['gold', 'silver', ''], at) },
    }
    const made = await owner.call<Company>('POST', '/crm/companies', { body })
    expect(made.status, made.text).toBe(201)
    ids.push(made.body.id)
  }
  // Whoever belongs to what is in the trash belongs to nobody that can be asked about.
  await owner.call('DELETE', `/crm/companies/${ids[1]}`)
  companies = (await list({})).body.items
})
afterAll(() => app?.stop())

const list = (query: Record<string, string>) =>
  owner.call<{ items: Company[] }>(
    'GET',
    `/crm/companies?${new URLSearchParams({ include: 'parent', limit: '200', ...query }).toString()}`,
  )

const text = fc.constantFrom('Recife', 'r', 'SAO', "D'", '%', '_', 'Company B', 'Ç', 'zzz', 'gold')
const condition = fc.oneof(
  textCondition('name', text),
  textCondition('city', text),
  textCondition('custom.tier', text),
  textCondition('parent.name', text),
  textCondition('parent.city', text),
  orderedCondition('employees', fc.constantFrom(0, 1, 50, 999)),
  orderedCondition('annual_revenue', fc.constantFrom(0, 10.5, 99.99, 4999.5)),
  orderedCondition('parent.employees', fc.constantFrom(0, 1, 50, 999)),
)

test('a filter finds exactly the companies that a plain evaluation finds', async () => {
  // What the evaluation may ask of a parent, as the API tells it one by one.
  const known = new Map(companies.map((company) => [company.id, company]))
  const plain = companies.map((company) => ({
    ...company,
    parent: company.parent ? (known.get(company.parent.id) ?? null) : null,
  }))
  expect(plain.filter(({ parent }) => parent !== null).length).toBeGreaterThan(20)
  await fc.assert(
    fc.asyncProperty(treeOf(condition), async (filter) => {
      const answer = await list({ filter: JSON.stringify(filter) })
      expect(answer.status, answer.text).toBe(200)
      const wanted = plain.filter((company) => holds(company, filter)).map(({ id }) => id)
      expect(answer.body.items.map(({ id }) => id)).toEqual(wanted)
    }),
    { numRuns: 150 },
  )
})
