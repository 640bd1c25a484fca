/**
 * Lists of every kind of record against a plain evaluation in memory, over custom fields, tags and one hop: any
 * filter, in any order, page by page, gives the same rows in the same order, each once, and counts them.
 */
import type { Company, Contact, CustomRecord, Filter, Lead } from '@rapport/contracts'
import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from './app.ts'
import { holds, sortedBy } from './plain-evaluation.ts'
import { propertyRuns, propertyTimeout_ms } from './property-runs.ts'
import {
  choiceCondition,
  manyCondition,
  orderedCondition,
  sortsOf,
  textCondition,
  treeOf,
} from './random-filters.ts'

let app: TestApp
let owner: Caller

const words = ['hot', 'cold', 'VIP']
const colours = ['Red', 'Green', 'Blue']
const grades = ['Gold', 'Silver', 'Bronze']
const sizes = [0, -2.5, 0.1, 7, 1e-7, 1e15, null]
const days = ['2026-02-28', '2026-03-01', '1999-12-31', null]
// The last two differ only after what the index of custom fields knows of a text.
const notes = ['Ana', 'ana', 'São João', '100%', '  ', `${'ã'.repeat(205)}a`, `${'ã'.repeat(205)}b`, null]
const cities = ['Recife', "D'Ávila", null]

const pick = <T>(items: readonly T[], at: number): T => items[at % items.length] as T
/** Every second, third, … so that all values meet each other. */
const some = <T>(items: readonly T[], at: number): T[] => items.filter((_, bit) => (at >> bit) % 2 === 1)

const ownFields = [
  { key: 'size', type: 'number' },
  { key: 'note', type: 'text' },
  { key: 'since', type: 'date' },
  { key: 'active', type: 'boolean' },
  { key: 'grade', type: 'select', options: grades },
  { key: 'colours', type: 'multi_select', options: colours },
]
const ownValues = (at: number) => ({
  size: pick(sizes, at * 3),
  note: pick(notes, at * 5 + 1),
  since: pick(days, at * 3 + 2),
  active: pick([true, false, null], at),
  grade: pick([...grades, null], at * 7),
  colours: some(colours, at * 5),
})

async function make<Made>(path: string, body: object, caller = owner): Promise<Made> {
  const answer = await caller.call<Made>('POST', `/crm/${path}`, { body })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  for (const key of ['ship', 'port']) await make('custom-objects', { key, label: key, label_many: key })
  for (const object of ['lead', 'contact', 'company', 'ship', 'port'])
    for (const field of ownFields) await make('custom-fields', { object, label: field.key, ...field })
  const companies: Company[] = []
  for (let at = 0; at < 12; at += 1)
    companies.push(
      await make<Company>('companies', {
        name: `Company ${pick(['a', 'B', 'ç'], at * 7)}`,
        city: pick(cities, at),
        employees: pick([0, 50, 1000, null], at),
        parent_id: pick([companies[0]?.id ?? null, companies[at - 1]?.id ?? null, null], at),
        tags: some(words, at),
        custom: ownValues(at),
      }),
    )
  for (let at = 0; at < 56; at += 1) {
    const body = {
      full_name: `Person ${pick(['a', 'B', 'ç'], at * 5)}`,
      city: pick(cities, at * 2),
      tags: some(words, at * 3),
      custom: ownValues(at),
    }
    await make('leads', { ...body, score: pick([0, 50, 100, null], at) })
    await make('contacts', { ...body, company_id: at % 5 === 0 ? null : pick(companies, at * 7).id })
  }
  await make('custom-fields', { object: 'ship', key: 'home', label: 'Home', type: 'relation', to: 'port' })
  const ports: CustomRecord[] = []
  for (let at = 0; at < 40; at += 1) {
    const body = { name: `Craft ${pick(['a', 'B', 'ç'], at * 5)}`, tags: some(words, at * 3) }
    if (at < 8) ports.push(await make('custom-objects/port/records', { ...body, custom: ownValues(at) }))
    const home = at % 4 === 0 ? null : pick(ports, at * 3).id
    await make('custom-objects/ship/records', { ...body, custom: { ...ownValues(at * 3), home } })
  }
  await owner.call('DELETE', `/crm/custom-objects/port/records/${ports[2]?.id}`)
  // Whoever belongs to a company in the trash belongs to nobody that can be asked about.
  await owner.call('DELETE', `/crm/companies/${companies[3]?.id}`)
})
afterAll(() => app?.stop())

