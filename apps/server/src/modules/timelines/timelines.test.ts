import type { Activity, Company, Contact, Deal, Problem, Timeline } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'

let app: TestApp
let owner: Caller
let admin: Client
let company: Company
let person: Contact
let deal: Deal

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})
beforeEach(async () => {
  company = await make<Company>('companies', { name: 'Aurora' })
  person = await make<Contact>('contacts', { full_name: 'Ada', company_id: company.id })
  deal = await make<Deal>('deals', { name: 'Renewal', company_id: company.id })
})

async function make<Body>(path: string, body: Record<string, unknown>, caller = owner): Promise<Body> {
  const answer = await caller.call<Body>('POST', `/crm/${path}`, { body })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const log = (path: string, id: string, body: string, type = 'note') =>
  make<Activity>(`${path}/${id}/activities`, { type, body })
const read = async (path: string, query = '', caller = owner): Promise<Timeline> =>
  (await caller.call<Timeline>('GET', `/crm/${path}/timeline${query}`)).body
const told = ({ items }: Pick<Timeline, 'items'>) =>
  items.map(({ record, type, body }) => `${record.object} ${body ?? type}`)
const ofCompany = (query = '', caller = owner) => read(`companies/${company.id}`, query, caller)

describe('the timeline of a company', () => {
  test('tells of its people and deals where one asks for that, each entry with its record', async () => {
    await log('contacts', person.id, 'Met at the fair')
    await log('deals', deal.id, 'Sent the offer', 'email')
    expect(told(await ofCompany())).toEqual(['company created'])
    expect(told(await ofCompany('?related=true'))).toEqual([
      'deal Sent the offer',
      'contact Met at the fair',
      'deal created',
      'contact created',
      'company created',
    ])
  })

  test('tells nothing of records that its reader may not read, or that are in the trash', async () => {
    const other = await app.join(owner, 'sales')
    const grants = {
      'companies:read': 'all',
      'contacts:read': 'all',
      'deals:read': 'own',
      'pipelines:read': 'all',
    } as const
    const member = await joinWith(app, owner, { grants })
    const own = await make<Deal>('deals', {
      name: 'Own',
      company_id: company.id,
      owner_id: member.session.user.id,
    })
    await log('deals', deal.id, 'A secret')
    const seen = await ofCompany('?related=true', member)
    expect(
      seen.items.filter(({ record }) => record.object === 'deal').map(({ record }) => record.id),
    ).toEqual([own.id])
    expect(told(await ofCompany('?related=true', other))).toContain('deal A secret')
    await owner.call('DELETE', `/crm/contacts/${person.id}`)
    expect(told(await ofCompany('?related=true')).filter((text) => text.startsWith('contact'))).toEqual([])
  })

  test('is paged over all its records: each entry once, in order', async () => {
    for (let turn = 0; turn < 4; turn += 1)
      for (const [path, id] of [
        ['contacts', person.id],
        ['deals', deal.id],
        ['companies', company.id],
      ] as const)
        await log(path, id, `${path} ${turn}`)
    const all = await ofCompany('?related=true')
    const paged: Activity[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Timeline = await ofCompany(`?related=true&limit=4${cursor && `&cursor=${cursor}`}`)
      paged.push(...page.items)
      cursor = page.next_cursor
    }
    expect(all.items).toHaveLength(15)
    expect(paged).toEqual(all.items)
  })

  test('is narrowed down to types of entries, over all its records', async () => {
    await log('contacts', person.id, 'Rang', 'call')
    await log('deals', deal.id, 'Wrote down')
    expect(told(await ofCompany('?related=true&types=call,note'))).toEqual([
      'deal Wrote down',
      'contact Rang',
    ])
    expect(told(await ofCompany('?types=call'))).toEqual([])
    const refused = await owner.call<Problem>('GET', `/crm/companies/${company.id}/timeline?types=gossip`)
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, 'types'])
  })
})

test('a person and a deal tell of each other where they are linked', async () => {
  await owner.call('POST', `/crm/deals/${deal.id}/contacts`, { body: { contact_id: person.id } })
  await log('contacts', person.id, 'Met at the fair')
  await log('deals', deal.id, 'Sent the offer')
  expect(told(await read(`deals/${deal.id}`, '?related=true&types=note'))).toEqual([
    'deal Sent the offer',
    'contact Met at the fair',
  ])
  expect(told(await read(`contacts/${person.id}`, '?related=true&types=note'))).toEqual([
    'deal Sent the offer',
    'contact Met at the fair',
  ])
})

describe('a pinned entry', () => {
  const pin = (id: string, pinned: boolean, caller = owner) =>
    caller.call<Problem>('PATCH', `/crm/activities/${id}`, { body: { pinned } })

  test('stands on top, the latest first, and keeps its place below; taken down it does not', async () => {
    const [first, second] = [
      await log('companies', company.id, 'First'),
      await log('companies', company.id, 'Second'),
    ]
    await pin(second.id, true)
    await pin(first.id, true)
    const page = await ofCompany('?limit=1')
    expect(page.pinned.map(({ body }) => body)).toEqual(['First', 'Second'])
    expect(told(page)).toEqual(['company Second'])
    expect((await ofCompany(`?cursor=${page.next_cursor}`)).pinned).toEqual([])
    await pin(first.id, false)
    expect((await ofCompany()).pinned.map(({ id, pinned_at }) => [id, pinned_at !== null])).toEqual([
      [second.id, true],
    ])
  })

  test('is pinned by who may change its record, and by nobody of another organization', async () => {
    const entry = await log('companies', company.id, 'Mind the dog')
    const viewer = await app.join(owner, 'viewer')
    expect((await pin(entry.id, true, viewer)).status).toBe(403)
    expect((await pin(entry.id, true, await app.register())).status).toBe(404)
    expect((await ofCompany()).pinned).toEqual([])
  })
})

describe('a visit', () => {
  const visit = async (caller = owner) => {
    const body = { record: { object: 'company', id: company.id } }
    return (await caller.call<{ previous_at: string | null }>('PUT', '/crm/visits', { body })).body
      .previous_at
  }
  const letTimePass = (minutes: number) =>
    admin.query(
      'UPDATE record_visits SET visited_at = visited_at - make_interval(mins => $1) WHERE record_id = $2',
      [minutes, company.id],
    )

  test('tells when the one before ended; looks soon after each other are one', async () => {
    expect([await visit(), await visit()]).toEqual([null, null])
    await letTimePass(45)
    const ended = await visit()
    expect(Math.round((Date.now() - Date.parse(ended ?? '')) / 60_000)).toBe(45)
    expect(await visit()).toBe(ended)
  })

  test('is each member’s own, and only to what they may read', async () => {
    await visit()
    await letTimePass(45)
    expect(await visit(await app.join(owner, 'sales'))).toBeNull()
    const body = { record: { object: 'company', id: company.id } }
    expect((await (await app.register()).call('PUT', '/crm/visits', { body })).status).toBe(404)
  })
})
