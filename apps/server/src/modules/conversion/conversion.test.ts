/** A lead becomes a company, a contact and a deal in one step; nothing is lost, and it can be taken back. */
import type {
  Activity,
  Company,
  Contact,
  Conversion,
  ConversionProposal,
  Converted,
  Deal,
  Lead,
  NewLead,
  Problem,
  UndoneChange,
} from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => {
  app = await createTestApp()
})
beforeEach(async () => {
  owner = await app.register()
})
afterAll(() => app?.stop())

const ada = {
  full_name: 'Ada Lovelace',
  company_name: 'Engines',
  email: 'ada@engines.example',
  phone: '+49 30 4711471',
  city: 'London',
  source: 'Fair',
  industry: 'Machines',
  estimated_value: 1234.5,
  currency: 'EUR',
  tags: ['hot', 'vip'],
} satisfies Partial<NewLead>

const make = async <Made>(path: string, body: object, by = owner): Promise<Made> => {
  const answer = await by.call<Made>('POST', `/crm/${path}`, { body })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const aLead = (more: object = {}, by = owner) => make<Lead>('leads', { ...ada, ...more }, by)
const read = async <Found>(path: string, by = owner) => (await by.call<Found>('GET', `/crm/${path}`)).body
type Told = { conversion: Conversion | null; proposal: ConversionProposal | null }
const asked = (lead: Lead, by = owner) => read<Told>(`leads/${lead.id}/conversion`, by)
const convert = (lead: Lead, body: object = {}, by = owner) =>
  by.call<Converted>('POST', `/crm/leads/${lead.id}/convert`, { body })
const takeBack = (lead: Lead, body: object = {}, by = owner) =>
  by.call<Omit<Lead, 'status'> & Omit<Problem, 'status'>>('POST', `/crm/leads/${lead.id}/convert/undo`, {
    body,
  })
const timeline = async (path: string, by = owner) =>
  (await read<{ items: Activity[] }>(`${path}/timeline?limit=200`, by)).items
const names = (tags: { name: string }[]) => tags.map(({ name }) => name)
const count = async (path: string) => (await read<{ items: object[] }>(`${path}?limit=200`)).items.length

describe('a conversion', () => {
  test('makes company, contact and deal with the values, the tags and the owner of the lead', async () => {
    const colleague = await app.join(owner, 'sales')
    const lead = await aLead({ owner_id: colleague.session.user.id })
    const { status, body, text } = await convert(lead, { version: lead.version })
    expect(status, text).toBe(200)
    const { company, contact, deal } = body
    expect(body.lead).toMatchObject({ id: lead.id, status: 'converted', version: 2 })
    const shared = { owner_id: lead.owner_id, source: 'Fair' }
    expect(company).toMatchObject({
      name: 'Engines',
      domain: 'engines.example',
      industry: 'Machines',
      ...shared,
    })
    expect(contact).toMatchObject({
      full_name: 'Ada Lovelace',
      email: ada.email,
      phone: lead.phone,
      company_id: company?.id,
      ...shared,
    })
    expect(deal).toMatchObject({
      name: 'Engines',
      value: 1234.5,
      currency: 'EUR',
      company_id: company?.id,
      ...shared,
    })
    for (const one of [company, contact, deal]) expect(names(one?.tags ?? [])).toEqual(['hot', 'vip'])
    const links = await read<{ items: { contact: Contact }[] }>(`deals/${deal?.id}/contacts`)
    expect(links.items.map((link) => link.contact.id)).toEqual([contact?.id])
    expect((await asked(lead)).conversion).toMatchObject({
      company: { id: company?.id, name: 'Engines' },
      contact: { id: contact?.id },
      deal: { id: deal?.id },
      made: ['company', 'contact', 'deal'],
    })
  })

  test('takes those that are there: by the address, however the number is typed, by domain and by name', async () => {
    const company = await make<Company>('companies', { name: 'Other name', domain: 'engines.example' })
    const byName = await make<Company>('companies', { name: 'ENGINES' })
    const further = await make<Contact>('contacts', {
      full_name: 'A. L.',
      emails: [ada.email],
      email: 'x@y.example',
    })
    const byPhone = await make<Contact>('contacts', {
      full_name: 'Ada',
      phone: '+49304711471',
      company_id: byName.id,
    })
    await make<Contact>('contacts', { full_name: 'Ada Lovelace', email: 'other@engines.example' })
    const lead = await aLead()
    const { proposal } = await asked(lead)
    expect(proposal?.contact.matches).toEqual([
      { id: further.id, name: 'A. L.', by: 'email' },
      { id: byPhone.id, name: 'Ada', by: 'phone' },
    ])
    expect(proposal?.company.matches).toEqual([
      { id: company.id, name: 'Other name', by: 'domain' },
      { id: byName.id, name: 'ENGINES', by: 'linked' },
    ])
    const { body } = await convert(lead)
    expect([body.company?.id, body.contact?.id]).toEqual([company.id, further.id])
    // What was there stays as it was.
    expect(body.contact).toMatchObject({ version: further.version, email: 'x@y.example' })
    expect((await asked(lead)).conversion?.made).toEqual(['deal'])
  })

  test('follows the choice of the caller: one of them, others, or none', async () => {
    const company = await make<Company>('companies', { name: 'Chosen' })
    const lead = await aLead()
    const { body } = await convert(lead, {
      company: { id: company.id },
      contact: { values: { full_name: 'Augusta', position: 'Countess' } },
      deal: null,
    })
    expect(body).toMatchObject({
      company: { id: company.id },
      contact: { full_name: 'Augusta', position: 'Countess', email: ada.email, company_id: company.id },
      deal: null,
    })
    expect(await count('deals')).toBe(0)
  })

  test('is done once, however often and by however many it is asked for', async () => {
    const lead = await aLead()
    const answers = await Promise.all(Array.from({ length: 5 }, () => convert(lead, { version: 1 })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ body }) => body.deal?.id)).size).toBe(1)
    expect([await count('deals'), await count('contacts'), await count('companies')]).toEqual([1, 1, 1])
  })

  test('keeps every contact of the lead with the deal', async () => {
    const lead = await aLead()
    const other = await make<Contact>('contacts', { full_name: 'Charles' })
    await make(`leads/${lead.id}/contacts`, { contact_id: other.id, part: 'Builder' })
    const { body } = await convert(lead, { contact: { values: { full_name: 'Ada' } } })
    const links = await read<{ items: { contact: Contact }[] }>(`deals/${body.deal?.id}/contacts`)
    expect(links.items.map(({ contact }) => contact.full_name).toSorted()).toEqual(['Ada', 'Charles'])
    const people = await read<{ items: { contact: Contact }[] }>(`leads/${lead.id}/contacts`)
    expect(people.items.map(({ contact }) => contact.full_name).toSorted()).toEqual(['Ada', 'Charles'])
  })

  test('lets the new records tell the history of the lead, before and after', async () => {
    const lead = await aLead()
    await make(`leads/${lead.id}/activities`, { type: 'call', body: 'Spoke of engines.' })
    const { body } = await convert(lead)
    await make(`leads/${lead.id}/activities`, { type: 'note', body: 'Sent the drawings.' })
    await make(`contacts/${body.contact?.id}/activities`, { type: 'note', body: 'Own note.' })
    for (const path of [
      `contacts/${body.contact?.id}`,
      `companies/${body.company?.id}`,
      `deals/${body.deal?.id}`,
    ]) {
      const told = await timeline(path)
      const texts = told.map((entry) => entry.body).filter(Boolean)
      expect(texts, path).toEqual(expect.arrayContaining(['Spoke of engines.', 'Sent the drawings.']))
      expect(told.map(({ occurred_at }) => occurred_at)).toEqual(
        told
          .map(({ occurred_at }) => occurred_at)
          .toSorted()
          .toReversed(),
      )
    }
    const [newest] = await timeline(`contacts/${body.contact?.id}`)
    expect(newest).toMatchObject({ body: 'Own note.', record: { object: 'contact' } })
    // Page by page it is the same.
    const paged: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const page = await read<{ items: Activity[]; next_cursor: string | null }>(
        `contacts/${body.contact?.id}/timeline?limit=2${more}`,
      )
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.next_cursor
    }
    expect(paged).toEqual((await timeline(`contacts/${body.contact?.id}`)).map(({ id }) => id))
  })

  test('saves nothing by halves: what is wrong with one of the three names its place', async () => {
    const lead = await aLead()
    const wrong = await convert(lead, { deal: { values: { name: 'X', stage_id: lead.stage_id } } })
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'deal.values.stage_id' }] } })
    expect([await count('deals'), await count('contacts'), await count('companies')]).toEqual([0, 0, 0])
    expect((await read<Lead>(`leads/${lead.id}`)).status).toBe('new')
    for (const body of [
      { company: {} },
      { contact: { id: lead.id, values: { full_name: 'X' } } },
      { nope: 1 },
    ])
      expect((await convert(lead, body)).status).toBe(422)
    const gone = await convert(lead, { company: { id: lead.id } })
    expect(gone).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'company.id', code: 'unknown_record' }] },
    })
  })

  test('is refused on an old version, in the trash, and for whoever may not change the lead', async () => {
    const lead = await aLead()
    await owner.call('PATCH', `/crm/leads/${lead.id}`, { body: { status: 'working' } })
    expect(await convert(lead, { version: 1 })).toMatchObject({
      status: 409,
      body: { code: 'version_conflict' },
    })
    const viewer = await app.join(owner, 'viewer')
    expect((await convert(lead, {}, viewer)).status).toBe(403)
    await owner.call('DELETE', `/crm/leads/${lead.id}`)
    expect(await convert(lead)).toMatchObject({ status: 409, body: { code: 'lead_in_trash' } })
  })

  test('tells one event, and an entry of the audit log', async () => {
    const lead = await aLead()
    const { body } = await convert(lead)
    const organization_id = owner.session.organization.id
    const events = await app.app.platform.tenancy.inTenant(systemActor(organization_id), ({ tx }) =>
      tx
        .selectFrom('events')
        .select('data')
        .where('organization_id', '=', organization_id)
        .where('type', '=', 'lead.converted')
        .execute(),
    )
    expect(events).toMatchObject([{ data: { deal_id: body.deal?.id, made: ['company', 'contact', 'deal'] } }])
    const log = await owner.call<{ items: { action: string }[] }>(
      'GET',
      '/organizations/current/audit-log?limit=50',
    )
    expect(log.body.items.filter(({ action }) => action === 'lead.converted')).toHaveLength(1)
  })
})

