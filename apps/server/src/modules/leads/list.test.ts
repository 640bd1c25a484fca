/** Lists against a plain evaluation in memory: the same rows for any filter, each row once for any order. */
import { leadFields, leadStatuses, type Lead, type Problem } from '@rapport/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { holds, sortedBy } from '../../testing/plain-evaluation.ts'
import { orderedCondition, sortsOf, textCondition, treeOf } from '../../testing/random-filters.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller
let leads: Lead[]

const cities = ['Recife', 'recife', 'São Paulo', 'Natal', "D'Ávila", '100%', null]
const scores = [0, 1, 50, 99, 100, null]
const values = [0, 10, 10.5, 99.99, 1000, null]
const pick = <T>(items: readonly T[], at: number): T => items[at % items.length] as T

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  for (let at = 0; at < 70; at += 1) {
    const body = {
      full_name: `Lead ${pick(['a', 'b', 'c'], at * 7)} ${at}`,
      city: pick(cities, at * 5 + 1),
      score: pick(scores, at * 11 + 2),
      estimated_value: pick(values, at * 13),
      status: pick(leadStatuses, at * 3),
      owner_id: at % 3 === 0 ? null : owner.session.user.id,
      custom: { tier: pick(['gold', 'silver', ''], at), seats: at % 4 },
    }
    const { status, text } = await owner.call('POST', '/crm/leads', { body })
    expect(status, text).toBe(201)
  }
  leads = (await list({ limit: '200' })).body.items
})
afterAll(() => app?.stop())

type Page = { items: Lead[]; next_cursor: string | null; total?: number }
const list = <Body = Page>(query: Record<string, string>) =>
  owner.call<Body>('GET', `/crm/leads?${new URLSearchParams(query).toString()}`)
const filtered = (filter: unknown, more: Record<string, string> = {}) =>
  list({ filter: JSON.stringify(filter), limit: '200', ...more })

// Random filters -----------------------------------------------------------------------------------

const text = fc.constantFrom(
  'Recife',
  'r',
  'São',
  'SAO',
  'S',
  "D'",
  '%',
  '_',
  '100',
  'Lead a',
  'zzz',
  '\u{10ffff}',
  'Na',
)
const condition = fc.oneof(
  textCondition('city', text),
  textCondition('full_name', text),
  textCondition('custom.tier', text),
  textCondition('custom.missing', text),
  orderedCondition('score', fc.constantFrom(0, 1, 50, 100)),
  orderedCondition('estimated_value', fc.constantFrom(0, 10, 10.5, 99.99, 5000)),
  fc.record({
    field: fc.constant('status'),
    op: fc.constantFrom('eq', 'ne'),
    value: fc.constantFrom(...leadStatuses),
  }),
  fc.record({ field: fc.constant('owner_id'), op: fc.constantFrom('is_empty', 'is_not_empty') }),
)
const tree = treeOf(condition)

describe('a filter', () => {
  test('finds exactly the leads that a plain evaluation finds', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (filter) => {
        const answer = await filtered(filter)
        expect(answer.status, answer.text).toBe(200)
        const wanted = leads.filter((lead) => holds(lead, filter)).map((lead) => lead.id)
        expect(answer.body.items.map((lead) => lead.id)).toEqual(wanted)
      }),
      { numRuns: 250 },
    )
  })

  test('knows the caller as "me" and days of the caller’s time zone', async () => {
    const mine = await filtered({ field: 'owner_id', op: 'eq', value: 'me' })
    expect(mine.body.items).toHaveLength(leads.filter((lead) => lead.owner_id !== null).length)
    const count = async (op: string, value: unknown) =>
      (await filtered({ field: 'created_at', op, value })).body.items.length
    const today = new Date().toISOString().slice(0, 10)
    expect(await count('within', 'last_7_days')).toBe(70)
    expect(await count('within', 'last_year')).toBe(0)
    expect(await count('eq', today)).toBe(70)
    expect(await count('ne', today)).toBe(0)
    expect(await count('lt', today)).toBe(0)
    expect(await count('lte', today)).toBe(70)
    expect(await count('gt', today)).toBe(0)
    expect(await count('between', ['2020-01-01', today])).toBe(70)
    expect(await count('eq', leads[3]?.created_at)).toBeGreaterThan(0)
  })

  test.each([
    ['broken JSON', '{"and":[', 'filter'],
    ['no condition', '7', 'filter'],
    ['a list', '[]', 'filter'],
    ['an unknown field', '{"and":[{"field":"nope","op":"eq","value":1}]}', 'filter.and.0.field'],
    ['a field of the tables', '{"field":"organization_id","op":"eq","value":"x"}', 'filter.field'],
    ['a prototype', '{"field":"__proto__","op":"eq","value":"x"}', 'filter.field'],
    ['a bad custom key', '{"field":"custom.A b","op":"eq","value":"x"}', 'filter.field'],
    ['an unknown operator', '{"or":[{"field":"city","op":"like","value":"x"}]}', 'filter.or.0.op'],
    ['an operator of another type', '{"field":"score","op":"contains","value":"x"}', 'filter.op'],
    ['a text for a number', '{"not":{"field":"score","op":"gt","value":"x"}}', 'filter.not.value'],
    ['a fraction for a whole number', '{"field":"score","op":"gt","value":1.5}', 'filter.value'],
    ['a huge number', '{"field":"score","op":"gt","value":1e300}', 'filter.value'],
    ['an unknown option', '{"field":"status","op":"in","value":["new","nope"]}', 'filter.value.1'],
    ['no list', '{"field":"status","op":"in","value":"new"}', 'filter.value'],
    ['an id that is none', '{"field":"owner_id","op":"eq","value":"you"}', 'filter.value'],
    ['half a range', '{"field":"score","op":"between","value":[1]}', 'filter.value'],
    ['a day that is none', '{"field":"created_at","op":"lt","value":"2026-02-30"}', 'filter.value'],
    ['an unknown time', '{"field":"created_at","op":"within","value":"soon"}', 'filter.value'],
    ['a NUL', '{"field":"city","op":"eq","value":"a\\u0000"}', 'filter.value'],
    ['half a character', '{"field":"city","op":"eq","value":"\\ud800"}', 'filter.value'],
    ['a null', '{"field":"city","op":"eq","value":null}', 'filter.value'],
    ['an object', '{"field":"city","op":"eq","value":{}}', 'filter.value'],
    ['a further key', '{"field":"city","op":"eq","value":"x","or":[]}', 'filter.field'],
    ['a value that is not wanted', '{"field":"city","op":"is_empty","value":"x"}', 'filter.value'],
    [
      'seven levels',
      `${'{"not":'.repeat(6)}{"field":"city","op":"is_empty"}${'}'.repeat(6)}`,
      `filter${'.not'.repeat(6)}`,
    ],
    [
      '51 conditions',
      JSON.stringify({ and: Array.from({ length: 51 }, () => ({ field: 'city', op: 'is_empty' })) }),
      'filter',
    ],
  ])('with %s is a 422 that names the place', async (_, filter, path) => {
    const answer = await list<Problem>({ filter })
    expect(answer.status, answer.text).toBe(422)
    expect(answer.body.errors?.[0]?.path).toBe(path)
  })
})

