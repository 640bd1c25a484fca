import type { Import, ImportUpload, Lead, operations, Problem, ReplyOf } from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { allLeads, bringIn, courseLeads, ended, multipart, start, upload } from './imports.fixture.ts'

type DryRun = ReplyOf<typeof operations.imports.validate>
type Refusal = Problem & { errors: { path: string; code: string; message: string }[] }

let house: TestApp
let owner: Caller

beforeAll(async () => {
  house = await createTestApp()
})
afterAll(() => house.stop())
beforeEach(async () => {
  owner = await house.register()
})

const validate = (member: Caller, uploaded: ImportUpload, plan: Record<string, unknown> = {}) =>
  member.call<DryRun>('POST', `/crm/imports/${uploaded.id}/validate`, {
    body: { mapping: uploaded.guessed_mapping, ...plan },
  })
const errorFile = async (member: Caller, id: string) =>
  (await member.call('GET', `/crm/imports/${id}/errors.csv`)).text

describe('a file from another system', () => {
  it('arrives whole with the guessed mapping; columns without a field are kept as they were', async () => {
    const rows = 1203
    const { body, status } = await upload(owner, courseLeads(rows), 'Leads março.csv')
    expect(status).toBe(201)
    expect(body).toMatchObject({
      state: 'uploaded',
      object: 'lead',
      file_name: 'Leads março.csv',
      total: rows,
    })
    expect(body.sample).toHaveLength(10)
    expect(body.sample[1]).toMatchObject({ 'Lead Number': '500001', column_16: '' })
    expect(body.columns[3]).toMatchObject({ name: 'Lead Source', filled: 1031, examples: ['Google'] })
    expect(body.guessed_mapping).toMatchObject({
      'Prospect ID': 'external_id',
      'Lead Source': 'source',
      Country: 'country',
      City: 'city',
      'Last Activity': 'custom.last_activity',
      'Lead Number': 'custom.lead_number',
      Tags: null,
      column_16: null,
    })

    expect((await validate(owner, body)).body).toEqual({
      total: rows,
      new: rows,
      update: 0,
      duplicate: 0,
      invalid: 0,
      unreadable: 0,
      unknown_stages: [],
      new_companies: { count: 0, names: [] },
      errors: [],
    })
    expect(await allLeads(owner)).toEqual([])

    expect((await start(owner, body)).body).toMatchObject({ state: 'running', duplicate_policy: 'create' })
    expect(await ended(owner, body.id)).toMatchObject({
      state: 'completed',
      done: rows,
      total: rows,
      created: rows,
      failed: 0,
      problem: null,
    })
    const leads = await allLeads(owner)
    expect(leads).toHaveLength(rows)
    const last = leads.find((lead) => lead.full_name === `Lead ${500_000 + rows - 1}`)
    expect(last).toMatchObject({
      external_id: `b2878839-c139-4206-ac4c-${String(rows - 1).padStart(12, '0')}`,
      source: 'Google',
      city: 'Mumbai',
      custom: {
        lead_number: '501202',
        last_activity: 'Page Visited, on Website',
        what_matters_most_to_you: ' Better prospects ',
        index: '02.Medium',
        score_a: '15',
      },
    })
    expect(last?.custom).not.toHaveProperty('tags')
  })

  it('is read as people write: money, status, owner, names in parts', async () => {
    const [lead] = await bringIn(
      owner,
      'Nome;Sobrenome;E-mail;Valor;Situação;Responsável;Celular\nJoão; Dias ;JOAO@X.COM;R$ 1.234,50;Em andamento;' +
        `${owner.session.user.full_name};(11) 98765-4321\n`,
    ).then(() => allLeads(owner))
    expect(lead).toMatchObject({
      full_name: 'João Dias',
      email: 'joao@x.com',
      estimated_value: 1234.5,
      currency: 'BRL',
      status: 'working',
      owner_id: owner.session.user.id,
    })
  })

  it('names a row without a name by its company, its e-mail or its phone', async () => {
    await bringIn(
      owner,
      'company,email,phone,city\nAcme,a@x.com,,Rio\n,b@x.com,,Rio\n,,+55 11 98765-4321,Rio\n,,,Rio\n',
    )
    const names = (await allLeads(owner)).map((lead) => lead.full_name)
    expect(names.toSorted()).toEqual(['+5511987654321', 'Acme', 'Lead 5', 'b@x.com'])
  })
})

