/** Several records become one with all that belongs to them, and several again as if nothing had been. */
import { setTimeout as sleep } from 'node:timers/promises'
import type {
  Activity,
  Company,
  Contact,
  DuplicatesOfRecord,
  Lead,
  Merged,
  Note,
  Problem,
} from '@rapport/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { lines } from '../../testing/note-examples.ts'
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

async function make<Made>(path: string, body: object): Promise<Made> {
  const answer = await owner.call<Made>('POST', `/crm/${path}`, { body })
  expect(answer.status, answer.text).toBeLessThan(300)
  return answer.body
}
const read = async <Found>(path: string, by = owner) => (await by.call<Found>('GET', `/crm/${path}`)).body
const merge = (path: string, body: object, by = owner) =>
  by.call<Merged & Problem>('POST', `/crm/${path}/merge`, { body })
const undo = (id: string) => owner.call<{ kept: string[] } & Problem>('POST', `/crm/merges/${id}/undo`)

/** Two companies with people, deals, a lead that became one of them, notes, tasks, tags, files of further addresses. */
async function aScene() {
  const winner = await make<Company>('companies', { name: 'Acme', city: 'Porto', tags: ['client'] })
  const loser = await make<Company>('companies', { name: 'Acme Ltda', phone: '+551130000001', tags: ['vip'] })
  const ana = await make<Contact>('contacts', { full_name: 'Ana Silva', company_id: loser.id })
  const deal = await make<{ id: string }>('deals', { name: 'Engines', company_id: loser.id })
  const child = await make<Company>('companies', { name: 'Acme Labs', parent_id: loser.id })
  const record = { object: 'company', id: loser.id }
  const note = await make<Note>('notes', { record, body: lines('Met at the fair') })
  const task = await make<{ id: string }>('tasks', {
    title: 'Send the offer',
    links: [record],
  })
  return { winner, loser, ana, deal, child, note, task }
}

const bookkeeping = ['version', 'updated_at']
/** What counts up, tells what happened, or only knows which words there ever were is not taken back. */
const history =
  'activities events audit_log audit_heads event_heads event_positions idempotency_keys sessions merges jobs job_items record_visits search_near'.split(
    ' ',
  )

/** All rows of the organization, in an order of their own, without what counts changes. */
async function dump(): Promise<Record<string, string[]>> {
  const actor = systemActor(owner.session.organization.id)
  return app.app.platform.tenancy.inTenant(actor, async ({ tx }) => {
    const { rows: tables } = await sql<{ name: string }>`
      SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relforcerowsecurity AND n.nspname = current_schema() ORDER BY 1`.execute(tx)
    const dumped: Record<string, string[]> = {}
    for (const { name } of tables.filter((table) => !history.includes(table.name))) {
      const { rows } = await sql<{ row: string }>`
        SELECT (to_jsonb(t) - ${bookkeeping}::text[])::text AS row FROM ${sql.table(name)} t ORDER BY 1`.execute(
        tx,
      )
      dumped[name] = rows.map(({ row }) => row)
    }
    return dumped
  })
}

/** Once what follows the events, as totals and followers do, has stood still. */
async function settled(): Promise<Record<string, string[]>> {
  let earlier: Record<string, string[]>
  let later = await dump()
  do {
    earlier = later
    await sleep(500)
    later = await dump()
  } while (JSON.stringify(earlier) !== JSON.stringify(later))
  return later
}

test('all that belonged to the losers belongs to the winner, who has the chosen values', async () => {
  const { winner, loser, ana, deal, child, note, task } = await aScene()
  const values = { phone: loser.phone }
  const answer = await merge('companies', { ids: [winner.id, loser.id], winner_id: winner.id, values })
  expect(answer.status, answer.text).toBe(200)
  expect(answer.body).toMatchObject({ winner: { id: winner.id, name: 'Acme' }, merged_ids: [loser.id] })
  const merged = await read<Company>(`companies/${winner.id}`)
  expect(merged).toMatchObject({ name: 'Acme', city: 'Porto', phone: loser.phone })
  expect(merged.tags.map(({ name }) => name).toSorted()).toEqual(['client', 'vip'])
  expect((await read<Contact>(`contacts/${ana.id}`)).company_id).toBe(winner.id)
  expect(await read(`deals/${deal.id}`)).toMatchObject({ company_id: winner.id })
  expect(await read(`companies/${child.id}`)).toMatchObject({ parent_id: winner.id })
  const notes = await read<{ items: Note[] }>(`notes?object=company&record_id=${winner.id}`)
  expect(notes.items.map(({ id }) => id)).toEqual([note.id])
  expect(await read(`tasks/${task.id}`)).toMatchObject({ links: [{ object: 'company', id: winner.id }] })
})

