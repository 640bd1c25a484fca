import { readdir, readFile } from 'node:fs/promises'
import type { Lead, SearchHit } from '@rapport/contracts'
import type { CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownerActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { highlight } from './hits.ts'
import { findRecords } from './routes.ts'
import { matchQuery } from './words.ts'

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
  await aLead({ full_name: 'Claire Dubois', phone: '06 28 23 04 55', country: 'FR', external_id: 'LD-0042' })
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
    ['+33 6 28 23 04 55', 'Claire Dubois'],
    ['0033628230455', 'Claire Dubois'],
    ['28230455', 'Claire Dubois'],
    ['0628', 'Claire Dubois'],
    ['LD-0042', 'Claire Dubois'],
    ['dubois claire', 'Claire Dubois'],
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

  test('asks for lexemes that carry the organization', () => {
    expect(matchQuery('00000000-0000-7000-8000-0000deadbeef', 'Ana 12', null)).toBe(
      "'deadbeefana':* & 'deadbeef12':*",
    )
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

describe('the search table', () => {
  test('answers nothing to another organization for any lexeme that it holds', async () => {
    const admin = new Client({ connectionString: app.adminUrl })
    await admin.connect()
    const { rows } = await admin.query<{ lexeme: string }>(
      'SELECT DISTINCT unnest(tsvector_to_array(words)) AS lexeme FROM search_documents WHERE organization_id = $1',
      [owner.session.organization.id],
    )
    await admin.end()
    const outsider = await app.register()
    expect(rows.length).toBeGreaterThan(20)
    for (const { lexeme } of rows) {
      const word = lexeme.slice(8).replace('=', '')
      expect(await search(word), word).not.toEqual([])
      expect([
        await search(word, outsider),
        await search(lexeme, outsider),
        await listed(word, '', outsider),
      ]).toEqual([[], [], []])
    }
  })

  test('is named by no statement outside this module, and only together with an organization', async () => {
    const modules = new URL('../', import.meta.url)
    const files = (await readdir(modules, { recursive: true })).filter((name) =>
      /(?<!\.test)\.ts$/.test(name),
    )
    for (const name of files) {
      const text = await readFile(new URL(name, modules), 'utf8')
      if (!text.includes('search_documents')) continue
      expect(name).toMatch(/^search\//)
      const named = text.match(/(from|into|deleteFrom\(')\s*'?search_documents/gi)?.length ?? 0
      expect(text.match(/organization_id/g)?.length ?? 0, name).toBeGreaterThanOrEqual(named)
    }
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