describe('an upload', () => {
  it('takes its parts in any order', async () => {
    const parts = [
      { name: 'file', value: 'name\nBo\n', file_name: 'a.csv' },
      { name: 'object', value: 'lead' },
    ]
    expect((await owner.call('POST', '/crm/imports', multipart(parts))).status).toBe(201)
  })

  it.each<[string, string | Buffer, number, RegExp]>([
    ['an empty file', '', 422, /Line 1: the file is empty/],
    ['blank lines only', '\n\n,\n', 422, /the file has no row/],
    ['a header without rows', 'name,email\n', 422, /Line 1: there is a header but no row/],
    ['an open quote', 'name,email\nBo,b@x.com\n"Cy,c@x.com\n', 422, /Line \d: a quote is left open/],
    [
      'too many columns',
      `${Array.from({ length: 1001 }, (_, at) => `c${at}`).join(',')}\n1\n`,
      422,
      /1001 columns/,
    ],
    ['a huge line', `name\n${'x'.repeat(1_200_000)}\n`, 422, /Line 2: the row is longer/],
    ['NUL bytes', Buffer.from('name\nB\0o\n'), 415, /NUL/],
    ['an archive', Buffer.from('PK\u0003\u0004abc'), 415, /CSV/],
  ])('of %s is refused with the reason, and leaves nothing', async (_, file, status, reason) => {
    const answer = await upload<Refusal>(owner, file)
    expect(answer.status).toBe(status)
    expect(answer.body.errors[0]).toMatchObject({
      path: 'file',
      message: expect.stringMatching(reason) as string,
    })
    expect((await owner.call<{ items: Import[] }>('GET', '/crm/imports')).body.items).toEqual([])
  })

  it.each([
    ['no file', [{ name: 'object', value: 'lead' }], 'file'],
    ['no object', [{ name: 'file', value: 'a\n1\n', file_name: 'a.csv' }], 'object'],
    [
      'an unknown object',
      [
        { name: 'object', value: 'cat' },
        { name: 'file', value: 'a\n1\n', file_name: 'a.csv' },
      ],
      'object',
    ],
    [
      'an unknown field',
      [
        { name: 'object', value: 'lead' },
        { name: 'x', value: '1' },
        { name: 'file', value: 'a\n1\n', file_name: 'a.csv' },
      ],
      'x',
    ],
  ])('with %s is refused by name', async (_, parts, path) => {
    const answer = await owner.call<Refusal>('POST', '/crm/imports', multipart(parts))
    expect(answer.status).toBe(422)
    expect(answer.body.errors[0]?.path).toBe(path)
  })

  it('that is no form is refused as such', async () => {
    expect((await owner.call('POST', '/crm/imports', { body: { object: 'lead' } })).status).toBe(415)
  })
})

describe('a mapping', () => {
  it('is refused with the name of each wrong column, and nothing starts', async () => {
    const { body } = await upload(owner, 'name,mail,other\nBo,b@x.com,1\n')
    const mapping = { name: 'full_name', mail: 'full_name', other: 'version', missing: 'email' }
    for (const action of ['validate', 'start']) {
      const answer = await owner.call<Refusal>('POST', `/crm/imports/${body.id}/${action}`, {
        body: { mapping },
      })
      expect(answer.status).toBe(422)
      expect(answer.body.errors.map(({ path, code }) => `${path} ${code}`)).toEqual([
        'mapping.mail field_used_twice',
        'mapping.other unknown_field',
        'mapping.missing unknown_column',
      ])
    }
    expect((await owner.call<Import>('GET', `/crm/imports/${body.id}`)).body.state).toBe('uploaded')
  })
})

