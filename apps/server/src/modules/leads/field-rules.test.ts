/** What a role does not see of a lead it meets nowhere; what it sees but may not change stays as it is. */
import {
  roleGrants,
  type Activity,
  type Board,
  type ImportUpload,
  type Lead,
  type Pipeline,
  type Problem,
  type SearchHit,
} from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { changeRole, joinWith } from '../../testing/members.ts'

let app: TestApp
let owner: Caller
let blind: Caller
let pipeline: Pipeline
let ada: Lead

/** E-mail, value, phone and custom values are hidden; source, owner and stage can be seen but not changed. */
const field_rules = {
  lead: {
    email: 'hidden',
    phone: 'hidden',
    estimated_value: 'hidden',
    custom: 'hidden',
    source: 'read',
    owner_id: 'read',
    stage_id: 'read',
  },
} as const
const hidden = ['email', 'phone', 'estimated_value', 'custom']
const secrets = ['ada@hidden.example', '4711', '98765', 'secret-custom']
const values = {
  full_name: 'Ada Lovelace',
  company_name: 'Engines',
  email: 'ada@hidden.example',
  phone: '+49 30 4711471',
  estimated_value: 98765,
  source: 'Fair',
  custom: { note: 'secret-custom' },
}

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  blind = await joinWith(app, owner, { field_rules })
  pipeline = (await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines')).body.items[0] as Pipeline
  ada = (await owner.call<Lead>('POST', '/crm/leads', { body: values })).body
})
afterAll(() => app?.stop())

const one = () => `/crm/leads/${ada.id}`
const list = (query: Record<string, string>, by = blind) =>
  by.call<{ items: Lead[]; total?: number } & Problem>(
    'GET',
    `/crm/leads?${new URLSearchParams(query).toString()}`,
  )

function expectNoSecret(text: string): void {
  for (const secret of secrets) expect(text).not.toContain(secret)
}

describe('a hidden field', () => {
  test('is in no answer: neither the list, the record, nor the board and its totals', async () => {
    const board = `/crm/pipelines/${pipeline.id}/board`
    for (const path of ['/crm/leads', one(), board, `${board}?q=ada`]) {
      const { status, text } = await blind.call('GET', path)
      expect(status).toBe(200)
      expect(text).toContain('Ada Lovelace')
      expectNoSecret(text)
    }
    const record = await blind.call<Record<string, unknown>>('GET', one())
    for (const field of hidden) expect(record.body).not.toHaveProperty(field)
    expect(record.body).toMatchObject({ source: 'Fair', can: { update: true } })
    // Totals follow a moment later.
    await vi.waitFor(async () => {
      const { columns } = (await blind.call<Board>('GET', board)).body
      expect(columns.map((column) => [column.count, column.values])).toContainEqual([1, []])
    })
    const whole = (await owner.call<Board>('GET', board)).body.columns[0]
    expect(whole?.values).toMatchObject([{ value: 98765 }])
  })

  test('is unknown where fields are named: as one to answer with, to filter or to sort by', async () => {
    for (const field of ['email', 'phone', 'estimated_value']) {
      const queries: Record<string, string>[] = [
        { fields: field },
        { sort: `-${field}` },
        { filter: JSON.stringify({ field, op: 'is_not_empty' }) },
        { filter: JSON.stringify({ not: { or: [{ field, op: 'is_empty' }] } }) },
      ]
      for (const query of queries) {
        const { status, body } = await list(query)
        expect(status, JSON.stringify(query)).toBe(422)
        expect(body.errors?.[0]?.code).toBe('unknown_field')
        expect((await list(query, owner)).status).toBe(200)
      }
    }
    const custom = JSON.stringify({ field: 'custom.note', op: 'eq', value: 'secret-custom' })
    expect((await list({ filter: custom })).status).toBe(422)
    expect((await list({ fields: 'custom' })).status).toBe(422)
    const board = `/crm/pipelines/${pipeline.id}/board?filter=${encodeURIComponent(custom)}`
    expect((await blind.call('GET', board)).status).toBe(422)
  })

  test.each([
    ['ada@hidden.example', 0],
    ['ada@hidden', 0],
    ['hidden', 0],
    ['+49304711471', 0],
    ['030 4711471', 0],
    ['ada hidden', 0],
    ['ada', 1],
    ['engines ada', 1],
    ['love', 1],
  ])('is not found by: %s', async (q, expected) => {
    expect((await list({ q, count: 'exact' })).body).toMatchObject({ total: expected })
    expect((await list({ q, sort: 'full_name' })).body.items).toHaveLength(expected)
    expect((await list({ q }, owner)).body.items).toHaveLength(1)
    const hits = await blind.call<{ items: SearchHit[] }>('GET', `/crm/search?q=${encodeURIComponent(q)}`)
    expect(hits.body.items).toHaveLength(expected)
    expectNoSecret(hits.text)
    const board = await blind.call<Board>(
      'GET',
      `/crm/pipelines/${pipeline.id}/board?q=${encodeURIComponent(q)}`,
    )
    expect(board.body.columns.reduce((sum, column) => sum + column.count, 0)).toBe(expected)
  })

  test('is not found in the trash either', async () => {
    const { body } = await owner.call<Lead>('POST', '/crm/leads', {
      body: { ...values, full_name: 'Bin Bob' },
    })
    await owner.call('DELETE', `/crm/leads/${body.id}`)
    const trashed = { trashed: 'true' }
    expect((await list({ q: 'hidden.example', ...trashed })).body.items).toHaveLength(0)
    expect((await list({ q: 'bob', ...trashed })).body.items).toHaveLength(1)
  })

  test('is in no entry of the timeline, and a change of nothing else is no entry', async () => {
    const { body: lead } = await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Tim' } })
    const path = `/crm/leads/${lead.id}`
    await owner.call('PATCH', path, { body: { email: 'ada@hidden.example', city: 'Recife' } })
    await owner.call('PATCH', path, { body: { custom: { note: 'secret-custom' } } })
    const entries = async (by: Caller) => by.call<{ items: Activity[] }>('GET', `${path}/timeline`)
    const seen = await entries(blind)
    expectNoSecret(seen.text)
    expect(seen.body.items.map((entry) => [entry.type, Object.keys(entry.data['changes'] ?? {})])).toEqual([
      ['updated', ['city']],
      ['created', []],
    ])
    expect((await entries(owner)).body.items).toHaveLength(3)
  })
})

