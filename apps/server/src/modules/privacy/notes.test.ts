import type { Lead, Note, NoteDocument, PrivacyRequest } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { keepRetention } from './retention.ts'
import { personalDataSources } from './sources.ts'
import { everythingKept, expectNoTrace, marks, person } from './person.fixture.ts'

let app: TestApp
let owner: Caller
let admin: Client
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

const text = (told: string, ...kinds: string[]) => ({
  type: 'text',
  text: told,
  ...(kinds.length > 0 ? { marks: kinds.map((type) => ({ type: type as 'bold' })) } : {}),
})
const doc = (...content: NoteDocument['content']): NoteDocument => ({
  type: 'doc',
  content: [{ type: 'paragraph', content }],
})
async function aLead(body: object): Promise<Lead> {
  const made = await owner.call<Lead>('POST', '/crm/leads', { body })
  expect(made.status, made.text).toBe(201)
  return made.body
}
async function aNote({ id }: Lead, body: NoteDocument): Promise<Note> {
  const made = await owner.call<Note>('POST', '/crm/notes', {
    body: { record: { object: 'lead', id }, body },
  })
  expect(made.status, made.text).toBe(201)
  return made.body
}

test('an erasure leaves nothing of the person in notes, on other records and in their history neither', async () => {
  const lead = await aLead(person)
  const other = await aLead({ full_name: 'Somebody else' })
  await aNote(lead, doc(text('Zyxqu likes tea')))
  const about = await aNote(
    other,
    doc(text('Knows '), text('Quirina', 'bold'), text(' Zyxquwolin, 91234-8765')),
  )
  const colleague = await app.join(owner, 'admin')
  const changed = await colleague.call('PATCH', `/crm/notes/${about.id}`, {
    body: { body: doc(text('Sister of Quirina Zyxquwolin')) },
  })
  expect(changed.status, changed.text).toBe(200)
  const asked = await owner.call<PrivacyRequest>('POST', '/privacy/requests', {
    body: { kind: 'person_erasure', object: 'lead', record_ids: [lead.id], reason: 'Asked by mail' },
  })
  expect(asked.status, asked.text).toBe(202)
  await vi.waitFor(
    async () => {
      const { body } = await owner.call<PrivacyRequest>('GET', `/privacy/requests/${asked.body.id}`)
      expect(body.state).toBe('completed')
    },
    { timeout: 10_000 },
  )
  expectNoTrace(
    await everythingKept(app, (query) => admin.query(query)),
    marks.filter((mark) => mark !== 'quirina'),
  )
  expect((await owner.call<Note>('GET', `/crm/notes/${about.id}`)).body.text).toBe('Sister of •••')
})

test('a rule of retention takes notes out of the trash for good, their history too', async () => {
  const lead = await aLead({ full_name: 'Retained' })
  const [old, young] = [await aNote(lead, doc(text('Old'))), await aNote(lead, doc(text('Young')))]
  for (const { id } of [old, young]) await owner.call('DELETE', `/crm/notes/${id}`)
  const rules = [{ kind: 'trashed_notes', days: 30 }]
  expect((await owner.call('PUT', '/privacy/retention-rules', { body: { rules } })).status).toBe(200)
  await admin.query(`UPDATE notes SET deleted_at = now() - interval '31 days' WHERE id = $1`, [old.id])
  const { tenancy, storage } = app.app.platform
  await keepRetention({ tenancy, storage, sources: personalDataSources })
  const left = await admin.query('SELECT id FROM notes WHERE record_id = $1', [lead.id])
  expect(left.rows).toEqual([{ id: young.id }])
  expect((await admin.query('SELECT 1 FROM note_versions WHERE note_id = $1', [old.id])).rows).toEqual([])
})