describe('a row that does not fit', () => {
  const file = [
    'name,email,score,value,city,note',
    'Bo,b@x.com,10,$5.50,Rio,ok',
    'Cy,not-an-address,11,$6,Rio,=1+1',
    ',d@x.com,12,$7,Rio,ok',
    'Ed,e@x.com,many,$1.999,Rio,"two\nlines"',
    `Flo,f@x.com,13,$8,${'x'.repeat(121)},ok`,
    'Gil,g@x.com,14,$9,Rio,ok,surplus',
  ].join('\n')
  const mapping = {
    name: 'full_name',
    email: 'email',
    score: 'score',
    value: 'estimated_value',
    city: 'city',
    note: 'custom.note',
  }

  it('is told by row, column and reason, and the other rows arrive', async () => {
    const { body } = await upload(owner, file)
    const { body: dry } = await validate(owner, body, { mapping })
    expect(dry).toMatchObject({ total: 6, new: 1, invalid: 5 })
    expect(dry.errors.map(({ row, column, message }) => `${row} ${column}: ${message}`)).toEqual([
      '3 email: is not an e-mail address',
      '4 name: needs a value',
      '5 score: is not a number; value has more decimals than USD has',
      '6 city: is longer than 120 characters',
      '7 null: the row has 7 values for 6 columns',
    ])
    await start(owner, body, { mapping })
    expect(await ended(owner, body.id)).toMatchObject({ state: 'completed', done: 6, created: 1, failed: 5 })
    expect(await allLeads(owner)).toHaveLength(1)
  })

  it('comes back in the error file, harmless to spreadsheets, and arrives once it is corrected', async () => {
    const { body } = await upload(owner, file)
    await start(owner, body, { mapping })
    await ended(owner, body.id)
    const answer = await owner.call('GET', `/crm/imports/${body.id}/errors.csv`)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringContaining('attachment; filename="leads-errors.csv"') as string,
      'x-content-type-options': 'nosniff',
    })
    expect(answer.text).toContain("Cy,not-an-address,11,$6,Rio,'=1+1,email: is not an e-mail address\r\n")
    const corrected = answer.text
      .replace('not-an-address', 'c@x.com')
      .replace('\r\n,d@x.com', '\r\nDi,d@x.com')
      .replace('many', '12')
      .replace('$1.999', '$1.99')
      .replace('x'.repeat(121), 'Rio')
      .replace(',surplus', '')
    expect(await bringIn(owner, corrected, { mapping })).toMatchObject({ created: 5, failed: 0 })
    const leads = await allLeads(owner)
    expect(leads.map((lead) => lead.full_name).toSorted()).toEqual(['Bo', 'Cy', 'Di', 'Ed', 'Flo', 'Gil'])
    expect(leads.find((lead) => lead.full_name === 'Cy')?.custom).toEqual({ note: '=1+1' })
    expect(leads.find((lead) => lead.full_name === 'Ed')?.custom).toEqual({ note: 'two\nlines' })
  })
})

