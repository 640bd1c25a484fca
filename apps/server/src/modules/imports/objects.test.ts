/** Every kind of record comes in by the same way, leads to what is there, and can be taken back. */
import type {
  Company,
  Contact,
  Deal,
  Import,
  ImportUpload,
  Lead,
  operations,
  Product,
  ReplyOf,
} from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { ended, start, uploadOf } from './imports.fixture.ts'
import { workbookOf } from '../../testing/workbooks.ts'

type DryRun = ReplyOf<typeof operations.imports.validate>

let house: TestApp
let owner: Caller
beforeAll(async () => void (house = await createTestApp()))
afterAll(() => house?.stop())
beforeEach(async () => void (owner = await house.register()))

async function bringIn(
  object: string,
  file: string,
  plan: Record<string, unknown> = {},
): Promise<ImportUpload> {
  const { body, status, text } = await uploadOf(owner, object, file)
  expect(status, text).toBe(201)
  const started = await start(owner, body, plan)
  expect(started.status, started.text).toBe(202)
  return ended(owner, body.id)
}

async function all<Item>(path: string): Promise<Item[]> {
  const answer = await owner.call<{ items: Item[] }>('GET', `/crm/${path}?limit=200`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.items
}
const byName = <Item extends { name: string }>(items: Item[]) =>
  Object.fromEntries(items.map((item) => [item.name, item]))

const accounts = [
  'account,sector,year_established,revenue,employees,office_location,subsidiary_of',
  'Below,software,1999,251.41,495,Brazil,Above',
  'Above,medical,1986,"1,647.18",1185,Kenya,',
  'Beside,retail,1990,10.5,7,Kenya,Above',
].join('\n')

describe('companies, contacts and deals, one file after the other', () => {
  it('lead to each other by name, e-mail and external id, wherever in the file the other row stands', async () => {
    expect(await bringIn('company', accounts)).toMatchObject({ state: 'completed', created: 3, failed: 0 })
    const companies = byName(await all<Company>('companies'))
    expect(companies['Below']).toMatchObject({
      parent_id: companies['Above']?.id,
      industry: 'software',
      country: 'Brazil',
      employees: 495,
      annual_revenue: 251.41,
      custom: { year_established: '1999' },
    })
    expect(companies['Beside']?.parent_id).toBe(companies['Above']?.id)
    expect(companies['Above']).toMatchObject({ annual_revenue: 1647.18, parent_id: null })

    const people = 'name;email;empresa\nAna;ana@x.com;below\nBo;bo@x.com;Above\n'
    expect(await bringIn('contact', people)).toMatchObject({ created: 2, failed: 0 })
    const contacts = await all<Contact>('contacts')
    expect(contacts.find(({ full_name }) => full_name === 'Ana')?.company_id).toBe(companies['Below']?.id)

    const sales = [
      'opportunity_id,sales_agent,account,deal_stage,engage_date,close_date,close_value',
      'D1,Moses Frase,Above,Won,10/20/2016,3/13/2017,1054',
      'D2,Moses Frase,Beside,Lost,10/25/2016,3/11/2017,0',
      'D3,Moses Frase,,Prospecting,,,',
      'D4,Moses Frase,,Proposal/Price Quote,,,',
    ].join('\n')
    const { body } = await uploadOf(owner, 'deal', sales)
    expect(body.guessed_mapping).toEqual({
      opportunity_id: 'external_id',
      sales_agent: 'custom.sales_agent',
      account: 'company_id',
      deal_stage: 'stage_id',
      engage_date: 'custom.engage_date',
      close_date: 'expected_close',
      close_value: 'value',
    })
    const dry = await owner.call<DryRun>('POST', `/crm/imports/${body.id}/validate`, {
      body: { mapping: body.guessed_mapping },
    })
    expect(dry.body).toMatchObject({ new: 4, invalid: 0, unknown_stages: [{ name: 'Prospecting', rows: 1 }] })
    await start(owner, body)
    expect(await ended(owner, body.id)).toMatchObject({ created: 4, failed: 0 })
    const deals = Object.fromEntries((await all<Deal>('deals')).map((deal) => [deal.external_id, deal]))
    expect(deals['D1']).toMatchObject({
      name: 'Above · D1',
      status: 'won',
      company_id: companies['Above']?.id,
      value: 1054,
      expected_close: '2017-03-13',
      closed_at: expect.stringMatching(/^2017-03-13T/) as string,
      custom: { sales_agent: 'Moses Frase', engage_date: '10/20/2016' },
    })
    expect(deals['D2']).toMatchObject({ status: 'lost', value: 0 })
    expect(deals['D3']).toMatchObject({ status: 'open', custom: { deal_stage: 'Prospecting' } })
    expect(deals['D4']?.custom).toEqual({ sales_agent: 'Moses Frase' })
  })

  it('fail row by row where a name means nobody, or more than one', async () => {
    await bringIn('company', 'name,domain\nTwin,a.example\nTwin,b.example\nOnly,c.example\n')
    const file = 'name,company\nA,Twin\nB,Nobody\nC,b.example\nD,only\n'
    const mapping = { name: 'full_name', company: 'company_id' }
    const run = await bringIn('contact', file, { mapping })
    expect(run).toMatchObject({ created: 2, failed: 2 })
    const errors = await owner.call('GET', `/crm/imports/${run.id}/errors.csv`)
    expect(errors.text).toContain('A,Twin,company: may mean 2 records')
    expect(errors.text).toContain('B,Nobody,"company: is the name, id or address of no company"')
  })
})

describe('a workbook', () => {
  it('comes in like any file, with its dates and amounts, and says in which row something is wrong', async () => {
    const cells = (row: number, ...texts: string[]) =>
      `<row r="${row}">${texts.map((text) => `<c t="str"><v>${text}</v></c>`).join('')}`
    const rows = [
      `${cells(1, 'name', 'email', 'value', 'born')}</row>`,
      `${cells(2, 'Ana', 'ana@x.com')}<c><v>1.234</v></c><c s="1"><v>42663</v></c></row>`,
      `${cells(4, 'Bo', 'no address')}</row>`,
    ]
    const { body, status, text } = await uploadOf(
      owner,
      'lead',
      await workbookOf(rows.join('')),
      'people.xlsx',
    )
    expect(status, text).toBe(201)
    expect(body).toMatchObject({ total: 2, reading: { is_workbook: true } })
    const mapping = { name: 'full_name', email: 'email', value: 'score', born: 'custom.born' }
    const dry = await owner.call<DryRun>('POST', `/crm/imports/${body.id}/validate`, { body: { mapping } })
    expect(dry.body.errors).toMatchObject([
      { row: 2, column: 'value' },
      { row: 4, column: 'email' },
    ])
    await start(owner, body, { mapping: { ...mapping, value: 'custom.value' } })
    expect(await ended(owner, body.id)).toMatchObject({ created: 1, failed: 1 })
    expect(await all<Lead>('leads')).toMatchObject([{ custom: { value: '1.234', born: '2016-10-20' } }])
  })

  it('is refused under another name, and an archive that is none', async () => {
    const file = await workbookOf('<row><c t="str"><v>name</v></c></row>')
    expect((await uploadOf(owner, 'lead', file, 'people.csv')).status).toBe(415)
    expect((await uploadOf(owner, 'lead', file.subarray(0, 300), 'people.xlsx')).status).toBe(422)
  })
})

describe('the reading of a file', () => {
  it('can be told otherwise before it is brought in', async () => {
    const file = Buffer.from('nome;cidade\nJo\u00e3o;Bras\u00edlia\n', 'latin1')
    const { body } = await uploadOf(owner, 'lead', file)
    expect(body.reading).toMatchObject({ encoding: 'windows-1252', delimiter: ';', is_workbook: false })
    const read = (reading: object) =>
      owner.call<ImportUpload>('POST', `/crm/imports/${body.id}/reading`, { body: reading })
    expect((await read({ delimiter: ',' })).body.columns.map(({ name }) => name)).toEqual(['nome;cidade'])
    const back = await read({ delimiter: ';', encoding: 'windows-1250' })
    expect(back.body).toMatchObject({ guessed_mapping: { nome: 'full_name', cidade: 'city' } })
  })

  it('begins where the names stand, or where somebody says that they do', async () => {
    const file = 'Our people,,\n\nname,email,city\nAna,ana@x.com,Recife\nBo,bo@x.com,Natal\n'
    const { body } = await uploadOf(owner, 'lead', file)
    expect(body).toMatchObject({ total: 2, reading: { header_row: 3 } })
    const read = (header_row: number) =>
      owner.call<ImportUpload>('POST', `/crm/imports/${body.id}/reading`, { body: { header_row } })
    expect((await read(4)).body).toMatchObject({ total: 1, guessed_mapping: { 'ana@x.com': 'email' } })
    expect((await read(1)).body.columns.map(({ name }) => name)).toEqual([
      'Our people',
      'column_2',
      'column_3',
    ])
    expect((await read(3)).body).toMatchObject({ total: 2, reading: { header_row: 3 } })
    expect((await start(owner, body)).status).toBe(202)
    expect(await ended(owner, body.id)).toMatchObject({ created: 2, failed: 0 })
  })

  it('takes in the first row of a file without names, too', async () => {
    const { body } = await uploadOf(owner, 'lead', 'Ana,ana@x.com\nBo,bo@x.com\n,cy\n')
    expect(body).toMatchObject({
      total: 3,
      reading: { header_row: 0 },
      guessed_mapping: { column_2: 'custom.column_2' },
    })
    await start(owner, body, { mapping: { column_1: 'full_name', column_2: 'email' } })
    expect(await ended(owner, body.id)).toMatchObject({ created: 2, failed: 1 })
    const errors = await owner.call('GET', `/crm/imports/${body.id}/errors.csv`)
    expect(errors.text).toContain('column_1,column_2,import_error')
    expect(new Set((await all<Lead>('leads')).map(({ email }) => email))).toEqual(
      new Set(['ana@x.com', 'bo@x.com']),
    )
  })
})

describe('other objects', () => {
  it('products come in with price and status, and are recognised by code', async () => {
    await bringIn('product', 'product,sku,sales_price,active\nGTX,G1,"$4,821",yes\nMG,M1,$55,no\n')
    const run = await bringIn('product', 'product,sku,sales_price\nGTX Pro,G1,$5000\n', {
      duplicate_policy: 'overwrite',
    })
    expect(run).toMatchObject({ created: 0, updated: 1 })
    const products = byName(await all<Product>('products'))
    expect(products['GTX Pro']).toMatchObject({ code: 'G1', price: 5000, status: 'active' })
    expect(products['MG']).toMatchObject({ price: 55, status: 'retired' })
  })

  it('records of an object of one’s own come in, with their fields and relations', async () => {
    const object = { key: 'car', label: 'Car', label_many: 'Cars' }
    const made = await owner.call('POST', '/crm/custom-objects', { body: object })
    expect(made.status, made.text).toBe(201)
    const fields = [
      { key: 'plate', label: 'Plate', type: 'text', unique: true },
      { key: 'driver', label: 'Driver', type: 'relation', to: 'contact' },
      { key: 'bought', label: 'Bought on', type: 'date' },
      { key: 'fuel', label: 'Fuel', type: 'select', options: ['Petrol', 'Ethanol'] },
    ]
    for (const field of fields)
      expect(
        (await owner.call('POST', '/crm/custom-fields', { body: { object: 'car', ...field } })).status,
      ).toBe(201)
    await bringIn('contact', 'name,email\nAna,ana@x.com\n')
    const file =
      'name,plate,driver,bought on,fuel\nRed,AB1,ANA@x.com,25/12/2020,ethanol\nBlue,AB2,,01/02/2021,PETROL\n'
    expect(await bringIn('car', file)).toMatchObject({ created: 2, failed: 0 })
    const again = await bringIn('car', 'plate,name\nAB1,Scarlet\n', { duplicate_policy: 'overwrite' })
    expect(again).toMatchObject({ created: 0, updated: 1 })
    const cars = byName(await all<Lead & { name: string }>('custom-objects/car/records'))
    const [ana] = await all<Contact>('contacts')
    expect(cars['Scarlet']?.custom).toEqual({
      plate: 'AB1',
      driver: ana?.id,
      bought: '2020-12-25',
      fuel: 'Ethanol',
    })
    expect(cars['Blue']?.custom).toMatchObject({ bought: '2021-02-01' })
  })

  it('what an organization does not have is refused', async () => {
    expect((await uploadOf(owner, 'cat', 'name\nTom\n')).status).toBe(422)
    expect((await uploadOf(owner, 'task', 'title\nCall\n')).status).toBe(422)
  })

  it('a role that may make no such records may not import them', async () => {
    const role = await owner.call<{ id: string }>('POST', '/organizations/current/roles', {
      body: {
        name: 'Leads only',
        from: 'viewer',
        grants: {
          'leads:import': 'all',
          'leads:create': 'all',
          'leads:read': 'all',
          'pipelines:read': 'all',
        },
      },
    })
    expect(role.status, role.text).toBe(201)
    const member = await house.join(owner, role.body.id)
    expect((await uploadOf(member, 'lead', 'name\nBo\n')).status).toBe(201)
    expect((await uploadOf(member, 'deal', 'name\nBig\n')).status).toBe(403)
  })
})

describe('the mapping', () => {
  it('is remembered for the next file with the same columns, in whatever order', async () => {
    const mapping = { name: 'full_name', mail: null, town: 'state' }
    await bringIn('lead', 'name,mail,town\nBo,b@x.com,Rio\n', { mapping })
    const { body } = await uploadOf(owner, 'lead', 'town,name,mail\nLima,Cy,c@x.com\n')
    expect(body).toMatchObject({ guessed_mapping: mapping, is_remembered: true })
    const other = await uploadOf(owner, 'lead', 'town,name\nLima,Cy\n')
    expect(other.body).toMatchObject({ is_remembered: false, guessed_mapping: { town: 'city' } })
  })
})

describe('the undo of an import', () => {
  const undo = (id: string) => owner.call<Import>('POST', `/crm/imports/${id}/undo`)

  it('trashes what it made and gives changed fields their values of before, but not what was changed since', async () => {
    await bringIn('lead', 'external_id,name,city,source\nA,Ada,Rio,Fair\nB,Bo,Lima,Fair\nC,Cy,Quito,Fair\n')
    const run = await bringIn(
      'lead',
      'external_id,name,city,source\nA,Ada,Natal,Web\nB,Bo,Belém,Web\nD,Di,Recife,Web\nE,Ed,Recife,Web\n',
      { duplicate_policy: 'overwrite' },
    )
    expect(run).toMatchObject({ created: 2, updated: 2 })
    const leads = await all<Lead>('leads')
    const of = (name: string) => leads.find(({ full_name }) => full_name === name)?.id ?? ''
    await owner.call('PATCH', `/crm/leads/${of('Bo')}`, { body: { city: 'Salvador' } })
    await owner.call('PATCH', `/crm/leads/${of('Ed')}`, { body: { city: 'Olinda' } })

    expect((await undo(run.id)).status).toBe(202)
    expect(await ended(owner, run.id)).toMatchObject({ state: 'undone', undone: 2, kept: 2 })
    const after = await all<Lead>('leads')
    expect(after.map(({ full_name, city, source }) => `${full_name} ${city} ${source}`).toSorted()).toEqual([
      'Ada Rio Fair',
      'Bo Salvador Fair',
      'Cy Quito Fair',
      'Ed Olinda Web',
    ])
    const kept = await owner.call<{ items: unknown[] }>('GET', `/crm/imports/${run.id}/kept`)
    expect(kept.body.items).toEqual(
      expect.arrayContaining([
        { object: 'lead', record_id: of('Bo'), name: 'Bo', fields: ['city'] },
        { object: 'lead', record_id: of('Ed'), name: 'Ed', fields: [] },
      ]),
    )
    expect((await undo(run.id)).status).toBe(409)
  })

  it('takes records away that the same file linked with each other', async () => {
    const run = await bringIn('company', accounts)
    await undo(run.id)
    expect(await ended(owner, run.id)).toMatchObject({ state: 'undone', undone: 3, kept: 0 })
    expect(await all<Company>('companies')).toEqual([])
  })
})

describe('automation', () => {
  it('is off: a rule of assignment chooses an owner only when the import says so', async () => {
    const rule = await owner.call('POST', '/crm/assignment-rules', {
      body: { object: 'lead', name: 'All', target: { strategy: 'member', user_id: owner.session.user.id } },
    })
    expect(rule.status, rule.text).toBe(201)
    await bringIn('lead', 'name\nSilent\n')
    await bringIn('lead', 'name\nLoud\n', { automation: true })
    const owners = Object.fromEntries(
      (await all<Lead>('leads')).map((lead) => [lead.full_name, lead.owner_id]),
    )
    expect(owners).toEqual({ Silent: null, Loud: owner.session.user.id })
  })
})
