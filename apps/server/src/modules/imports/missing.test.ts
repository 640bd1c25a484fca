import type { Company, Contact, ImportUpload } from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import type { DryRun } from './dry-run.ts'
import { ended, start, uploadOf } from './imports.fixture.ts'

let house: TestApp
let owner: Caller
beforeAll(async () => void (house = await createTestApp()))
afterAll(() => house?.stop())
beforeEach(async () => void (owner = await house.register()))

const people = [
  'name,email,company',
  'Ana,ana@x.com,Acme',
  'Bo,bo@x.com,Bits Ltd.',
  'Cy,cy@x.com,ACME',
  'Di,di@x.com,Here',
  'Ed,ed@x.com,ed@nowhere.example',
  'Fay,fay@x.com,',
  ...Array.from({ length: 300 }, (_, n) => `P${n},p${n}@x.com,${n % 2 === 0 ? 'acme' : `Firm ${n}`}`),
].join('\n')
const mapping = { name: 'full_name', email: 'email', company: 'company_id' }

const list = async <Item>(path: string): Promise<Item[]> => {
  const answer = await owner.call<{ items: Item[] }>('GET', `/crm/${path}?limit=200`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.items
}

async function uploaded(file = people, object = 'contact', member = owner): Promise<ImportUpload> {
  const { body, status, text } = await uploadOf(member, object, file)
  expect(status, text).toBe(201)
  return body
}

async function bringIn(plan: Record<string, unknown>, file = people, object = 'contact') {
  const upload = await uploaded(file, object)
  const started = await start(owner, upload, plan)
  expect(started.status, started.text).toBe(202)
  return ended(owner, upload.id)
}

describe('companies that are not there', () => {
  beforeEach(async () => {
    expect((await owner.call('POST', '/crm/companies', { body: { name: 'Here' } })).status).toBe(201)
  })

  it('are proposed by the name of the column, and the mapping stays as it was', async () => {
    const { columns, guessed_mapping } = await uploaded()
    expect(guessed_mapping['company']).toBe('custom.company')
    expect(columns.map(({ missing_relation }) => missing_relation)).toEqual([null, null, 'company_id'])
  })

  it('fail the rows that name them unless they are wanted', async () => {
    const run = await bringIn({ mapping }, people)
    expect(run).toMatchObject({ created: 2, failed: 304, companies: 0 })
    expect(await list('companies')).toHaveLength(1)
  })

  it('are told by the check and made once, however often and in whatever capitals they are named', async () => {
    const upload = await uploaded()
    const plan = { mapping, create_companies: true }
    const check = await owner.call<DryRun>('POST', `/crm/imports/${upload.id}/validate`, { body: plan })
    expect(check.body).toMatchObject({ new: 305, invalid: 1, new_companies: { count: 152 } })
    expect(check.body.new_companies.names.slice(0, 3)).toEqual(['Acme', 'Bits Ltd.', 'Firm 1'])
    expect(await list('companies')).toHaveLength(1)

    await start(owner, upload, plan)
    expect(await ended(owner, upload.id)).toMatchObject({ created: 305, failed: 1, companies: 152 })
    const companies = await list<Company>('companies')
    const names = companies.map(({ name }) => name)
    expect(names).toHaveLength(153)
    expect(new Set(names).size).toBe(153)
    const idOf = (name: string) => companies.find((one) => one.name === name)?.id
    const contacts = new Map((await list<Contact>('contacts')).map((one) => [one.full_name, one.company_id]))
    expect([contacts.get('P296'), contacts.get('P297'), contacts.get('P298')]).toEqual([
      idOf('Acme'),
      idOf('Firm 297'),
      idOf('Acme'),
    ])
    const errors = await owner.call('GET', `/crm/imports/${upload.id}/errors.csv`)
    expect(errors.text).toContain(
      'Ed,ed@x.com,ed@nowhere.example,"company: is the name, id or address of no company"',
    )
  })

  it('go again with the import that made them, but for what somebody changed since', async () => {
    const run = await bringIn({ mapping, create_companies: true })
    const made = (await list<Company>('companies')).find(({ name }) => name === 'Acme')
    const changed = await owner.call('PATCH', `/crm/companies/${made?.id}`, {
      body: { city: 'Recife', version: made?.version },
    })
    expect(changed.status, changed.text).toBe(200)
    await owner.call('POST', `/crm/imports/${run.id}/undo`)
    expect(await ended(owner, run.id)).toMatchObject({ state: 'undone', undone: 456, kept: 1 })
    expect((await list<Company>('companies')).map(({ name }) => name).toSorted()).toEqual(['Acme', 'Here'])
    expect(await list('contacts')).toEqual([])
    const kept = await owner.call<{ items: unknown[] }>('GET', `/crm/imports/${run.id}/kept`)
    expect(kept.body.items).toEqual([{ object: 'company', record_id: made?.id, name: 'Acme', fields: [] }])
  })

  it('are no other rows of the same file', async () => {
    const file = 'name,parent company\nBelow,Above\nAbove,Top\n'
    const plan = { mapping: { name: 'name', 'parent company': 'parent_id' }, create_companies: true }
    expect(await bringIn(plan, file, 'company')).toMatchObject({ created: 2, companies: 1, failed: 0 })
    const companies = new Map((await list<Company>('companies')).map((one) => [one.name, one]))
    expect([...companies.keys()].toSorted()).toEqual(['Above', 'Below', 'Here', 'Top'])
    expect(companies.get('Below')?.parent_id).toBe(companies.get('Above')?.id)
    expect(companies.get('Above')?.parent_id).toBe(companies.get('Top')?.id)
  })

  it('are not made where they must have more than a name', async () => {
    const field = { object: 'company', key: 'size', label: 'Size', type: 'text', required: true }
    expect((await owner.call('POST', '/crm/custom-fields', { body: field })).status).toBe(201)
    const { id, columns } = await uploaded()
    expect(columns.map(({ missing_relation }) => missing_relation)).toEqual([null, null, null])
    for (const step of ['validate', 'start']) {
      const body = { mapping, create_companies: true }
      const answer = await owner.call('POST', `/crm/imports/${id}/${step}`, { body })
      expect(answer.status).toBe(422)
      expect(answer.text).toContain('companies need more than a name: Size')
    }
  })

  it('are made by nobody whose role may make none', async () => {
    const role = await owner.call<{ id: string }>('POST', '/organizations/current/roles', {
      body: {
        name: 'Contacts only',
        from: 'viewer',
        grants: {
          'leads:import': 'all',
          'leads:read': 'all',
          'pipelines:read': 'all',
          'contacts:create': 'all',
          'contacts:read': 'all',
          'companies:read': 'all',
        },
      },
    })
    expect(role.status, role.text).toBe(201)
    const member = await house.join(owner, role.body.id)
    const { id, columns } = await uploaded(people, 'contact', member)
    expect(columns.map(({ missing_relation }) => missing_relation)).toEqual([null, null, null])
    for (const step of ['validate', 'start']) {
      const answer = await member.call('POST', `/crm/imports/${id}/${step}`, {
        body: { mapping, create_companies: true },
      })
      expect(answer.status, answer.text).toBe(403)
    }
  })
})
