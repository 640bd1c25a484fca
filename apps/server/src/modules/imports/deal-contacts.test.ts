import { roleGrants, type Contact, type Deal, type Export, type LinkedContact } from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'
import type { DryRun } from './dry-run.ts'
import { ended, start, uploadOf } from './imports.fixture.ts'

let house: TestApp
let owner: Caller
beforeAll(async () => void (house = await createTestApp()))
afterAll(() => house?.stop())
beforeEach(async () => {
  owner = await house.register()
  for (const [full_name, email] of [
    ['Ana Lima', 'ana@x.com'],
    ['Bo Li', 'bo@x.com'],
    ['Bo Li', 'other@x.com'],
    ['Cy Ray', 'cy@x.com'],
  ])
    expect((await owner.call('POST', '/crm/contacts', { body: { full_name, email } })).status).toBe(201)
})

async function uploaded(file: string) {
  const { body, status, text } = await uploadOf(owner, 'deal', file)
  expect(status, text).toBe(201)
  return body
}

async function bringIn(file: string, plan: Record<string, unknown> = {}) {
  const upload = await uploaded(file)
  const started = await start(owner, upload, plan)
  expect(started.status, started.text).toBe(202)
  return ended(owner, upload.id)
}

async function dealNamed(name: string): Promise<Deal | undefined> {
  const { body } = await owner.call<{ items: Deal[] }>('GET', '/crm/deals?limit=200')
  return body.items.find((deal) => deal.name === name)
}

async function peopleOf(name: string): Promise<string[]> {
  const deal = await dealNamed(name)
  const { body } = await owner.call<{ items: LinkedContact[] }>('GET', `/crm/deals/${deal?.id}/contacts`)
  return body.items.map(({ contact }) => contact.email ?? '').toSorted()
}

async function exported(caller: Caller, asked: object): Promise<string> {
  const { body } = await caller.call<Export>('POST', '/crm/exports', { body: { object: 'deal', ...asked } })
  await vi.waitFor(
    async () => {
      const { body: current } = await caller.call<Export>('GET', `/crm/exports/${body.id}`)
      expect(current.state, current.problem ?? '').toBe('completed')
    },
    { timeout: 20_000 },
  )
  const { text } = await caller.call('GET', `/crm/exports/${body.id}/file`)
  return text.replace('\uFEFF', '').trimEnd()
}

const file = [
  'Deal Name,Deal ID,Associated Contact',
  'One,1,Ana Lima',
  'Several,2,Ana Lima (ana@x.com);Bo Li (other@x.com); cy@x.com',
  'None,3,',
].join('\n')