describe('a list', () => {
  const sortable = leadFields.filter((field) => field.sortable).map((field) => field.name)

  test('in any order visits each lead exactly once, page by page, as sorted in memory', async () => {
    await fc.assert(
      fc.asyncProperty(sortsOf(sortable), fc.integer({ min: 7, max: 40 }), async (sort, limit) => {
        const seen: Lead[] = []
        for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
          const query: Record<string, string> = { sort: sort.join(','), limit: String(limit) }
          if (cursor !== null) query['cursor'] = cursor
          const answer = await list(query)
          expect(answer.status, answer.text).toBe(200)
          seen.push(...answer.body.items)
          cursor = answer.body.next_cursor
        }
        expect(new Set(seen.map((lead) => lead.id)).size).toBe(70)
        expect(seen).toHaveLength(70)
        expect(seen.map((lead) => lead.id)).toEqual(sortedBy(leads, sort).map((lead) => lead.id))
      }),
      { numRuns: 60 },
    )
  })

  test('stays complete while leads are added in front', async () => {
    const page = await list({ limit: '5' })
    await owner.call('POST', '/crm/leads', { body: { full_name: 'Newcomer' } })
    const next = await list({ limit: '5', cursor: page.body.next_cursor ?? '' })
    expect(next.body.items.map((lead) => lead.id)).toEqual(leads.slice(5, 10).map((lead) => lead.id))
  })

  test('pages through what a search found, in both of its ways', async () => {
    for (const more of [{}, { sort: 'full_name' }] as Record<string, string>[]) {
      const seen: string[] = []
      for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
        const query: Record<string, string> = { q: 'lead b', limit: '4', ...more }
        if (cursor !== null) query['cursor'] = cursor
        const { body }: { body: Page } = await list(query)
        seen.push(...body.items.map((lead) => lead.id))
        cursor = body.next_cursor
      }
      const wanted = leads.filter((lead) => lead.full_name.startsWith('Lead b')).map((lead) => lead.id)
      expect(seen.toSorted()).toEqual(wanted.toSorted())
      expect(wanted.length).toBeGreaterThan(8)
    }
  })

  test('answers only the fields that are asked for, and always id and version', async () => {
    const { body } = await list({ fields: 'full_name,can', limit: '1' })
    expect(Object.keys(body.items[0] ?? {}).toSorted()).toEqual(['can', 'full_name', 'id', 'version'])
    expect((await list({ fields: 'rank' })).status).toBe(422)
  })

  test('counts what the filter leaves, exactly or nearly', async () => {
    const filter = { field: 'status', op: 'eq', value: 'lost' }
    const wanted = leads.filter((lead) => lead.status === 'lost').length
    expect((await filtered(filter, { count: 'exact', limit: '1' })).body.total).toBe(wanted)
    expect((await filtered(filter, { count: 'estimate', limit: '1' })).body.total).toBe(wanted)
    expect((await filtered(filter)).body.total).toBeUndefined()
  })

  test('refuses a cursor of another order, a forged one, and orders that are not there', async () => {
    const { body } = await list({ limit: '2', sort: 'full_name' })
    const cursor = body.next_cursor ?? ''
    expect((await list({ limit: '2', sort: '-full_name', cursor })).status).toBe(422)
    const forge = (keys: unknown) =>
      Buffer.from(Buffer.from(cursor, 'base64url').toString().slice(0, 8) + JSON.stringify(keys)).toString(
        'base64url',
      )
    for (const keys of [['a'], ['a', 'b'], [1, 2], ['a\u0000', leads[0]?.id], {}, null]) {
      const answer = await list<Problem>({ limit: '2', sort: 'full_name', cursor: forge(keys) })
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, 'cursor'])
    }
    for (const sort of ['nope', 'custom.tier', '', 'full_name,full_name', '-', 'organization_id']) {
      const answer = await list<Problem>({ sort })
      expect([answer.status, answer.body.errors?.[0]?.path], sort).toEqual([422, 'sort'])
    }
  })
})
