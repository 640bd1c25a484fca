import type { Company, Contact, Deal, Lead } from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import type { DryRun } from './dry-run.ts'
import { ended, start, uploadOf } from './imports.fixture.ts'

let house: TestApp
let owner: Caller
beforeAll(async () => void (house = await createTestApp()))
afterAll(() => house?.stop())
beforeEach(async () => void (owner = await house.register()))

const listed = async <Item>(path: string): Promise<Item[]> => {
  const answer = await owner.call<{ items: Item[] }>('GET', `/crm/${path}?limit=200`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.items
}

const byName = ([one]: readonly unknown[], [other]: readonly unknown[]) =>
  String(one).localeCompare(String(other))

async function uploaded(file: string, object = 'lead') {
  const { body, status, text } = await uploadOf(owner, object, file)
  expect(status, text).toBe(201)
  return body
}

async function bringIn(file: string, plan: Record<string, unknown>, object = 'lead') {
  const upload = await uploaded(file, object)
  const started = await start(owner, upload, plan)
  expect(started.status, started.text).toBe(202)
  return ended(owner, upload.id)
}

const leads = [
  'Name,E-mail,Phone,Score,Value,Currency',
  'Ana,ana@x.com,+55 11 98765-4321,10,100,USD',
  'Bo,bo at x.com,unknown,20,"1,000",USD',
  'Cy,cy@x.com,,high,R$ 5,USD',
  ',dora@x.com,,30,10,USD',
  'Ed,ed@x.com,,40,10,USD,too,much',
].join('\n')
const mapping = {
  Name: 'full_name',
  'E-mail': 'email',
  Phone: 'phone',
  Score: 'score',
  Value: 'estimated_value',
  Currency: 'currency',
}

describe('rows of which something cannot be read', () => {
  it('fail unless they are wanted', async () => {
    expect(await bringIn(leads, { mapping })).toMatchObject({ created: 1, failed: 4, unreadable: 0 })
  })

  it('are told by the check with what would be kept, apart from those that still fail', async () => {
    const upload = await uploaded(leads)
    const plan = { mapping, keep_unreadable: true }
    const { body } = await owner.call<DryRun>('POST', `/crm/imports/${upload.id}/validate`, { body: plan })
    expect(body).toMatchObject({ total: 5, new: 4, invalid: 1, unreadable: 3 })
    expect(body.errors.map(({ row, column, value, is_kept }) => [row, column, value, is_kept])).toEqual([
      [3, 'E-mail', 'bo at x.com', true],
      [4, 'Score', 'high', true],
      [5, 'Name', '', true],
      [6, null, 'too much', false],
    ])
    expect(body.errors[0]?.message).toBe('is not an e-mail address; Phone is not a phone number')
  })

  it('come in with the texts as they were written, and their fields stay empty', async () => {
    const run = await bringIn(leads, { mapping, keep_unreadable: true })
    expect(run).toMatchObject({ created: 4, failed: 1, unreadable: 3, keep_unreadable: true })
    const made = new Map((await listed<Lead>('leads')).map((lead) => [lead.full_name, lead]))
    expect([...made.keys()].toSorted()).toEqual(['Ana', 'Bo', 'Cy', 'dora@x.com'])
    expect(made.get('Ana')?.custom).toEqual({})
    expect(made.get('Bo')).toMatchObject({
      email: null,
      phone: null,
      score: 20,
      estimated_value: 1000,
      custom: { e_mail: 'bo at x.com', phone: 'unknown' },
    })
    expect(made.get('Cy')).toMatchObject({
      email: 'cy@x.com',
      score: null,
      estimated_value: null,
      custom: { score: 'high', value: 'R$ 5' },
    })
  })

  it('keep texts beside own fields, whose values have a type', async () => {
    const field = { object: 'lead', key: 'size', label: 'Size', type: 'number' }
    expect((await owner.call('POST', '/crm/custom-fields', { body: field })).status).toBe(201)
    const file = 'Name,Size\nAna,12\nBo,a dozen\n'
    const plan = { mapping: { Name: 'full_name', Size: 'custom.size' }, keep_unreadable: true }
    expect(await bringIn(file, plan)).toMatchObject({ created: 2, failed: 0, unreadable: 1 })
    const made = new Map((await listed<Lead>('leads')).map((lead) => [lead.full_name, lead.custom]))
    expect(Object.fromEntries(made)).toEqual({ Ana: { size: 12 }, Bo: { size_2: 'a dozen' } })
  })

  it('fail all the same where a field that is needed would stay empty', async () => {
    const field = { object: 'lead', key: 'size', label: 'Size', type: 'number', required: true }
    expect((await owner.call('POST', '/crm/custom-fields', { body: field })).status).toBe(201)
    const plan = { mapping: { Name: 'full_name', Size: 'custom.size' }, keep_unreadable: true }
    expect(await bringIn('Name,Size\nAna,12\nBo,a dozen\n', plan)).toMatchObject({ created: 1, failed: 1 })
  })

  it('keep what names a record that is not there, or more than one', async () => {
    for (const name of ['Twice', 'Twice', 'Once'])
      expect((await owner.call('POST', '/crm/companies', { body: { name } })).status).toBe(201)
    const file = 'Name,Company\nAna,Once\nBo,Twice\nCy,Nowhere\n'
    const plan = { mapping: { Name: 'full_name', Company: 'company_id' }, keep_unreadable: true }
    expect(await bringIn(file, plan, 'contact')).toMatchObject({ created: 3, failed: 0, unreadable: 2 })
    const once = (await listed<Company>('companies')).find(({ name }) => name === 'Once')
    const made = (await listed<Contact>('contacts')).map(
      ({ full_name, company_id, custom }) => [full_name, company_id, custom] as const,
    )
    expect(made.toSorted(byName)).toEqual([
      ['Ana', once?.id, {}],
      ['Bo', null, { company: 'Twice' }],
      ['Cy', null, { company: 'Nowhere' }],
    ])
  })

  it('change records that are there, and go back with the import', async () => {
    await bringIn('Name,E-mail,Score\nAna,ana@x.com,10\n', {
      mapping: { Name: 'full_name', 'E-mail': 'email', Score: 'score' },
    })
    const run = await bringIn('Name,E-mail,Score\nAna,ana@x.com,high\n', {
      mapping: { Name: 'full_name', 'E-mail': 'email', Score: 'score' },
      duplicate_policy: 'overwrite',
      keep_unreadable: true,
    })
    expect(run).toMatchObject({ created: 0, updated: 1, unreadable: 1 })
    expect((await listed<Lead>('leads'))[0]).toMatchObject({ score: 10, custom: { score: 'high' } })
    await owner.call('POST', `/crm/imports/${run.id}/undo`)
    expect(await ended(owner, run.id)).toMatchObject({ state: 'undone', undone: 1 })
    expect((await listed<Lead>('leads'))[0]).toMatchObject({ score: 10, custom: {} })
  })
})

describe('stages of the other language', () => {
  it('are those of the pipeline', async () => {
    const file = 'Deal,Stage\nA,Proposta\nB,Negociação\nC,Somewhere\n'
    const run = await bringIn(file, { mapping: { Deal: 'name', Stage: 'stage_id' } }, 'deal')
    expect(run).toMatchObject({ created: 3 })
    const { body } = await owner.call<{
      items: { object: string; stages: { id: string; name: string }[] }[]
    }>('GET', '/crm/pipelines')
    const nameOf = new Map(body.items.flatMap(({ stages }) => stages).map(({ id, name }) => [id, name]))
    const found = (await listed<Deal>('deals')).map(({ name, stage_id, custom }) => [
      name,
      nameOf.get(stage_id),
      custom,
    ])
    expect(found.toSorted(byName)).toEqual([
      ['A', 'Proposal', {}],
      ['B', 'Negotiation', {}],
      ['C', 'Qualification', { stage: 'Somewhere' }],
    ])
  })
})