describe('a field that the role may not change', () => {
  test.each([
    ['email', 'new@example.com'],
    ['email', 'ada@hidden.example'],
    ['estimated_value', 1],
    ['currency', 'EUR'],
    ['custom', { note: 'x' }],
    ['source', 'Fair'],
    ['owner_id', null],
  ])('is refused by its name, even when nothing would change: %s', async (field, value) => {
    const refusal = { status: 422, body: { errors: [{ path: field, code: 'forbidden_field' }] } }
    expect(await blind.call('PATCH', one(), { body: { [field]: value } })).toMatchObject(refusal)
    expect(
      await blind.call('POST', '/crm/leads', { body: { full_name: 'New', [field]: value } }),
    ).toMatchObject(refusal)
    expect((await owner.call<Lead>('GET', one())).body).toEqual(ada)
  })

  test('leaves the others free', async () => {
    const made = await blind.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Free', city: 'Natal' } })
    expect(made.status).toBe(201)
    for (const field of hidden) expect(made.body).not.toHaveProperty(field)
    const changed = await blind.call<Lead>('PATCH', `/crm/leads/${made.body.id}`, {
      body: { city: 'Recife' },
    })
    expect(changed.body).toMatchObject({ city: 'Recife', owner_id: blind.session.user.id })
  })

  test('holds the stage, the place in it not, and the owner', async () => {
    const { body: lead } = await blind.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Held' } })
    const other = pipeline.stages[1]?.id
    const move = (body: object) => blind.call('PATCH', `/crm/leads/${lead.id}/stage`, { body })
    expect(await move({ stage_id: other, version: 1 })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'stage_id', code: 'forbidden_field' }] },
    })
    expect((await move({ stage_id: lead.stage_id, version: 1, position: 0 })).status).toBe(200)
    expect(
      (await blind.call('PUT', `/crm/leads/${lead.id}/assign`, { body: { owner_id: null } })).status,
    ).toBe(422)
    for (const [field, value] of [
      ['stage_id', other],
      ['pipeline_id', pipeline.id],
    ])
      expect(
        (await blind.call('POST', '/crm/leads', { body: { full_name: 'X', [String(field)]: value } })).status,
      ).toBe(422)
  })

  test('may be the name: then leads are made with one, and keep it', async () => {
    const naming = await joinWith(app, owner, { field_rules: { lead: { full_name: 'read' } } })
    const made = await naming.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Once' } })
    expect(made.status).toBe(201)
    const renamed = await naming.call('PATCH', `/crm/leads/${made.body.id}`, { body: { full_name: 'Twice' } })
    expect(renamed).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'full_name', code: 'forbidden_field' }] },
    })
  })
})