describe('a role', () => {
  test('carries nothing along that it does not see, and matches by nothing hidden', async () => {
    const blind = await joinWith(app, owner, {
      field_rules: { lead: { email: 'hidden', estimated_value: 'hidden' }, contact: { phone: 'hidden' } },
    })
    await make('contacts', { full_name: 'Hidden match', phone: '+49304711471' })
    const lead = await aLead({ company_name: null })
    const { proposal } = await asked(lead, blind)
    expect(proposal?.contact.matches).toEqual([])
    expect(proposal?.contact.values).not.toHaveProperty('email')
    expect(proposal?.contact.values).not.toHaveProperty('phone')
    expect(proposal?.deal.values).not.toHaveProperty('value')
    const { body } = await convert(lead, {}, blind)
    expect(await read<Contact>(`contacts/${body.contact?.id}`)).toMatchObject({ email: null, phone: null })
    expect((await read<Deal>(`deals/${body.deal?.id}`)).value).toBeNull()
  })

  test('that makes no records is proposed only those that are there', async () => {
    const caller = await app.join(owner, 'caller')
    const lead = await aLead({ owner_id: caller.session.user.id })
    const { proposal } = await asked(lead, caller)
    expect(proposal).toMatchObject({
      company: { values: null },
      contact: { values: null },
      deal: { values: null },
    })
    const { body } = await convert(lead, {}, caller)
    expect(body).toMatchObject({ lead: { status: 'converted' }, company: null, contact: null, deal: null })
  })

  test('that does not read the lead reads nothing of it on what it became', async () => {
    const generator = await app.join(owner, 'lead_generator')
    const lead = await aLead()
    await make(`leads/${lead.id}/activities`, { type: 'note', body: 'A secret of the lead.' })
    const { body } = await convert(lead, {
      contact: { values: { full_name: 'Ada', owner_id: generator.session.user.id } },
    })
    const told = await timeline(`contacts/${body.contact?.id}`, generator)
    expect(told.length).toBeGreaterThan(0)
    expect(JSON.stringify(told)).not.toContain('A secret')
  })
})