describe('the people of a deal', () => {
  it('are recognised in a column, and linked with the deals', async () => {
    const { guessed_mapping } = await uploaded(file)
    expect(guessed_mapping).toEqual({
      'Deal Name': 'name',
      'Deal ID': 'external_id',
      'Associated Contact': 'contacts',
    })
    expect(await bringIn(file)).toMatchObject({ created: 3, failed: 0 })
    expect(await peopleOf('One')).toEqual(['ana@x.com'])
    expect(await peopleOf('Several')).toEqual(['ana@x.com', 'cy@x.com', 'other@x.com'])
    expect(await peopleOf('None')).toEqual([])
  })

  it('stand in a file of the deals as imports read them, as far as the reader may see them', async () => {
    const without = 'Deal Name,Associated Contact\nPlain,Dee\n'
    await owner.call('POST', '/crm/contacts', { body: { full_name: 'Dee' } })
    await bringIn(file)
    await bringIn(without)
    const written = await exported(owner, { columns: ['name', { field: 'contacts', label: 'People' }] })
    expect(written.split('\r\n').toSorted()).toEqual([
      'None,',
      'One,Ana Lima (ana@x.com)',
      'Plain,Dee',
      'Several,Ana Lima (ana@x.com); Bo Li (other@x.com); Cy Ray (cy@x.com)',
      'name,People',
    ])
    expect((await exported(owner, {})).split('\r\n')[0]).toMatch(/,contacts$/)

    const again = written.replace('One,', 'Uno,').replace('Several,', 'Varios,')
    await bringIn(again, { mapping: { name: 'name', People: 'contacts' } })
    expect([await peopleOf('Uno'), await peopleOf('Varios')]).toEqual([
      ['ana@x.com'],
      ['ana@x.com', 'cy@x.com', 'other@x.com'],
    ])

    const grants = { ...roleGrants.sales, 'deals:read': 'all' as const }
    const own = { 'contacts:read': 'own', 'contacts:update': 'own', 'contacts:delete': 'own' } as const
    const blind = await joinWith(house, owner, { grants: { ...grants, ...own } })
    expect(await exported(blind, { columns: ['name', 'contacts'] })).toMatch(/^One,\r?$/m)
    const half = await joinWith(house, owner, {
      grants: { ...grants, 'contacts:read': 'all' },
      field_rules: { contact: { email: 'hidden' } },
    })
    expect(await exported(half, { columns: ['name', 'contacts'] })).toMatch(/^One,Ana Lima\r?$/m)
  })

  it('are told on both timelines', async () => {
    await bringIn(file)
    const deal = await dealNamed('One')
    const contacts = await owner.call<{ items: Contact[] }>('GET', '/crm/contacts?q=ana')
    const told = async (path: string) => {
      const { body } = await owner.call<{ items: { type: string; data: { id?: string } }[] }>(
        'GET',
        `${path}/timeline`,
      )
      return body.items.filter(({ type }) => type === 'linked').map(({ data }) => data.id)
    }
    const [ana] = contacts.body.items
    expect(await told(`/crm/deals/${deal?.id}`)).toEqual([ana?.id])
    expect(await told(`/crm/contacts/${ana?.id}`)).toContain(deal?.id)
  })

  it('fail the row where one is not there or may be two, or are kept as text if that is wanted', async () => {
    const unclear = 'Deal Name,Contact\nOne,Bo Li\nTwo,Ana Lima; Nobody\nThree,cy@x.com\n'
    const mapping = { 'Deal Name': 'name', Contact: 'contacts' }
    const upload = await uploaded(unclear)
    const check = await owner.call<DryRun>('POST', `/crm/imports/${upload.id}/validate`, {
      body: { mapping },
    })
    expect(check.body).toMatchObject({ new: 1, invalid: 2 })
    expect(check.body.errors.map(({ value, code }) => [value, code])).toEqual([
      ['Bo Li', 'several_records'],
      ['Nobody', 'no_record'],
    ])
    expect(await bringIn(unclear, { mapping, keep_unreadable: true })).toMatchObject({
      created: 3,
      unreadable: 2,
    })
    expect(await peopleOf('Two')).toEqual(['ana@x.com'])
    expect((await dealNamed('Two'))?.custom).toEqual({ contact: 'Nobody' })
    expect((await dealNamed('One'))?.custom).toEqual({ contact: 'Bo Li' })
  })

  it('are told apart by the company of the row where two have one name', async () => {
    const company_of: Record<string, string> = {}
    for (const name of ['Acme', 'Bits', 'Caps'])
      company_of[name] = (
        await owner.call<{ id: string }>('POST', '/crm/companies', { body: { name } })
      ).body.id
    for (const [email, company] of [
      ['acme', 'Acme'],
      ['bits', 'Bits'],
      ['caps1', 'Caps'],
      ['caps2', 'Caps'],
    ] as const) {
      const body = { full_name: 'Di Oz', email: `${email}@x.com`, company_id: company_of[company] }
      expect((await owner.call('POST', '/crm/contacts', { body })).status).toBe(201)
    }
    const rows = 'Deal Name,Contact,Company\nOne,Di Oz,Bits\nTwo,di oz,Acme\nThree,Di Oz,Caps\nFour,Di Oz,\n'
    const upload = await uploaded(rows)
    expect(upload.guessed_mapping).toMatchObject({ Contact: 'contacts', Company: 'company_id' })
    const run = await bringIn(rows)
    expect(run).toMatchObject({ created: 2, failed: 2 })
    expect([await peopleOf('One'), await peopleOf('Two')]).toEqual([['bits@x.com'], ['acme@x.com']])
    const errors = await owner.call('GET', `/crm/imports/${run.id}/errors.csv`)
    expect(errors.text).toContain('Three,Di Oz,Caps,Contact: may mean 4 records')
    expect(errors.text).toContain('Four,Di Oz,,Contact: may mean 4 records')
  })

  it('join those of a deal that is there, and leave it with the import', async () => {
    await bringIn(file)
    const further = 'Deal ID,Deal Name,Contact\n1,One,Ana Lima\n1,One,cy@x.com\n2,Several,ana@x.com\n'
    const mapping = { 'Deal ID': 'external_id', 'Deal Name': 'name', Contact: 'contacts' }
    const run = await bringIn(further, { mapping, duplicate_policy: 'fill_empty' })
    expect(run).toMatchObject({ created: 0, updated: 1, skipped: 2, failed: 0 })
    expect(await peopleOf('One')).toEqual(['ana@x.com', 'cy@x.com'])
    await owner.call('POST', `/crm/imports/${run.id}/undo`)
    expect(await ended(owner, run.id)).toMatchObject({ state: 'undone' })
    expect(await peopleOf('One')).toEqual(['ana@x.com'])
    expect(await peopleOf('Several')).toEqual(['ana@x.com', 'cy@x.com', 'other@x.com'])
  })

  it('stay where somebody said since what part they have, and with deals that one may not change', async () => {
    const grants = { ...roleGrants.admin, 'deals:update': 'own', 'deals:delete': 'own' } as const
    const colleague = await joinWith(house, owner, { grants })
    await bringIn(file)
    const mapping = { 'Deal ID': 'external_id', 'Deal Name': 'name', Contact: 'contacts' }
    const further = 'Deal ID,Deal Name,Contact\n1,One,cy@x.com\n2,Several,bo@x.com\n3,None,cy@x.com\n'
    const run = await bringIn(further, { mapping, duplicate_policy: 'fill_empty' })
    expect(run).toMatchObject({ updated: 3 })
    for (const name of ['Several', 'None']) {
      const deal = await dealNamed(name)
      const body = { owner_id: colleague.session.user.id, version: deal?.version }
      expect((await owner.call('PATCH', `/crm/deals/${deal?.id}`, { body })).status).toBe(200)
    }
    const several = await dealNamed('Several')
    const { body: linked } = await owner.call<{ items: LinkedContact[] }>(
      'GET',
      `/crm/deals/${several?.id}/contacts`,
    )
    const bo = linked.items.find(({ contact }) => contact.email === 'bo@x.com')
    const path = `/crm/deals/${several?.id}/contacts/${bo?.contact.id}`
    expect((await owner.call('PATCH', path, { body: { part: 'decides' } })).status).toBe(200)

    const undone = await colleague.call('POST', `/crm/imports/${run.id}/undo`)
    expect(undone.status, undone.text).toBe(202)
    expect(await ended(owner, run.id)).toMatchObject({ state: 'undone', kept: 2 })
    expect(await peopleOf('One')).toEqual(['ana@x.com', 'cy@x.com'])
    expect(await peopleOf('Several')).toEqual(['ana@x.com', 'bo@x.com', 'cy@x.com', 'other@x.com'])
    expect(await peopleOf('None')).toEqual([])
    const kept = await owner.call<{ items: { name: string; fields: string[] }[] }>(
      'GET',
      `/crm/imports/${run.id}/kept`,
    )
    expect(kept.body.items.map(({ name, fields }) => [name, ...fields])).toEqual(
      expect.arrayContaining([
        ['One', 'contacts'],
        ['Several', 'contacts'],
      ]),
    )
  })

  it('of new deals go to the trash with them, and come back with them', async () => {
    const run = await bringIn(file)
    const deal = await dealNamed('Several')
    await owner.call('POST', `/crm/imports/${run.id}/undo`)
    expect(await ended(owner, run.id)).toMatchObject({ state: 'undone', undone: 3 })
    expect((await owner.call('POST', `/crm/deals/${deal?.id}/restore`)).status).toBe(200)
    expect(await peopleOf('Several')).toHaveLength(3)
  })

  it('are no field of other kinds', async () => {
    const upload = await uploadOf(owner, 'lead', 'Name,Contact\nAna,Ana Lima\n')
    const answer = await start(owner, upload.body, { mapping: { Name: 'full_name', Contact: 'contacts' } })
    expect(answer.status).toBe(422)
  })
})