test('a loser lies in the trash and says who won, and the winner tells the history of both', async () => {
  const { winner, loser } = await aScene()
  const { body } = await merge('companies', { ids: [winner.id, loser.id], winner_id: winner.id })
  expect((await read<Company>(`companies/${loser.id}`)).deleted_at).not.toBeNull()
  expect(await read<DuplicatesOfRecord>(`companies/${loser.id}/duplicates`)).toMatchObject({
    merged_into: { id: winner.id, name: 'Acme' },
    merge_id: body.merge_id,
  })
  const { items } = await read<{ items: Activity[] }>(`companies/${winner.id}/timeline?limit=100`)
  expect(
    items
      .filter(({ type }) => type === 'created')
      .map(({ record }) => record.id)
      .toSorted(),
  ).toEqual([winner.id, loser.id].toSorted())
  expect(items.some(({ type }) => type === 'merged')).toBe(true)
})

test('taking a merge back leaves every row of the organization as it was', async () => {
  const { winner, loser } = await aScene()
  const third = await make<Company>('companies', {
    name: 'ACME',
    parent_id: winner.id,
    tags: ['client', 'cold'],
  })
  const before = await settled()
  const values = { name: 'Acme Group', phone: loser.phone }
  const ids = [winner.id, loser.id, third.id]
  const merged = await merge('companies', { ids, winner_id: winner.id, values })
  expect(merged.status, merged.text).toBe(200)
  expect(await dump()).not.toEqual(before)
  const undone = await undo(merged.body.merge_id)
  expect(undone.status, undone.text).toBe(200)
  expect(undone.body.kept).toEqual([])
  await expect.poll(dump, { timeout: 20_000 }).toEqual(before)
})

test('of leads and contacts with addresses, people and follow-ups, too', async () => {
  const one = await make<Contact>('contacts', {
    full_name: 'Ana',
    email: 'ana@a.example',
    phones: ['+551130000002'],
  })
  const other = await make<Contact>('contacts', {
    full_name: 'Ana S',
    email: 'ana@b.example',
    phone: '+551130000003',
  })
  const lead = await make<Lead>('leads', { full_name: 'Lead of Ana' })
  await make(`leads/${lead.id}/contacts`, { contact_id: other.id })
  await make(`contacts/${other.id}/follow-ups`, { due_at: '2030-01-01T10:00:00Z', channel: 'call' })
  const before = await settled()
  const { body } = await merge('contacts', { ids: [one.id, other.id], winner_id: one.id })
  expect(await read<Contact>(`contacts/${one.id}`)).toMatchObject({
    email: 'ana@a.example',
    emails: ['ana@b.example'],
    phones: ['+551130000002', '+551130000003'],
  })
  expect(await read(`leads/${lead.id}/contacts`)).toMatchObject({ items: [{ contact: { id: one.id } }] })
  expect((await undo(body.merge_id)).status).toBe(200)
  await expect.poll(dump, { timeout: 20_000 }).toEqual(before)
})

test('what somebody set since the merge stays, and is told', async () => {
  const { winner, loser } = await aScene()
  const values = { name: 'Acme Group', phone: loser.phone }
  const { body, text } = await merge('companies', {
    ids: [winner.id, loser.id],
    winner_id: winner.id,
    values,
  })
  expect(body.merge_id, text).toBeDefined()
  await owner.call('PATCH', `/crm/companies/${winner.id}`, { body: { name: 'Acme Holding' } })
  const undone = await undo(body.merge_id)
  expect(undone.body.kept, undone.text).toEqual(['name'])
  expect(await read(`companies/${winner.id}`)).toMatchObject({ name: 'Acme Holding', phone: null })
  expect((await undo(body.merge_id)).body.code).toBe('merge_undone')
})

test('merging takes the right to change all of them and to delete the losers', async () => {
  const { winner, loser } = await aScene()
  const body = { ids: [winner.id, loser.id], winner_id: winner.id }
  const changer = await joinWith(app, owner, {
    grants: { 'companies:read': 'all', 'companies:update': 'all' },
  })
  expect((await merge('companies', body, changer)).status).toBe(403)
  const own = await joinWith(app, owner, {
    grants: { 'companies:read': 'all', 'companies:update': 'own', 'companies:delete': 'own' },
  })
  expect((await merge('companies', body, own)).status).toBe(403)
  expect((await merge('companies', { ...body, winner_id: crypto.randomUUID() })).status).toBe(422)
  expect((await merge('companies', { ...body, ids: [winner.id, winner.id] })).status).toBe(422)
})
