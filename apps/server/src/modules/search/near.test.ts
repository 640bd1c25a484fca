/** Search forgives misspelling, and finds what is written in own fields, notes and names of files. */
import { roleGrants, type CustomField, type Lead, type Note, type SearchHit } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'
import { unlearnLost } from './unlearn.ts'

let app: TestApp
let owner: Caller
let stranger: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  stranger = await app.register()
})
afterAll(() => app?.stop())

const search = async (q: string, caller = owner) =>
  (await caller.call<{ items: SearchHit[] }>('GET', `/crm/search?q=${encodeURIComponent(q)}`)).body.items
const titles = async (q: string, caller = owner) => (await search(q, caller)).map((hit) => hit.title)
const made = async <Body>(path: string, body: object, caller = owner): Promise<Body> => {
  const answer = await caller.call<Body>('POST', path, { body })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const aLead = (fields: object, caller = owner) => made<Lead>('/crm/leads', fields, caller)

async function learned(word: string, caller = owner): Promise<number> {
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  const { rows } = await admin.query<{ rows: number }>(
    'SELECT count(*)::int AS rows FROM search_near WHERE organization_id = $1 AND word = $2',
    [caller.session.organization.id, word],
  )
  await admin.end()
  return rows[0]?.rows ?? 0
}

describe('a misspelt query', () => {
  beforeAll(async () => {
    await aLead({ full_name: 'Guilherme Gonçalves', company_name: 'Construtora Horizonte' })
    await aLead({ full_name: 'Jonathan Schwarzenegger' })
    for (let place = 0; place < 6; place += 1) await aLead({ full_name: `Crowded Hall ${place}` })
  })

  test.each([
    ['guilehrme', 'two letters that changed places'],
    ['gilherme', 'a letter that is missing'],
    ['guilhermme', 'a letter too many'],
    ['goncalvez', 'a wrong letter'],
    ['gocalv', 'a word that is still being typed'],
    ['horizomte', 'a word of the company'],
    ['goncelvez', 'two wrong letters in a long word'],
    ['guilherme goncalvse', 'one of two words'],
    ['gilherme goncalvse', 'both of two words'],
  ])('%s still finds it (%s)', async (q) => {
    const [hit] = await search(q)
    expect(hit).toMatchObject({ title: 'Guilherme Gonçalves' })
  })

  test('is shown with what was meant marked, and ranked below what was found as it was typed', async () => {
    await aLead({ full_name: 'Jonathon Doe' })
    const hits = await search('jonathon')
    expect(hits.map((hit) => hit.title)).toEqual(['Jonathon Doe', 'Jonathan Schwarzenegger'])
    expect(hits[1]?.highlight).toBe('«Jonathan» Schwarzenegger')
    expect(hits[1]?.score).toBeLessThan(hits[0]?.score ?? 0)
  })

  test('is not widened where enough is found as it was typed', async () => {
    await aLead({ full_name: 'Growded Hall' })
    expect(await titles('crowded')).not.toContain('Growded Hall')
    expect(await titles('growded')).toContain('Crowded Hall 0')
  })

  test.each(['gxyzherme', 'zz', 'joh', 'schwarzen99', '+55 11 91234 5678'])(
    'finds nothing by %s, which is near nothing',
    async (q) => expect(await search(q)).toEqual([]),
  )

  test('tells an organization nothing of the words of another', async () => {
    expect(await search('guilehrme', stranger)).toEqual([])
    await aLead({ full_name: 'Guilhermo Stranger' }, stranger)
    expect(await titles('guilehrmo', stranger)).toEqual(['Guilhermo Stranger'])
  })

  test('finds nothing more of the fields that are hidden from a role', async () => {
    await aLead({ full_name: 'Plain Person', company_name: 'Zanzibar Trading' })
    const member = await joinWith(app, owner, {
      grants: roleGrants.viewer,
      field_rules: { lead: { company_name: 'hidden' } },
    })
    expect(await titles('zanzibra')).toEqual(['Plain Person'])
    expect(await titles('zanzibra', member)).toEqual([])
    expect(await titles('plian', member)).toEqual(['Plain Person'])
  })

  test('no longer finds a word that nothing has, once the night is over', async () => {
    const lead = await aLead({ full_name: 'Quetzalcoatl Unique' })
    expect(await learned('quetzalcoatl')).toBe(6)
    await owner.call('PATCH', `/crm/leads/${lead.id}`, { body: { full_name: 'Somebody Unique' } })
    await unlearnLost(app.app.platform.tenancy)
    expect(await learned('quetzalcoatl')).toBe(0)
    expect(await learned('unique')).toBe(6)
  })

  test('is learned by two at once who bring the same word, neither waiting for the other', async () => {
    await Promise.all(Array.from({ length: 8 }, () => aLead({ full_name: 'Simultaneous Newcomer' })))
    expect(await titles('simultanoeus')).toHaveLength(8)
  })
})

describe('own fields', () => {
  let key: CustomField
  const aField = (field: object, caller = owner) => made<CustomField>('/crm/custom-fields', field, caller)

  beforeAll(async () => {
    key = await aField({ object: 'lead', key: 'vessel', label: 'Vessel', type: 'text' })
    await aField({ object: 'lead', key: 'berth', label: 'Berth', type: 'number' })
    await aField({ object: 'lead', key: 'hotline', label: 'Hotline', type: 'phone' })
    await aField({ object: 'lead', key: 'site', label: 'Site', type: 'url' })
    await aField({
      object: 'lead',
      key: 'ports',
      label: 'Ports',
      type: 'multi_select',
      options: ['Rotterdam', 'Santos'],
    })
    await aLead({
      full_name: 'Harbour Master',
      country: 'FR',
      custom: {
        vessel: 'Étoile Polaire',
        berth: 7741,
        hotline: '06 99 88 77 66',
        site: 'https://www.harbourline.com/contact',
        ports: ['Rotterdam'],
      },
    })
  })

  test.each([
    'etoile',
    'polaire etoile',
    '7741',
    '+33 6 99 88 77 66',
    '99 88 77 66',
    'rotterdam',
    'harbourline',
    'harbourline.com',
    'etiole',
  ])('lead to a record by %s', async (q) => expect(await titles(q)).toEqual(['Harbour Master']))

  test('follow a change of their value at once', async () => {
    const lead = await aLead({ full_name: 'Refitted', custom: { vessel: 'Tempestade' } })
    await owner.call('PATCH', `/crm/leads/${lead.id}`, { body: { custom: { vessel: 'Bonanza' } } })
    expect(await titles('tempestade')).toEqual([])
    expect(await titles('bonanza')).toEqual(['Refitted'])
  })

  test('do not lead a role to a record from which they are hidden', async () => {
    const member = await joinWith(app, owner, {
      grants: roleGrants.viewer,
      field_rules: { lead: { 'custom.vessel': 'hidden' } },
    })
    expect(await titles('polaire', member)).toEqual([])
    expect(await titles('polair', member)).toEqual([])
    expect(await titles('rotterdam', member)).toEqual(['Harbour Master'])
    expect(await titles('99 88 77 66', member)).toEqual(['Harbour Master'])
    const listed = await member.call<{ items: Lead[] }>('GET', '/crm/leads?q=polaire')
    expect(listed.body.items).toEqual([])
  })

  test('no longer lead to it when they are retired, and again when they come back', async () => {
    const retire = (retired: boolean, version: number) =>
      owner.call<CustomField>('PATCH', `/crm/custom-fields/${key.id}`, { body: { retired, version } })
    const { body } = await retire(true, key.version)
    await expect.poll(() => titles('etoile'), { timeout: 20_000 }).toEqual([])
    await retire(false, body.version)
    await expect.poll(() => titles('etoile'), { timeout: 20_000 }).toEqual(['Harbour Master'])
  })
})

describe('notes', () => {
  let lead: Lead
  let note: Note
  const paragraph = (text: string) => ({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
  })
  const long = `${'We spoke about the weather. '.repeat(12)}Then came the Kryptonite agreement, ${'and more talk. '.repeat(12)}`

  beforeAll(async () => {
    lead = await aLead({ full_name: 'Noted Person' })
    note = await made<Note>('/crm/notes', { record: { object: 'lead', id: lead.id }, body: paragraph(long) })
  })

  test('are found by their words, also misspelt, with what surrounds them and the record that they are on', async () => {
    for (const q of ['kryptonite', 'agreement krypt', 'kriptonite']) {
      const [hit] = await search(q)
      expect(hit).toMatchObject({
        object: 'note',
        id: note.id,
        subtitle: 'Noted Person',
        record: { object: 'lead', id: lead.id },
      })
      expect(hit?.highlight).toContain('«Krypt')
      expect(hit?.title.length).toBeLessThan(200)
    }
  })

  test('follow a change, the trash of the note and that of its record', async () => {
    const other = await made<Note>('/crm/notes', {
      record: { object: 'lead', id: lead.id },
      body: paragraph('Bring the Obsidian samples'),
    })
    await owner.call('PATCH', `/crm/notes/${other.id}`, {
      body: { body: paragraph('Bring the Basaltic samples') },
    })
    expect(await search('obsidian')).toEqual([])
    expect(await search('basaltic')).toHaveLength(1)
    await owner.call('DELETE', `/crm/notes/${other.id}`)
    expect(await search('basaltic')).toEqual([])
    await owner.call('POST', `/crm/notes/${other.id}/restore`)
    expect(await search('basaltic')).toHaveLength(1)
    await owner.call('DELETE', `/crm/leads/${lead.id}`)
    expect(await search('basaltic')).toEqual([])
    await owner.call('POST', `/crm/leads/${lead.id}/restore`)
    expect(await search('basaltic')).toHaveLength(1)
  })

  test('are found by whoever may read their record, and by nobody else', async () => {
    const seller = await joinWith(app, owner, { grants: { ...roleGrants.viewer, 'leads:read': 'own' } })
    expect(await search('kryptonite', seller)).toEqual([])
    expect(await search('kryptonite', stranger)).toEqual([])
    const blind = await joinWith(app, owner, { grants: { 'contacts:read': 'all' } })
    expect(await search('kryptonite', blind)).toEqual([])
    await owner.call('PUT', `/crm/leads/${lead.id}/assign`, { body: { owner_id: seller.session.user.id } })
    expect(await search('kryptonite', seller)).toHaveLength(1)
  })
})