describe('a row that means a lead which is already there', () => {
  const first = 'name,email,city,company,color\nBo,b@x.com,,Acme,red\nCy,c@x.com,Rio,,\n'
  const second =
    'name,email,city,company,color\nBo Li,B@x.com,Lima,Bits,blue\nDi,d@x.com,,,\nDi Two,d@x.com,Quito,,\nNo Mail,,,,\n'

  async function twice(duplicate_policy: string): Promise<[DryRun, ImportUpload, Record<string, Lead>]> {
    await bringIn(owner, first)
    const { body } = await upload(owner, second)
    const dry = (await validate(owner, body, { duplicate_policy })).body
    await start(owner, body, { duplicate_policy })
    const run = await ended(owner, body.id)
    return [dry, run, Object.fromEntries((await allLeads(owner)).map((lead) => [lead.full_name, lead]))]
  }

  it('is made again under "create"', async () => {
    const [dry, run, leads] = await twice('create')
    expect(dry).toMatchObject({ total: 4, new: 2, duplicate: 2, update: 0 })
    expect(run).toMatchObject({ created: 4, updated: 0, skipped: 0 })
    expect(Object.keys(leads)).toHaveLength(6)
  })

  it('changes nothing under "skip"', async () => {
    const [dry, run, leads] = await twice('skip')
    expect(dry).toMatchObject({ total: 4, new: 2, duplicate: 2, update: 0 })
    expect(run).toMatchObject({ created: 2, updated: 0, skipped: 2 })
    expect(Object.keys(leads).toSorted()).toEqual(['Bo', 'Cy', 'Di', 'No Mail'])
    expect(leads['Bo']).toMatchObject({ city: null, version: 1 })
  })

  it('fills only what is empty under "fill_empty"', async () => {
    const [dry, run, leads] = await twice('fill_empty')
    expect(dry).toMatchObject({ total: 4, new: 2, duplicate: 0, update: 2 })
    expect(run).toMatchObject({ created: 2, updated: 2, skipped: 0 })
    expect(leads['Bo']).toMatchObject({
      city: 'Lima',
      company_name: 'Acme',
      custom: { color: 'red' },
      version: 2,
    })
    expect(leads['Di']).toMatchObject({ city: 'Quito' })
  })

  it('replaces what the file tells, and nothing else, under "overwrite"', async () => {
    const [dry, run, leads] = await twice('overwrite')
    expect(dry).toMatchObject({ total: 4, new: 2, duplicate: 0, update: 2 })
    expect(run).toMatchObject({ created: 2, updated: 2, skipped: 0 })
    expect(leads['Bo Li']).toMatchObject({ city: 'Lima', company_name: 'Bits', custom: { color: 'blue' } })
    expect(leads['Di Two']).toMatchObject({ city: 'Quito' })
    expect(leads['Cy']).toMatchObject({ city: 'Rio', version: 1 })
  })

  it('is known by its external id before its e-mail', async () => {
    await bringIn(owner, 'external_id,name,email\nA1,Bo,same@x.com\nA2,Cy,same@x.com\n')
    const run = await bringIn(owner, 'external_id,name,email\nA1,Bo,new@x.com\nA3,Di,same@x.com\n', {
      duplicate_policy: 'overwrite',
    })
    expect(run).toMatchObject({ created: 1, updated: 1 })
    const leads = await allLeads(owner)
    expect(leads.find((lead) => lead.external_id === 'A1')?.email).toBe('new@x.com')
  })

  it('keeps its own name when the file has none', async () => {
    await bringIn(owner, 'external_id,name\nA1,Bo\n')
    await bringIn(owner, 'external_id,company\nA1,Acme\n', { duplicate_policy: 'overwrite' })
    expect(await allLeads(owner)).toMatchObject([{ full_name: 'Bo', company_name: 'Acme' }])
  })
})

describe('who may import', () => {
  it('a viewer may not', async () => {
    const viewer = await house.join(owner, 'viewer')
    expect((await upload(viewer, 'name\nBo\n')).status).toBe(403)
    expect((await viewer.call('GET', '/crm/imports')).status).toBe(403)
  })

  it('another organization finds nothing of it', async () => {
    const { body } = await upload(owner, 'name\nBo\n')
    const stranger = await house.register()
    const mapping = { name: 'full_name' }
    const calls = [
      stranger.call('GET', `/crm/imports/${body.id}`),
      stranger.call('GET', `/crm/imports/${body.id}/errors.csv`),
      stranger.call('POST', `/crm/imports/${body.id}/validate`, { body: { mapping } }),
      stranger.call('POST', `/crm/imports/${body.id}/start`, { body: { mapping } }),
      stranger.call('POST', `/crm/imports/${body.id}/cancel`),
    ]
    expect((await Promise.all(calls)).map((answer) => answer.status)).toEqual([404, 404, 404, 404, 404])
    expect((await stranger.call<{ items: Import[] }>('GET', '/crm/imports')).body.items).toEqual([])
  })

  it('an import is started once', async () => {
    const { body } = await upload(owner, 'name\nBo\n')
    const answers = await Promise.all([start(owner, body), start(owner, body)])
    expect(answers.map((answer) => String(answer.status)).toSorted()).toEqual(['202', '409'])
    await ended(owner, body.id)
    expect(await allLeads(owner)).toHaveLength(1)
    expect(await errorFile(owner, body.id)).toBe('\uFEFFname,import_error\r\n')
  })
})
