import { readdir, readFile } from 'node:fs/promises'
import { roleGrants, type Lead, type Permission, type Problem, type SearchHit } from '@rapport/contracts'
import type { CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownerActor } from '../../platform/actor.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'
import { highlight } from './hits.ts'
import { findRecords } from './routes.ts'
import { matchClause } from './match.ts'

let app: TestApp
let owner: Caller
let stranger: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  stranger = await app.register()
  await aLead({
    full_name: 'João Conceição',
    company_name: "O'Neil & Filhos",
    email: "joao.o'neil@acme.com.br",
  })
  await aLead({
    full_name: 'Claire Dubois',
    phone: '06 28 23 04 55',
    country: 'FR',
    external_id: 'LD-0042',
    email: 'cd77@web2print.co.uk',
  })
  await aLead({ full_name: 'Maria Silva' })
  await aLead({ full_name: 'Maria Silvana' })
  await aLead({ full_name: 'Ana Maria Silva' })
})
afterAll(() => app?.stop())

async function aLead(fields: Record<string, unknown>, caller = owner): Promise<Lead> {
  return (await caller.call<Lead>('POST', '/crm/leads', { body: fields })).body
}
const search = async (q: string, caller = owner) =>
  (await caller.call<{ items: SearchHit[] }>('GET', `/crm/search?q=${encodeURIComponent(q)}`)).body.items
const listed = async (q: string, more = '', caller = owner) =>
  (await caller.call<{ items: Lead[] }>('GET', `/crm/leads?q=${encodeURIComponent(q)}${more}`)).body.items
const titles = async (q: string) => (await search(q)).map((hit) => hit.title)

describe('search', () => {
  test.each([
    ['joao', 'João Conceição'],
    ['CONCEI', 'João Conceição'],
    ["o'neil", 'João Conceição'],
    ['acme.com', 'João Conceição'],
    ["joao.o'neil@acme.com.br", 'João Conceição'],
    ['@acme.com', 'João Conceição'],
    ['06 28 23 04 55', 'Claire Dubois'],
    ['06 28 23 04 55 ramal 12', 'Claire Dubois'],
    ['+33 6 28 23 04 55', 'Claire Dubois'],
    ['0033628230455', 'Claire Dubois'],
    ['28230455', 'Claire Dubois'],
    ['0628', 'Claire Dubois'],
    ['LD-0042', 'Claire Dubois'],
    ['dubois claire', 'Claire Dubois'],
    ['+33 628', 'Claire Dubois'],
    ['cd77', 'Claire Dubois'],
    ['web2pri', 'Claire Dubois'],
    ['cd dubois', 'Claire Dubois'],
  ])('finds by %s, in the search and in the list', async (q, name) => {
    expect(await titles(q)).toEqual([name])
    expect((await listed(q)).map((lead) => lead.full_name)).toEqual([name])
    expect((await listed(q, '&sort=full_name')).map((lead) => lead.full_name)).toEqual([name])
  })

  test('puts the exact title first, then those that begin so', async () => {
    const hits = await search('maria silva')
    expect(hits.map((hit) => hit.title)).toEqual(['Maria Silva', 'Maria Silvana', 'Ana Maria Silva'])
    expect(hits[1]?.highlight).toBe('«Maria» «Silva»na')
  })

  test.each(["'", "' | 'x", '\\', ':*', '&', '!!!', '(', '<->', '"', '%', "a'b\\c", '🙂', '@', '+', '..'])(
    'takes %s for text and not for syntax',
    async (q) => {
      const found = await owner.call('GET', `/crm/search?q=${encodeURIComponent(q)}`)
      expect(found.status, found.text).toBe(200)
      const list = await owner.call('GET', `/crm/leads?q=${encodeURIComponent(q)}`)
      expect(list.status, list.text).toBe(200)
    },
  )

  test.each(['!!!', '&', '@', '..@', '%'])('finds nothing by %s, which asks for nothing', async (q) => {
    expect([await search(q), await listed(q)]).toEqual([[], []])
  })

  test('follows a change at once', async () => {
    const lead = await aLead({ full_name: 'Before Rename' })
    await owner.call('PATCH', `/crm/leads/${lead.id}`, { body: { full_name: 'After Rename' } })
    expect(await titles('before rename')).toEqual([])
    expect(await titles('after rename')).toEqual(['After Rename'])
  })

  test('never shows a record of another organization, by whatever it is found', async () => {
    for (const q of ['joao', 'acme', '28230455', 'LD-0042', 'maria silva', 'a', '0'])
      expect([
        await search(q, stranger),
        await listed(q, '', stranger),
        await listed(q, '&sort=full_name', stranger),
      ]).toEqual([[], [], []])
    await aLead({ full_name: 'Maria Silva' }, stranger)
    expect(await search('maria', stranger)).toHaveLength(1)
    expect(await search('maria')).toHaveLength(3)
  })

  test('finds by every word that leads to a record, and by the beginning of several', async () => {
    for (const q of [
      'maria silv',
      'silva maria',
      'filhos conceicao',
      'ma si',
      'dub cla',
      'acme joao',
      'ld 0042',
    ])
      expect(await search(q), q).not.toEqual([])
    for (const q of ['maria dubois', 'joao silva', 'claire acme']) expect(await search(q), q).toEqual([])
  })

  test.each([
    ['ba', 'broad'],
    ['barbara', 'of one name'],
    ['barbara common', 'of two names'],
    ['common b', 'of a name and a letter'],
    ['b c', 'of two letters'],
  ])('pages through all records that match %s (%s), newest first, each once', async (q) => {
    const crowd = await app.register()
    await crowd.call('POST', '/crm/leads', { body: { full_name: 'Someone Else' } })
    const made: string[] = []
    for (let place = 0; place < 30; place += 1)
      made.push((await aLead({ full_name: `Barbara${'abcdefgh'[place % 8]} Common` }, crowd)).id)
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const path: string = `/crm/leads?limit=7&count=exact&q=${encodeURIComponent(q)}${cursor === '' ? '' : `&cursor=${cursor}`}`
      const { body } = await crowd.call<{ items: Lead[]; next_cursor: string | null; total: number }>(
        'GET',
        path,
      )
      expect(body.total).toBe(30)
      seen.push(...body.items.map((lead) => lead.id))
      cursor = body.next_cursor
    }
    expect(seen).toEqual(made.toReversed())
  })
})

