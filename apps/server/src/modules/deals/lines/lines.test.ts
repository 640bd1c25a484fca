import type { Activity, AuditEntry, Deal, LineItems, Problem, Product } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../../testing/app.ts'
import { joinWith } from '../../../testing/members.ts'

let app: TestApp
let owner: Caller
let copper: Product

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  copper = await aProduct({ name: 'Copper', code: 'CU-1', unit: 'kg', price: 10.5, tax_rate: 19 })
})
afterAll(() => app?.stop())

async function aProduct(fields: Record<string, unknown>): Promise<Product> {
  const answer = await owner.call<Product>('POST', '/crm/products', { body: fields })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const aDeal = async (fields: Record<string, unknown> = {}): Promise<Deal> =>
  (await owner.call<Deal>('POST', '/crm/deals', { body: { name: 'Deal', ...fields } })).body
const add = <Body = LineItems>({ id }: { id: string }, body: object, caller = owner) =>
  caller.call<Body>('POST', `/crm/deals/${id}/line-items`, { body })
const change = <Body = LineItems>({ id }: Deal, line: string, body: object) =>
  owner.call<Body>('PATCH', `/crm/deals/${id}/line-items/${line}`, { body })
const read = async ({ id }: Deal) => (await owner.call<Deal>('GET', `/crm/deals/${id}`)).body
const firstOf = ({ body }: { body: LineItems }) => body.items[0]?.id ?? ''
const refusal = ({ status, body }: { status: number; body: Problem }) => [
  status,
  body.errors?.[0]?.path,
  body.errors?.[0]?.code,
]

describe('a line item', () => {
  test('takes what is not given from its product, and keeps it when the product changes', async () => {
    const deal = await aDeal({ value: 3 })
    const { status, body } = await add(deal, { product_id: copper.id, quantity: 2.5 })
    expect(status).toBe(201)
    expect(body.items[0]).toMatchObject({
      product_id: copper.id,
      name: 'Copper',
      unit: 'kg',
      quantity: 2.5,
      unit_price: 10.5,
      tax_percent: 19,
      net: 26.25,
      tax: 4.99,
      gross: 31.24,
    })
    await owner.call('PATCH', `/crm/products/${copper.id}`, { body: { price: 11 } })
    const listed = await owner.call<LineItems>('GET', `/crm/deals/${deal.id}/line-items`)
    expect(listed.body).toEqual(body)
    await owner.call('PATCH', `/crm/products/${copper.id}`, { body: { price: 10.5 } })
  })

  test('makes the deal worth the net total, in one version, told by event, timeline and audit log', async () => {
    const deal = await aDeal({ value: 3 })
    const { body } = await add(deal, { name: 'Setup', quantity: 2, unit_price: 100, discount_percent: 5 })
    expect(body.totals).toEqual({ net: 190, discount: 10, tax: 0, gross: 190 })
    expect(body.deal).toEqual({ id: deal.id, version: deal.version + 1, value: 190 })
    expect(await read(deal)).toMatchObject({ value: 190, version: deal.version + 1 })
    const changes = { value: [3, 190], line_items: [null, '2 × Setup, 100 USD, −5 %'] }
    const timeline = await owner.call<{ items: Activity[] }>('GET', `/crm/deals/${deal.id}/timeline`)
    expect(timeline.body.items[0]).toMatchObject({ type: 'updated', data: { changes } })
    const log = await owner.call<{ items: AuditEntry[] }>(
      'GET',
      `/organizations/current/audit-log?record_id=${deal.id}&action=deal.updated`,
    )
    expect(log.body.items).toHaveLength(1)
    expect(log.body.items[0]).toMatchObject({ before: { value: 3 }, after: { value: 190 } })
  })

  test('is changed and put in another place; when the last one goes, the value stays and is free again', async () => {
    const deal = await aDeal()
    await add(deal, { name: 'A', unit_price: 1 })
    await add(deal, { name: 'B', unit_price: 2 })
    const { body } = await add(deal, { name: 'C', unit_price: 4, position: 0 })
    expect(body.items.map(({ name, position }) => [name, position])).toEqual([
      ['C', 0],
      ['A', 1],
      ['B', 2],
    ])
    const moved = await change(deal, firstOf({ body }), { position: 2, quantity: 3 })
    expect(moved.body.items.map(({ name, net }) => [name, net])).toEqual([
      ['A', 1],
      ['B', 2],
      ['C', 12],
    ])
    const same = await change(deal, firstOf(moved), { name: 'A' })
    expect(same.body.deal.version).toBe(moved.body.deal.version)
    for (const { id } of moved.body.items)
      expect((await owner.call('DELETE', `/crm/deals/${deal.id}/line-items/${id}`)).status).toBe(204)
    const empty = await owner.call<LineItems>('GET', `/crm/deals/${deal.id}/line-items`)
    expect(empty.body).toMatchObject({ items: [], totals: { net: 0 }, deal: { value: 12 } })
    const freed = await owner.call<Deal>('PATCH', `/crm/deals/${deal.id}`, { body: { value: 5 } })
    expect(freed.body.value).toBe(5)
  })

  test('leaves neither value nor currency of its deal to anybody else, at once and with a move', async () => {
    const deal = await aDeal()
    await add(deal, { name: 'A', unit_price: 7 })
    const path = `/crm/deals/${deal.id}`
    expect(refusal(await owner.call<Problem>('PATCH', path, { body: { value: 8 } }))).toEqual([
      422,
      'value',
      'follows_lines',
    ])
    expect(refusal(await owner.call<Problem>('PATCH', path, { body: { currency: 'EUR' } }))).toEqual([
      422,
      'currency',
      'follows_lines',
    ])
    expect((await owner.call('PATCH', path, { body: { value: 7, name: 'Same' } })).status).toBe(200)
    expect(await read(deal)).toMatchObject({ value: 7, currency: 'USD', name: 'Same' })
  })

  test('added by ten at once is added ten times, and the value is their sum', async () => {
    const deal = await aDeal()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => add(deal, { name: `Line ${index}`, unit_price: 0.1 })),
    )
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    const { body } = await owner.call<LineItems>('GET', `/crm/deals/${deal.id}/line-items`)
    expect(body.items.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect((await read(deal)).value).toBe(1)
  })

  test('of a deal that was changed since is refused by version', async () => {
    const deal = await aDeal()
    await owner.call('PATCH', `/crm/deals/${deal.id}`, { body: { name: 'Newer' } })
    const stale = await add<Problem>(deal, { name: 'A', unit_price: 1, version: deal.version })
    expect([stale.status, stale.body.code]).toEqual([409, 'version_conflict'])
  })

  test('is refused with the place that is wrong, and nothing is kept', async () => {
    const yen = await aDeal({ currency: 'JPY' })
    const gone = await aProduct({ name: 'Old', price: 1, status: 'retired' })
    const refused = async (body: object) => refusal(await add<Problem>(yen, body))
    expect(await refused({ product_id: copper.id })).toEqual([422, 'unit_price', 'no_price'])
    expect(await refused({ name: 'A', unit_price: 1.5 })).toEqual([422, 'unit_price', 'too_precise'])
    expect(await refused({ name: 'A', unit_price: 1, quantity: 1.00001 })).toEqual([
      422,
      'quantity',
      'custom',
    ])
    expect(await refused({ unit_price: 1 })).toEqual([422, 'name', 'custom'])
    expect(await refused({ product_id: gone.id, unit_price: 1 })).toEqual([
      422,
      'product_id',
      'retired_product',
    ])
    expect(await refused({ name: 'A', unit_price: 1_000_000_000, quantity: 1_000_000 })).toEqual([
      422,
      'unit_price',
      'total_too_large',
    ])
    expect((await owner.call<LineItems>('GET', `/crm/deals/${yen.id}/line-items`)).body.items).toEqual([])
  })
})

