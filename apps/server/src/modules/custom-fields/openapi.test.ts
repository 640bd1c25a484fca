/** The OpenAPI document of an organization tells the fields that it made, to those who see them. */
import type { CustomField } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

type Json = Record<string, unknown>
type Schema = { properties?: Record<string, Json>; required?: string[]; $ref?: string }
type Document = {
  paths: Record<string, Record<string, Json>>
  components: { schemas: Record<string, Schema> }
}

let app: TestApp
let owner: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
})
afterAll(() => app?.stop())

async function aField(caller: Caller, body: Json): Promise<void> {
  const answer = await caller.call<CustomField>('POST', '/crm/custom-fields', { body })
  expect(answer.status, answer.text).toBe(201)
}

async function schemasOf(caller: Caller): Promise<Record<string, Schema>> {
  const answer = await caller.call<Document>('GET', '/crm/openapi.json')
  expect(answer.status, answer.text.slice(0, 300)).toBe(200)
  return answer.body.components.schemas
}

test('a field is in the document as soon as it is made, with type, label, options and whether it is needed', async () => {
  await aField(owner, { object: 'lead', key: 'size', label: 'Head count', type: 'number', required: true })
  await aField(owner, {
    object: 'lead',
    key: 'tier',
    label: 'Tier',
    type: 'select',
    options: ['Gold', 'Silver'],
  })
  await aField(owner, {
    object: 'lead',
    key: 'double',
    label: 'Double',
    type: 'formula',
    formula: 'custom.size * 2',
  })
  const { new_lead_custom, changed_lead_custom, told_lead_custom, told_deal_custom } = await schemasOf(owner)
  expect(told_lead_custom?.properties).toMatchObject({
    size: { type: 'number', title: 'Head count', 'x-type': 'number', 'x-required': true },
    tier: { type: 'string', enum: ['Gold', 'Silver'], 'x-labels': { Gold: 'Gold' }, title: 'Tier' },
    double: { type: 'number', readOnly: true },
  })
  expect(new_lead_custom?.required).toEqual(['size'])
  expect(new_lead_custom?.properties?.['size']).toMatchObject({ type: 'number' })
  expect(changed_lead_custom?.required).toBeUndefined()
  expect(changed_lead_custom?.properties?.['tier']).toMatchObject({
    anyOf: [{ type: 'string' }, { type: 'null' }],
  })
  expect(Object.keys(changed_lead_custom?.properties ?? {})).toEqual(['size', 'tier'])
  expect(told_deal_custom?.properties).toEqual({})
})

test('the operations of an object refer to its fields, and to nothing that is missing', async () => {
  const { text, body } = await owner.call<Document>('GET', '/crm/openapi.json')
  const create = JSON.stringify(body.paths['/api/crm/leads']?.['post'])
  expect(create).toContain('"custom":{"$ref":"#/components/schemas/new_lead_custom"}')
  expect(create).toContain('"custom":{"$ref":"#/components/schemas/told_lead_custom"}')
  for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    expect(body.components.schemas[name], name).toBeDefined()
})

test('neither another organization nor the public document tells of them', async () => {
  const other = await app.register()
  await aField(other, { object: 'lead', key: 'their_secret', label: 'Theirs', type: 'text' })
  expect(Object.keys((await schemasOf(other))['told_lead_custom']?.properties ?? {})).toEqual([
    'their_secret',
  ])
  expect(Object.keys((await schemasOf(owner))['told_lead_custom']?.properties ?? {})).not.toContain(
    'their_secret',
  )
  const open = await app.call<Document>('GET', '/openapi.json')
  for (const word of ['Head count', 'their_secret']) expect(open.text.includes(word), word).toBe(false)
})

test('a role is not told what its rules hide, nor asked for what it may only read', async () => {
  const rules = { lead: { 'custom.size': 'read', 'custom.tier': 'hidden' } }
  const role = await owner.call<{ id: string }>('POST', '/organizations/current/roles', {
    body: {
      name: 'Readers',
      from: 'caller',
      grants: { 'leads:read': 'all', 'leads:update': 'all', 'pipelines:read': 'all' },
      field_rules: rules,
    },
  })
  expect(role.status, role.text).toBe(201)
  const member = await app.join(owner, 'member')
  const given = await owner.call('PATCH', `/organizations/current/members/${member.session.user.id}`, {
    body: { role: role.body.id },
  })
  expect(given.status, given.text).toBe(200)
  const { told_lead_custom, changed_lead_custom, told_product_custom } = await schemasOf(member)
  expect(Object.keys(told_lead_custom?.properties ?? {})).toEqual(['size', 'double'])
  expect(changed_lead_custom?.properties).toEqual({})
  expect(told_product_custom?.properties).toBeUndefined()
})

test('a field that is renamed or retired is told so at once', async () => {
  const { body } = await owner.call<{ items: CustomField[] }>('GET', '/crm/custom-fields?object=lead')
  const tier = body.items.find(({ key }) => key === 'tier')
  const change = { label: 'Level', version: tier?.version }
  await owner.call('PATCH', `/crm/custom-fields/${tier?.id}`, { body: change })
  const told = async () => (await schemasOf(owner))['told_lead_custom']?.properties?.['tier']
  expect(await told()).toMatchObject({ title: 'Level' })
  await owner.call('PATCH', `/crm/custom-fields/${tier?.id}`, { body: { retired: true, version: 2 } })
  expect(await told()).toBeUndefined()
})