test.each([
  ['João Silva', ['joa'], '«Joã»o Silva'],
  ['Ana-Maria', ['maria', 'an'], '«An»a-«Maria»'],
  ['Zoe\u0308 K', ['zoe'], '«Zoe\u0308» K'],
  ['Nobody', ['x'], 'Nobody'],
])('in %s, %j is shown as %s', (title, asked, shown) => {
  expect(highlight(title, asked)).toBe(shown)
})

describe('the search tables', () => {
  test('lead to a record by every word that they hold, and answer none of them to another organization', async () => {
    const admin = new Client({ connectionString: app.adminUrl })
    await admin.connect()
    const { rows } = await admin.query<{ word: string }>(
      `SELECT DISTINCT substr(word, 6) AS word FROM search_words WHERE organization_id = $1`,
      [owner.session.organization.id],
    )
    await admin.end()
    const outsider = await app.register()
    expect(rows.length).toBeGreaterThan(20)
    for (const { word } of rows) {
      const q = word.replace(/^=/, '')
      expect(await search(q), word).not.toEqual([])
      expect([await search(q, outsider), await listed(q, '', outsider)]).toEqual([[], []])
    }
  })

  test('show an organization none of the rows of another, whichever is asked for', async () => {
    const { organization, user } = owner.session
    const own = ownerActor({ user_id: user.id, name: '', organization_id: organization.id })
    const other = { ...own, organization_id: stranger.session.organization.id }
    const match = matchClause(own, 'lead', 'leads:read', 'maria')
    if (!match) throw new Error('There is nothing to ask for.')
    const rowsFor = (actor: typeof own) =>
      app.app.platform.tenancy.readTenant(actor, match.newest(null, 5).compile(queryBuilder))
    expect(await rowsFor(own)).not.toEqual([])
    expect(await rowsFor(other)).toEqual([])
  })

  test('forget a record that is deleted, word by word', async () => {
    const caller = await app.register()
    const lead = await aLead(
      { full_name: 'Gone Tomorrow', email: 'gone1@example.com', phone: '+33628230455' },
      caller,
    )
    const counted = async () => {
      const admin = new Client({ connectionString: app.adminUrl })
      await admin.connect()
      const { rows } = await admin.query<{ words: number; documents: number }>(
        `SELECT (SELECT count(*)::int FROM search_words WHERE organization_id = $1) AS words,
          (SELECT count(*)::int FROM search_documents WHERE organization_id = $1) AS documents`,
        [caller.session.organization.id],
      )
      await admin.end()
      return rows[0]
    }
    expect(await counted()).toMatchObject({ documents: 1 })
    await caller.call('PATCH', `/crm/leads/${lead.id}`, { body: { full_name: 'Gone Today', email: null } })
    await caller.call('DELETE', `/crm/leads/${lead.id}`)
    expect(await counted()).toEqual({ words: 0, documents: 0 })
    await caller.call('POST', `/crm/leads/${lead.id}/restore`)
    expect(await search('today gone', caller)).toHaveLength(1)
  })

  test('are named by no statement outside this module', async () => {
    const modules = new URL('../', import.meta.url)
    const files = (await readdir(modules, { recursive: true })).filter((name) =>
      /(?<!\.test)\.ts$/.test(name),
    )
    const texts = await Promise.all(files.map((name) => readFile(new URL(name, modules), 'utf8')))
    const naming = files.filter((_, place) => /search_(documents|words)/.test(texts[place] ?? ''))
    expect(naming).toEqual(naming.filter((name) => name.startsWith('search/')))
    expect(naming).toContain('search/documents.ts')
  })
})