test('a conflict shows the record as the role sees it', async () => {
  const { body: lead } = await owner.call<Lead>('POST', '/crm/leads', {
    body: { ...values, full_name: 'Con' },
  })
  await owner.call('PATCH', `/crm/leads/${lead.id}`, {
    body: { city: 'Recife', email: 'too.ada@hidden.example' },
  })
  const stale = await blind.call<Problem>('PATCH', `/crm/leads/${lead.id}`, {
    body: { city: 'Natal', version: 1 },
  })
  expect(stale).toMatchObject({ status: 409, body: { conflicts: ['city'], current: { city: 'Recife' } } })
  expectNoSecret(stale.text)
})

test('an answer that was kept is not repeated to a role that may see less by now', async () => {
  const member = await joinWith(app, owner, {})
  const request = { body: { ...values, full_name: 'Kept' }, headers: { 'idempotency-key': 'kept' } }
  expect((await member.call('POST', '/crm/leads', request)).text).toContain('ada@hidden.example')
  expect((await member.call('POST', '/crm/leads', request)).status).toBe(201)
  await changeRole(owner, member.role.id, { field_rules: { lead: { email: 'hidden' } } })
  const again = await member.call('POST', '/crm/leads', request)
  expect(again).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } })
  expectNoSecret(again.text)
  expect((await list({ q: 'kept', count: 'exact' }, owner)).body.total).toBe(1)
})

describe('an import', () => {
  const upload = async (by: Caller, lines: string[]) => {
    const boundary = 'rapport-field-rules'
    const part = (head: string, text: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`
    const made = await by.call<ImportUpload>('POST', '/crm/imports', {
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: `${part('name="object"', 'lead')}${part('name="file"; filename="a.csv"', lines.join('\n'))}--${boundary}--\r\n`,
    })
    expect(made.status, made.text).toBe(201)
    return made.body
  }

  test('fills no field that the role may not change, and its guess leaves those out', async () => {
    const { id, guessed_mapping } = await upload(blind, [
      'Name,Email,City,Remark',
      'Ann,ann@example.com,Natal,x',
    ])
    expect(guessed_mapping).toEqual({ Name: 'full_name', Email: null, City: 'city', Remark: null })
    for (const [mapping, place] of [
      [{ Name: 'full_name', Email: 'email' }, 'mapping.Email'],
      [{ Name: 'full_name', Remark: 'custom.remark' }, 'mapping.Remark'],
      [{ Name: 'full_name', City: 'source' }, 'mapping.City'],
    ] as const)
      for (const action of ['validate', 'start'])
        expect(await blind.call('POST', `/crm/imports/${id}/${action}`, { body: { mapping } })).toMatchObject(
          {
            status: 422,
            body: { errors: [{ path: place, code: 'forbidden_field' }] },
          },
        )
    const checked = await blind.call('POST', `/crm/imports/${id}/validate`, {
      body: { mapping: guessed_mapping },
    })
    expect(checked).toMatchObject({ status: 200, body: { total: 1, new: 1 } })
  })

  test('of somebody else is not seen by a role from whom fields are hidden, nor by one who reads only their own', async () => {
    const { id } = await upload(owner, ['Name,Email', 'Ann,ada@hidden.example'])
    const generator = await app.join(owner, 'lead_generator')
    for (const member of [blind, generator]) {
      expect((await member.call('GET', `/crm/imports/${id}`)).status).toBe(404)
      expect((await member.call('GET', `/crm/imports/${id}/errors.csv`)).status).toBe(404)
      const { body } = await member.call<{ items: { id: string }[] }>('GET', '/crm/imports')
      expect(body.items.map((item) => item.id)).not.toContain(id)
    }
    expect((await (await app.join(owner, 'sales')).call('GET', `/crm/imports/${id}`)).status).toBe(200)
  })
})

test('a rule that is taken back shows the field again at once', async () => {
  const member = await joinWith(app, owner, { grants: roleGrants.viewer, field_rules })
  const read = async () => (await member.call<Lead>('GET', one())).body.email
  expect(await read()).toBeUndefined()
  await changeRole(owner, member.role.id, { field_rules: {} })
  expect(await read()).toBe(values.email)
  await changeRole(owner, member.role.id, { field_rules: { lead: { email: 'hidden' } } })
  expect(await read()).toBeUndefined()
})
