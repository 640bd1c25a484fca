import type { CustomField, Lead, Problem } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller
let other: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  other = await app.register()
})
afterAll(() => app?.stop())

let made = 0
async function aField(fields: Record<string, unknown>, caller = owner): Promise<CustomField> {
  made += 1
  const body = { object: 'lead', key: `field_${made}`, label: `Field ${made}`, ...fields }
  const answer = await caller.call<CustomField>('POST', '/crm/custom-fields', { body })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

async function aLead(custom: Record<string, unknown>, caller = owner, full_name = 'Ada'): Promise<Lead> {
  const answer = await caller.call<Lead>('POST', '/crm/leads', { body: { full_name, custom } })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

const change = <Body = CustomField>({ id, version }: CustomField, body: Record<string, unknown>) =>
  owner.call<Body>('PATCH', `/crm/custom-fields/${id}`, { body: { version, ...body } })

type List = { items: Lead[]; next_cursor: string | null; total?: number }
async function names(query: Record<string, string>, caller = owner): Promise<string[]> {
  const answer = await caller.call<List>('GET', `/crm/leads?${new URLSearchParams(query).toString()}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.items.map((lead) => lead.full_name)
}
const where = (field: CustomField, op: string, value?: unknown) => ({
  filter: JSON.stringify({ field: `custom.${field.key}`, op, ...(value === undefined ? {} : { value }) }),
})

const refused = [
  ['text', 12, 'invalid_type'],
  ['text', 'two\nlines', 'invalid_text'],
  ['number', '12', 'invalid_type'],
  ['number', 1e16, 'too_big'],
  ['money', 1.123456, 'too_precise'],
  ['date', '2026-02-30', 'invalid_date'],
  ['datetime', 'yesterday', 'invalid_date'],
  ['boolean', 'yes', 'invalid_type'],
  ['url', 'javascript:alert(1)', 'invalid_format'],
  ['email', 'nobody', 'invalid_format'],
  ['user', 'me', 'invalid_id'],
] as const

test.each(refused)(
  'a %s refuses %j with a reason at its path, and nothing is saved',
  async (type, value, code) => {
    const field = await aField({ type })
    const answer = await owner.call<Problem>('POST', '/crm/leads', {
      body: { full_name: 'Half saved', custom: { [field.key]: value, loose: 'kept' } },
    })
    expect(answer.status, answer.text).toBe(422)
    expect(answer.body.errors).toEqual([expect.objectContaining({ path: `custom.${field.key}`, code })])
    expect(await names({ q: 'Half saved' })).toEqual([])
  },
)

const kept = [
  ['text', '  Trimmed ', 'Trimmed'],
  ['long_text', 'two\nlines', 'two\nlines'],
  ['number', 12.5, 12.5],
  ['money', 1234.5, 1234.5],
  ['date', '2026-02-28', '2026-02-28'],
  ['datetime', '2026-02-28T12:00:00+02:00', '2026-02-28T10:00:00.000Z'],
  ['boolean', false, false],
  ['url', 'example.com/a', 'https://example.com/a'],
  ['email', 'Ada@Example.com', 'ada@example.com'],
] as const

test.each(kept)('a %s keeps %j in one form, and is found by it', async (type, value, told) => {
  const field = await aField({ type })
  const full_name = `Holder of ${type}`
  const lead = await aLead({ [field.key]: value }, owner, full_name)
  expect(lead.custom[field.key]).toEqual(told)
  const day = type === 'datetime' ? '2026-02-28' : told
  expect(await names(where(field, 'eq', day))).toEqual([full_name])
  expect(await names(where(field, 'is_not_empty'))).toEqual([full_name])
})

test('a list sorted by a number goes through all records once, those without a value last', async () => {
  const caller = await app.register()
  const field = await aField({ type: 'number', key: 'size' }, caller)
  const values = [5, null, 3.5, 10, null, 3.5, -2, 0]
  for (const [place, value] of values.entries())
    await aLead(value === null ? {} : { size: value }, caller, `Lead ${place}`)
  for (const sort of ['custom.size', '-custom.size', 'custom.size,-created_at']) {
    const seen: (number | null)[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query = new URLSearchParams({ sort, limit: '3', ...(cursor ? { cursor } : {}) })
      const { body, status, text } = await caller.call<List>('GET', `/crm/leads?${query.toString()}`)
      expect(status, text).toBe(200)
      seen.push(...body.items.map((lead) => (lead.custom['size'] as number | undefined) ?? null))
      cursor = body.next_cursor
    }
    const numbers = values.filter((value) => value !== null).toSorted((a, b) => a - b)
    expect(seen).toEqual([...(sort.startsWith('-') ? numbers.toReversed() : numbers), null, null])
  }
  expect(await names({ ...where(field, 'gte', 3.5), sort: '-custom.size' }, caller)).toHaveLength(4)
  const counted = await caller.call<List>(
    'GET',
    `/crm/leads?${new URLSearchParams({ ...where(field, 'between', [0, 5]), count: 'exact' }).toString()}`,
  )
  expect(counted.body.total).toBe(4)
})

test('options that records hold cannot be taken away without saying what they get instead', async () => {
  const field = await aField({ type: 'select', options: ['Gold', 'Silver', 'Bronze'] })
  await aLead({ [field.key]: 'Gold' }, owner, 'Golden')
  const refusal = await change<Problem>(field, { options: ['Silver', 'Bronze'] })
  expect(refusal.status).toBe(409)
  expect(refusal.body).toMatchObject({ code: 'options_in_use' })
  expect(refusal.body.detail).toContain('Golden')
  const { body } = await change(field, { options: ['Silver', 'Bronze'], replace_options: { Gold: 'Silver' } })
  expect(body.options.map(({ value }) => value)).toEqual(['Silver', 'Bronze'])
  expect(await names(where(field, 'eq', 'Silver'))).toEqual(['Golden'])
})

test('a type is converted with all values, or not at all', async () => {
  const field = await aField({ type: 'text' })
  await aLead({ [field.key]: '12' }, owner, 'Twelve')
  const bad = await aLead({ [field.key]: 'a dozen' }, owner, 'Dozen')
  const refusal = await change<Problem>(field, { type: 'number' })
  expect(refusal.status).toBe(409)
  expect(refusal.body.detail).toContain('Dozen')
  expect(await names(where(field, 'eq', '12'))).toEqual(['Twelve'])
  await owner.call('PATCH', `/crm/leads/${bad.id}`, { body: { custom: { [field.key]: '13.5' } } })
  const converted = await change(field, { type: 'number' })
  expect(converted.status, converted.text).toBe(200)
  expect(await names(where(field, 'gt', 12.1))).toEqual(['Dozen'])
  const back = await change(converted.body, { type: 'text' })
  expect(back.status, back.text).toBe(200)
  expect(await names(where(field, 'eq', '13.5'))).toEqual(['Dozen'])
})

test('a new field takes over values that its key has already, or refuses them by name', async () => {
  await aLead({ age_text: '41' }, owner, 'Loose')
  const refusal = await owner.call<Problem>('POST', '/crm/custom-fields', {
    body: { object: 'lead', key: 'age_text', label: 'Age', type: 'date' },
  })
  expect(refusal.status).toBe(409)
  expect(refusal.body.detail).toContain('Loose')
  const field = await aField({ key: 'age_text', type: 'number' })
  expect(await names(where(field, 'eq', 41))).toEqual(['Loose'])
})

test('no two live records have the same unique value, and the trash blocks none', async () => {
  const field = await aField({ type: 'text', unique: true })
  const first = await aLead({ [field.key]: 'A-1' }, owner, 'First')
  const twice = { body: { full_name: 'Second', custom: { [field.key]: 'A-1' } } }
  const refusal = await owner.call<Problem>('POST', '/crm/leads', twice)
  expect(refusal.status).toBe(422)
  expect(refusal.body.errors?.[0]).toMatchObject({ path: `custom.${field.key}`, code: 'not_unique' })
  await owner.call('DELETE', `/crm/leads/${first.id}`)
  expect((await owner.call('POST', '/crm/leads', twice)).status).toBe(201)
  const restored = await owner.call<Problem>('POST', `/crm/leads/${first.id}/restore`)
  expect(restored.status).toBe(422)
  expect(restored.body.errors?.[0]?.code).toBe('not_unique')
})

test('a field becomes unique only when its values are', async () => {
  const field = await aField({ type: 'number' })
  const one = await aLead({ [field.key]: 7 })
  await aLead({ [field.key]: 7 })
  const refusal = await change<Problem>(field, { unique: true })
  expect(refusal.status).toBe(409)
  expect(refusal.body.code).toBe('values_not_unique')
  await owner.call('PATCH', `/crm/leads/${one.id}`, { body: { custom: { [field.key]: 8 } } })
  expect((await change(field, { unique: true })).status).toBe(200)
})

test('what is required must be given, and cannot be taken away', async () => {
  const caller = await app.register()
  const field = await aField({ type: 'text', key: 'must', required: true }, caller)
  expect((await caller.call('POST', '/crm/leads', { body: { full_name: 'No' } })).status).toBe(422)
  const lead = await aLead({ must: 'yes' }, caller)
  const emptied = await caller.call<Problem>('PATCH', `/crm/leads/${lead.id}`, {
    body: { custom: { must: null } },
  })
  expect(emptied.body.errors?.[0]).toMatchObject({ path: `custom.${field.key}`, code: 'needs_value' })
})

test('several options are found by any and by all of them', async () => {
  const field = await aField({ type: 'multi_select', options: ['Red', 'Green', 'Blue'] })
  await aLead({ [field.key]: ['Blue', 'Red'] }, owner, 'Purple')
  await aLead({ [field.key]: ['Green'] }, owner, 'Leaf')
  expect(await names({ ...where(field, 'has_any', ['Red', 'Green']), sort: 'full_name' })).toEqual([
    'Leaf',
    'Purple',
  ])
  expect(await names(where(field, 'has_all', ['Red', 'Blue']))).toEqual(['Purple'])
  expect(await names(where(field, 'has_all', ['Red', 'Green']))).toEqual([])
})

test('a retired field is not told, and comes back with its values', async () => {
  const field = await aField({ type: 'text' })
  const lead = await aLead({ [field.key]: 'kept' })
  const retired = await change(field, { retired: true })
  const read = () => owner.call<Lead>('GET', `/crm/leads/${lead.id}`)
  expect((await read()).body.custom).not.toHaveProperty(field.key)
  const filtered = await owner.call(
    'GET',
    `/crm/leads?${new URLSearchParams(where(field, 'eq', 'kept')).toString()}`,
  )
  expect(filtered.status).toBe(422)
  await change(retired.body, { retired: false })
  expect((await read()).body.custom).toMatchObject({ [field.key]: 'kept' })
  expect(await names(where(field, 'eq', 'kept'))).toHaveLength(1)
})

test('a field with values is not deleted; one without is gone', async () => {
  const field = await aField({ type: 'text' })
  const lead = await aLead({ [field.key]: 'x' })
  expect((await owner.call('DELETE', `/crm/custom-fields/${field.id}`)).status).toBe(409)
  await owner.call('PATCH', `/crm/leads/${lead.id}`, { body: { custom: { [field.key]: null } } })
  expect((await owner.call('DELETE', `/crm/custom-fields/${field.id}`)).status).toBe(204)
})

test('a relation leads to a record that the caller can read, and from there back', async () => {
  const field = await aField({ type: 'relation', to: 'company' })
  const company = await owner.call<{ id: string }>('POST', '/crm/companies', { body: { name: 'Partner' } })
  await aLead({ [field.key]: company.body.id }, owner, 'Introduced')
  expect(await names(where(field, 'eq', company.body.id))).toEqual(['Introduced'])
  const foreign = await other.call<{ id: string }>('POST', '/crm/companies', { body: { name: 'Foreign' } })
  const body = { full_name: 'Spy', custom: { [field.key]: foreign.body.id } }
  const refusal = await owner.call<Problem>('POST', '/crm/leads', { body })
  expect(refusal.body.errors?.[0]).toMatchObject({ path: `custom.${field.key}`, code: 'unknown_record' })
})

test('the fields of one organization mean nothing in another', async () => {
  const field = await aField({ type: 'number' })
  expect((await other.call('GET', `/crm/custom-fields/${field.id}`)).status).toBe(404)
  const lead = await aLead({ [field.key]: 'a text here' }, other)
  expect(lead.custom).toEqual({ [field.key]: 'a text here' })
})

test('whoever changed the field meanwhile is not overwritten', async () => {
  const field = await aField({ type: 'text' })
  await change(field, { label: 'First' })
  const late = await change<Problem>(field, { label: 'Second' })
  expect(late.status).toBe(409)
  expect(late.body).toMatchObject({ code: 'version_conflict', conflicts: ['label'] })
})