test('a member who may read only their own leads finds only those', async () => {
  const mine = await aLead({ full_name: 'Shared Name' })
  await aLead({ full_name: 'Shared Name', owner_id: null })
  const { user, organization } = owner.session
  const actor = ownerActor({
    user_id: user.id,
    name: user.full_name,
    organization_id: organization.id,
    role: 'sales',
    grants: { 'leads:read': 'own' },
  })
  const read = <Row>(query: CompiledQuery<Row>) => app.app.platform.tenancy.readTenant<Row>(actor, query)
  const hits = await findRecords({ actor, read }, { q: 'shared name', limit: 20 })
  expect(hits.map((hit) => hit.id)).toEqual([mine.id])
})

describe('over several kinds of records, the search', () => {
  let crowd: Caller
  const kindsOf = (hits: SearchHit[]) => [...new Set(hits.map((hit) => hit.object))].toSorted()
  const visible = (hidden: Permission[]) =>
    Object.fromEntries(
      Object.entries(roleGrants.viewer).filter(([name]) => !hidden.includes(name as Permission)),
    )

  beforeAll(async () => {
    crowd = await app.register()
    await crowd.call('POST', '/crm/contacts', {
      body: { full_name: 'Old Zebra', emails: ['old@zebra.example'] },
    })
    await crowd.call('POST', '/crm/companies', { body: { name: 'Zebra Stripes' } })
    for (let place = 0; place < 70; place += 1) await aLead({ full_name: `Striped Zebra ${place}` }, crowd)
  })

  test('finds each kind, also the oldest record behind a crowd of another kind', async () => {
    const hits = await search('zebra', crowd)
    expect(hits[0]).toMatchObject({ object: 'company', title: 'Zebra Stripes' })
    const wide = await crowd.call<{ items: SearchHit[] }>('GET', '/crm/search?q=zebra&limit=50')
    expect(kindsOf(wide.body.items)).toEqual(['company', 'lead'])
    const all = await findRecords(contextOf(crowd), { q: 'zebra', limit: 200 })
    expect(kindsOf(all)).toEqual(['company', 'contact', 'lead'])
    expect(all).toHaveLength(72)
  })

  test('lets in whoever may read one of them, and shows that one alone', async () => {
    const [leads, contacts] = ['leads', 'contacts'].map((only) =>
      (['leads', 'contacts', 'companies'] as const)
        .filter((kind) => kind !== only)
        .map((kind): Permission => `${kind}:read`),
    )
    const reader = await joinWith(app, crowd, { grants: visible(contacts ?? []) })
    expect(kindsOf(await search('zebra', reader))).toEqual(['contact'])
    const other = await joinWith(app, crowd, { grants: visible(leads ?? []) })
    expect(kindsOf(await search('zebra', other))).toEqual(['lead'])
    const blind = await joinWith(app, crowd, {
      grants: visible([
        'leads:read',
        'contacts:read',
        'companies:read',
        'deals:read',
        'products:read',
        'custom_records:read',
        'tasks:read',
      ]),
    })
    const refused = await blind.call<Problem>('GET', '/crm/search?q=zebra')
    expect([refused.status, refused.body.code]).toEqual([403, 'permission_missing'])
    expect(refused.body.detail).toContain('leads:read or companies:read or contacts:read')
  })

  test('asks the hidden fields of every kind in one further statement', async () => {
    const field_rules = {
      contact: { emails: 'hidden' },
      lead: { email: 'hidden' },
      company: { domain: 'hidden' },
    } as const
    const member = { ...contextOf(crowd).actor, field_rules }
    let statements = 0
    const read = <Row>(query: CompiledQuery<Row>) => {
      statements += 1
      return app.app.platform.tenancy.readTenant<Row>(member, query)
    }
    expect(kindsOf(await findRecords({ actor: member, read }, { q: 'zebra', limit: 200 }))).toEqual([
      'company',
      'contact',
      'lead',
    ])
    expect(await findRecords({ actor: member, read }, { q: 'old@zebra.example', limit: 20 })).toEqual([])
    expect(statements).toBe(4)
  })

  function contextOf({ session: { user, organization } }: Caller) {
    const actor = ownerActor({ user_id: user.id, name: '', organization_id: organization.id })
    const read = <Row>(query: CompiledQuery<Row>) => app.app.platform.tenancy.readTenant<Row>(actor, query)
    return { actor, read }
  }
})