describe('a role that does not see what deals are worth', () => {
  test('sees no line items, adds none, prints no quote, and hears of no price', async () => {
    const deal = await aDeal()
    await add(deal, { name: 'Secret', unit_price: 4711 })
    const blind = await joinWith(app, owner, { field_rules: { deal: { value: 'hidden' } } })
    for (const path of ['line-items', 'quote.pdf']) {
      const answer = await blind.call<Problem>('GET', `/crm/deals/${deal.id}/${path}`)
      expect([answer.status, answer.body.code], path).toEqual([403, 'value_hidden'])
    }
    const added = await add<Problem>(deal, { name: 'A', unit_price: 1 }, blind)
    expect(refusal(added)).toEqual([422, 'value', 'forbidden_field'])
    const timeline = await blind.call('GET', `/crm/deals/${deal.id}/timeline`)
    expect(timeline.text).not.toContain('4711')
  })
})

describe('products', () => {
  test('belong to nobody: a role reads all of them or none, and changes them only when it may', async () => {
    const viewer = await app.join(owner, 'viewer')
    const listed = await viewer.call<{ items: Product[] }>('GET', '/crm/products?sort=name')
    expect(listed.body.items.map(({ name, can }) => [name, can])).toContainEqual([
      'Copper',
      { update: false, delete: false },
    ])
    expect((await viewer.call('PATCH', `/crm/products/${copper.id}`, { body: { name: 'X' } })).status).toBe(
      403,
    )
    const blind = await joinWith(app, owner, { grants: { 'deals:read': 'all', 'pipelines:read': 'all' } })
    expect((await blind.call('GET', '/crm/products')).status).toBe(403)
  })

  test('have exact prices and rates, are found by their code, sorted by rate, and go to the trash and back', async () => {
    const cheap = await aProduct({
      name: 'Washer',
      code: 'W-900',
      price: 0.01,
      tax_rate: 7.7,
      status: 'active',
    })
    expect(cheap).toMatchObject({ price: 0.01, tax_rate: 7.7, currency: 'USD', status: 'active' })
    const found = await owner.call<{ items: { id: string }[] }>('GET', '/crm/search?q=W-900')
    expect(found.body.items[0]?.id).toBe(cheap.id)
    const filter = encodeURIComponent(JSON.stringify({ field: 'tax_rate', op: 'between', value: [7, 8] }))
    const rated = await owner.call<{ items: Product[] }>(
      'GET',
      `/crm/products?sort=-tax_rate&filter=${filter}`,
    )
    expect(rated.body.items.map(({ id }) => id)).toEqual([cheap.id])
    expect((await owner.call('DELETE', `/crm/products/${cheap.id}`)).status).toBe(204)
    const restored = await owner.call<Product>('POST', `/crm/products/${cheap.id}/restore`)
    expect(restored.body).toMatchObject({ id: cheap.id, deleted_at: null })
  })

  test('cannot be given to anybody, one by one or many at once', async () => {
    const path = `/crm/products/${copper.id}/assign`
    expect((await owner.call('PUT', path, { body: { owner_id: null } })).status).toBe(404)
    const many = await owner.call<Problem>('POST', '/crm/products/bulk', {
      body: { ids: [copper.id], action: 'assign', owner_id: owner.session.user.id },
    })
    expect(refusal(many)).toEqual([422, 'action', 'unknown_field'])
  })
})