type Page<Item> = { items: Item[]; next_cursor: string | null; total?: number }

/** All rows of a list, page by page, and how many the first page says there are. */
async function walk<Item>(path: string, query: Record<string, string>, caller = owner) {
  const items: Item[] = []
  let total: number | undefined
  for (let cursor: string | null = ''; cursor !== null;) {
    const asked = new URLSearchParams({ ...query, ...(cursor ? { cursor } : { count: 'exact' }) })
    const answer = await caller.call<Page<Item>>('GET', `/crm/${path}?${asked.toString()}`)
    expect(answer.status, answer.text).toBe(200)
    items.push(...answer.body.items)
    total ??= answer.body.total
    cursor = answer.body.next_cursor
  }
  return { items, total }
}

type Plain = { id: string; custom: Record<string, unknown> }
type Listed = {
  path: string
  plain: readonly Plain[]
  filter: fc.Arbitrary<Filter>
  sorts: string[]
  caller?: Caller
}

/** The property itself. */
async function isAsEvaluated(
  { path, plain, filter, sorts, caller = owner }: Listed,
  runs: number,
  limits: number[],
) {
  await fc.assert(
    fc.asyncProperty(filter, sortsOf(sorts), fc.constantFrom(...limits), async (asked, sort, limit) => {
      const query = {
        filter: JSON.stringify(asked),
        sort: sort.join(','),
        limit: String(limit),
        fields: 'id',
      }
      const found = await walk<Plain>(path, query, caller)
      const wanted = sortedBy(plain, sort).filter((record) => holds(record, asked))
      expect(found.items.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id))
      expect(found.total).toBe(wanted.length)
    }),
    propertyRuns(runs),
  )
}

const text = fc.constantFrom(
  'Ana',
  'a',
  'SAO',
  'São',
  'B',
  '%',
  'Recife',
  "D'",
  'ã'.repeat(201),
  notes[5] ?? '',
)
const ownConditions = (prefix = '') => [
  orderedCondition(`${prefix}custom.size`, fc.constantFrom(0, -2.5, 0.1, 7, 1e-7, 1e15, 3)),
  textCondition(`${prefix}custom.note`, text),
  orderedCondition(`${prefix}custom.since`, fc.constantFrom('2026-02-28', '2026-03-01', '2020-01-01')),
  choiceCondition(`${prefix}custom.active`, fc.boolean()),
  choiceCondition(`${prefix}custom.grade`, fc.constantFrom(...grades)),
  manyCondition(`${prefix}custom.colours`, fc.constantFrom(...colours)),
  manyCondition(`${prefix}tags`, fc.constantFrom(...words, 'nothing')),
]
const ownSorts = ['size', 'note', 'since', 'active', 'grade'].map((key) => `custom.${key}`)

test(
  'leads with custom fields and tags',
  async () => {
    const { items: plain } = await walk<Lead>('leads', {})
    expect(plain).toHaveLength(56)
    const filter = treeOf(
      fc.oneof(
        ...ownConditions(),
        textCondition('full_name', text),
        orderedCondition('score', fc.constantFrom(0, 50, 60)),
      ),
    )
    const sorts = [...ownSorts, 'full_name', 'score', 'city', 'created_at']
    await isAsEvaluated({ path: 'leads', plain, filter, sorts }, 150, [9, 25, 200])
  },
  propertyTimeout_ms,
)

test(
  'contacts, with what their companies hold',
  async () => {
    const { items: companies } = await walk<Company>('companies', {})
    const { items: contacts } = await walk<Contact>('contacts', {})
    const known = new Map(companies.map((company) => [company.id, company]))
    const plain = contacts.map((contact) => ({
      ...contact,
      company: known.get(contact.company_id ?? '') ?? null,
    }))
    expect(plain.filter(({ company, company_id }) => company_id && !company).length).toBeGreaterThan(2)
    const filter = treeOf(
      fc.oneof(
        ...ownConditions(),
        ...ownConditions('company.'),
        textCondition('company.name', fc.constantFrom('Company a', 'c', 'ç', 'COMPANY B')),
        textCondition('company.city', text),
        orderedCondition('company.employees', fc.constantFrom(0, 50, 60)),
        choiceCondition('company_id', fc.constantFrom(...known.keys())),
      ),
    )
    await isAsEvaluated(
      { path: 'contacts', plain, filter, sorts: [...ownSorts, 'full_name', 'city'] },
      100,
      [9, 200],
    )
  },
  propertyTimeout_ms,
)

