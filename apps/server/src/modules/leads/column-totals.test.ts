import type { Totals } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aLead } from '../../testing/bulk.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => void (app = await createTestApp()))
afterAll(() => app?.stop())
beforeEach(async () => void (owner = await app.register()))

const totals = async (member: Caller, query = '') => {
  const answer = await member.call<Totals>('GET', `/crm/leads/totals?fields=estimated_value,score${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}
const inRome = `&filter=${encodeURIComponent(JSON.stringify({ field: 'city', op: 'eq', value: 'Rome' }))}`

test('the totals of a list are those of all records that it finds, each currency by itself, exact', async () => {
  for (const estimated_value of [0.1, 0.2, 70.05])
    await aLead(owner, { estimated_value, currency: 'USD', score: 10, city: 'Rome' })
  await aLead(owner, { estimated_value: 5, currency: 'BRL', score: 7 })
  await aLead(owner)
  expect(await totals(owner)).toEqual({
    count: 5,
    sums: [
      { field: 'estimated_value', currency: 'BRL', value: 5, filled: 1 },
      { field: 'estimated_value', currency: 'USD', value: 70.35, filled: 3 },
      { field: 'score', currency: null, value: 37, filled: 4 },
    ],
  })
  expect(await totals(owner, inRome)).toMatchObject({ count: 3, sums: [{ value: 70.35 }, { value: 30 }] })
  expect((await owner.call<Totals>('GET', '/crm/contacts/totals')).body).toEqual({ count: 0, sums: [] })
})

test('own fields are added up as well, and the trash by itself', async () => {
  const made = await owner.call('POST', '/crm/custom-fields', {
    body: { object: 'lead', key: 'seats', label: 'Seats', type: 'number' },
  })
  expect(made.status, made.text).toBe(201)
  await aLead(owner, { custom: { seats: 3.5 } })
  const trashed = await aLead(owner, { custom: { seats: 4 } })
  await owner.call('DELETE', `/crm/leads/${trashed.id}`)
  const sumOf = async (query: string) =>
    (await owner.call<Totals>('GET', `/crm/leads/totals?fields=custom.seats${query}`)).body
  expect(await sumOf('')).toMatchObject({ count: 1, sums: [{ field: 'custom.seats', value: 3.5 }] })
  expect(await sumOf('&trashed=true')).toMatchObject({ count: 1, sums: [{ value: 4 }] })
})

test('only what the role may read and sees is added up', async () => {
  const member = await app.join(owner, 'lead_generator')
  await aLead(owner, { estimated_value: 100 })
  await aLead(member, { estimated_value: 7 })
  expect(await totals(member)).toMatchObject({ count: 1, sums: [{ value: 7 }] })
  const role = await owner.call<{ id: string }>('POST', '/organizations/current/roles', {
    body: { name: 'Without worth', from: 'sales', field_rules: { lead: { estimated_value: 'hidden' } } },
  })
  const blind = await app.join(owner, role.body.id)
  expect(await blind.call('GET', '/crm/leads/totals?fields=estimated_value')).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'fields', code: 'unknown_field' }] },
  })
  expect((await owner.call('GET', '/crm/leads/totals?fields=full_name')).status).toBe(422)
})

test('how many there are is told exactly: counted as far as that is quick, known by the roll-up beyond', async () => {
  const lead = await aLead(owner, { city: 'Rome' })
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  try {
    await admin.query(
      `INSERT INTO leads SELECT (jsonb_populate_record(l, jsonb_build_object('id', uuidv7(), 'city', 'Bari'))).*
       FROM leads l, generate_series(1, 10199) WHERE l.id = $1`,
      [lead.id],
    )
    await admin.query(
      `UPDATE record_totals SET records = records + 10199 WHERE organization_id = $1 AND object = 'lead'`,
      [owner.session.organization.id],
    )
  } finally {
    await admin.end()
  }
  const totalOf = async (query: string) =>
    (await owner.call<{ total: number }>('GET', `/crm/leads?limit=1&count=estimate${query}`)).body.total
  expect(await totalOf('')).toBe(10_200)
  expect(await totalOf(inRome)).toBe(1)
  const some = `&filter=${encodeURIComponent(JSON.stringify({ field: 'city', op: 'ne', value: 'Rome' }))}`
  expect(await totalOf(some)).toBeGreaterThan(10_000)
})