describe('taking it back', () => {
  test('puts what it made into the trash and the lead where it was', async () => {
    const lead = await aLead({ status: 'working' })
    const { body } = await convert(lead)
    const back = await takeBack(lead)
    expect(back, back.text).toMatchObject({ status: 200, body: { id: lead.id, status: 'working' } })
    expect([await count('deals'), await count('contacts'), await count('companies')]).toEqual([0, 0, 0])
    expect((await read<Deal>(`deals/${body.deal?.id}`)).deleted_at).not.toBeNull()
    expect((await asked(lead)).conversion).toBeNull()
    const people = await read<{ items: object[] }>(`leads/${lead.id}/contacts`)
    expect(people.items).toEqual([])
    expect((await takeBack(lead)).status).toBe(404)
    expect((await timeline(`leads/${lead.id}`)).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['converted', 'conversion_undone']),
    )
    // And again from the start.
    expect((await convert(lead)).body.deal?.id).not.toBe(body.deal?.id)
  })

  test('leaves what was there before', async () => {
    const contact = await make<Contact>('contacts', { full_name: 'Ada', email: ada.email })
    const lead = await aLead()
    await convert(lead)
    await takeBack(lead)
    expect((await read<Contact>(`contacts/${contact.id}`)).deleted_at).toBeNull()
    expect((await read<{ items: object[] }>(`leads/${lead.id}/contacts`)).items).toEqual([])
  })

  test.each([
    [
      'a changed deal',
      ['deal'],
      (done: Converted) => ['PATCH', `deals/${done.deal?.id}`, { value: 7 }] as const,
    ],
    [
      'a note on the contact',
      ['contact'],
      (done: Converted) =>
        ['POST', `contacts/${done.contact?.id}/activities`, { type: 'note', body: 'x' }] as const,
    ],
    [
      'somebody else in the company',
      ['company'],
      (done: Converted) => ['POST', 'contacts', { full_name: 'Else', company_id: done.company?.id }] as const,
    ],
  ])('is refused for %s, unless that is kept', async (_, used, work) => {
    const lead = await aLead()
    const { body } = await convert(lead)
    const [method, path, given] = work(body)
    expect((await owner.call(method, `/crm/${path}`, { body: given })).status).toBeLessThan(300)
    const refused = await takeBack(lead)
    expect(refused).toMatchObject({ status: 409, body: { code: 'conversion_used', conflicts: used } })
    expect((await read<Lead>(`leads/${lead.id}`)).status).toBe('converted')
    const back = await takeBack(lead, { keep: used })
    expect(back, back.text).toMatchObject({ status: 200, body: { status: 'new' } })
    const trashed = async (object: 'company' | 'contact' | 'deal', many: string) =>
      (await read<{ deleted_at: string | null }>(`${many}/${body[object]?.id}`)).deleted_at !== null
    expect([
      await trashed('company', 'companies'),
      await trashed('contact', 'contacts'),
      await trashed('deal', 'deals'),
    ]).toEqual(['company', 'contact', 'deal'].map((object) => !used.includes(object)))
  })

  test('is one step of the general undo', async () => {
    const lead = await aLead()
    await convert(lead)
    const undone = await owner.call<UndoneChange>('POST', '/crm/undo', { body: {} })
    expect(undone, undone.text).toMatchObject({ status: 200, body: { action: 'convert', id: lead.id } })
    expect((await read<Lead>(`leads/${lead.id}`)).status).toBe('new')
    expect(await count('deals')).toBe(0)
  })

  test('is too late after 24 hours', async () => {
    const lead = await aLead()
    await convert(lead)
    const organization_id = owner.session.organization.id
    await app.app.platform.tenancy.inTenant(systemActor(organization_id), ({ tx }) =>
      tx
        .updateTable('conversions')
        .set({ converted_at: new Date(Date.now() - 24.1 * 3_600_000).toISOString() })
        .where('organization_id', '=', organization_id)
        .execute(),
    )
    expect((await asked(lead)).conversion?.can).toEqual({ undo: false })
    expect(await takeBack(lead)).toMatchObject({ status: 409, body: { code: 'conversion_settled' } })
  })
})