test(
  'companies, with what those above them hold',
  async () => {
    const { items: companies } = await walk<Company>('companies', {})
    expect(companies).toHaveLength(11)
    const known = new Map(companies.map((company) => [company.id, company]))
    const plain = companies.map((company) => ({
      ...company,
      parent: known.get(company.parent_id ?? '') ?? null,
    }))
    const filter = treeOf(
      fc.oneof(...ownConditions(), ...ownConditions('parent.'), textCondition('parent.name', text)),
    )
    await isAsEvaluated(
      { path: 'companies', plain, filter, sorts: [...ownSorts, 'name', 'employees'] },
      60,
      [4, 200],
    )
  },
  propertyTimeout_ms,
)

test(
  'records of an object that the organization made, with what those they lead to hold',
  async () => {
    const { items: ports } = await walk<CustomRecord>('custom-objects/port/records', {})
    const { items: ships } = await walk<CustomRecord>('custom-objects/ship/records', {})
    expect([ports.length, ships.length]).toEqual([7, 40])
    const known = new Map(ports.map((port) => [port.id, port]))
    const plain = ships.map((ship) => ({
      ...ship,
      'custom.home': known.get(String(ship.custom['home'])) ?? null,
    }))
    const filter = treeOf(
      fc.oneof(
        ...ownConditions(),
        ...ownConditions('custom.home.'),
        textCondition('name', text),
        textCondition('custom.home.name', fc.constantFrom('Craft a', 'c', 'ç', 'CRAFT B')),
        choiceCondition('custom.home', fc.constantFrom(...known.keys())),
      ),
    )
    await isAsEvaluated(
      {
        path: 'custom-objects/ship/records',
        plain,
        filter,
        sorts: [...ownSorts, 'custom.home', 'name', 'created_at'],
      },
      100,
      [7, 25, 200],
    )
  },
  propertyTimeout_ms,
)

/** More leads than the index of custom fields is asked to collect, so that the list itself is walked instead. */
async function withManyLeads(): Promise<Caller> {
  const caller = await app.register()
  type Pipelines = { items: { id: string; stages: { id: string }[] }[] }
  const { body } = await caller.call<Pipelines>('GET', '/crm/pipelines')
  const [pipeline] = body.items
  const rows = Array.from({ length: 2_800 }, (_, at) => ({ name: `Person ${at}`, custom: ownValues(at) }))
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  await admin.query(
    `INSERT INTO leads (organization_id, id, full_name, status, pipeline_id, stage_id, rank, currency, custom)
     SELECT $1, uuidv7(), l.name, 'new', $2, $3, 'i', 'EUR', jsonb_strip_nulls(l.custom)
     FROM jsonb_to_recordset($4) AS l (name text, custom jsonb)`,
    [caller.session.organization.id, pipeline?.id, pipeline?.stages[0]?.id, JSON.stringify(rows)],
  )
  await admin.end()
  // Fields take over what their keys hold, and index it.
  for (const field of ownFields)
    await make('custom-fields', { object: 'lead', label: field.key, ...field }, caller)
  return caller
}

test(
  'leads of which more meet a condition than its index collects',
  async () => {
    const caller = await withManyLeads()
    const { items: plain } = await walk<Lead>('leads', { limit: '200' }, caller)
    expect(plain).toHaveLength(2_800)
    const often = fc.constantFrom<Filter>(
      { field: 'custom.size', op: 'gte', value: -3 },
      { field: 'custom.colours', op: 'has_any', value: [...colours] },
      { field: 'custom.since', op: 'lte', value: '2026-03-01' },
      { field: 'custom.grade', op: 'in', value: ['Gold', 'Silver', 'Bronze'] },
      { field: 'custom.note', op: 'starts_with', value: 'ã' },
    )
    const filter = fc
      .tuple(often, treeOf(fc.oneof(...ownConditions().slice(0, -1))))
      .map(([first, tree]): Filter => ({ and: [first, tree] }))
    await isAsEvaluated(
      { path: 'leads', plain, filter, sorts: [...ownSorts, 'full_name'], caller },
      10,
      [199, 200],
    )
  },
  propertyTimeout_ms,
)
