/** Files with the records of lists, by a job that any crash survives. */
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import {
  roleGrants,
  type CustomField,
  type Export,
  type Lead,
  type Problem,
  type View,
} from '@rapport/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { guard } from '../../platform/formula-guard.ts'
import { joinWith } from '../../testing/members.ts'
import { readSheet } from './sheet.fixture.ts'
import { sweepFiles } from './routes.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  await made<CustomField>('/crm/custom-fields', {
    object: 'lead',
    key: 'vessel',
    label: 'Vessel',
    type: 'text',
  })
  await aLead({
    full_name: 'João "Zé" Conceição',
    company_name: 'Alpha, Beta; Ltda',
    email: 'joao@alpha.example',
    phone: '+55 11 91234-5678',
    estimated_value: 1234.5,
    tags: ['Hot', 'Trial'],
    custom: { vessel: 'Étoile' },
  })
  await aLead({ full_name: '=HYPERLINK("http://evil.example")', city: "'+1", estimated_value: 7 })
  await aLead({ full_name: 'Plain Person', status: 'working' })
})
afterAll(() => app?.stop())

async function made<Body>(path: string, body: object, caller = owner): Promise<Body> {
  const answer = await caller.call<Body>('POST', path, { body })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const aLead = (fields: object, caller = owner) => made<Lead>('/crm/leads', fields, caller)

async function ask(body: object, caller = owner): Promise<Export> {
  const asked = await caller.call<Export>('POST', '/crm/exports', { body: { object: 'lead', ...body } })
  expect(asked.status, asked.text).toBe(202)
  return asked.body
}

async function settled(id: string, caller = owner): Promise<Export> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { body } = await caller.call<Export>('GET', `/crm/exports/${id}`)
    if (body.finished_at !== null) return body
    await wait(50)
  }
  throw new Error('The export did not end.')
}

async function fileOf(body: object, caller = owner): Promise<string> {
  const { id } = await ask(body, caller)
  const ended = await settled(id, caller)
  expect(ended.state, ended.problem ?? '').toBe('completed')
  const file = await caller.call('GET', `/crm/exports/${id}/file`)
  expect(file.status, file.text).toBe(200)
  return file.text
}
const linesOf = (text: string) => text.replace('\uFEFF', '').trimEnd().split('\r\n')

describe('a file of CSV', () => {
  test('has the chosen columns in their order, quoted, with names for ids, and no cell that is a formula', async () => {
    const columns = [
      { field: 'full_name', label: 'Name' },
      'company_name',
      'phone',
      'estimated_value',
      'owner_id',
      'stage_id',
      'tags',
      'custom.vessel',
      'city',
    ]
    const lines = linesOf(await fileOf({ columns, sort: 'full_name' }))
    const { full_name } = owner.session.user
    expect(lines[0]).toBe('Name,company_name,phone,estimated_value,owner_id,stage_id,tags,Vessel,city')
    expect(lines[1]).toMatch(
      new RegExp(`^"'=HYPERLINK\\(""http://evil.example""\\)",,,7,${full_name},[^,]+,,,''\\+1$`),
    )
    expect(lines[2]).toMatch(
      new RegExp(
        `^"João ""Zé"" Conceição","Alpha, Beta; Ltda",'\\+5511912345678,1234.5,${full_name},[^,]+,"Hot, Trial",Étoile,$`,
      ),
    )
    expect(lines).toHaveLength(4)
  })

  test('guards and quotes every text alike, be it of the record or of a field of one’s own', async () => {
    const someone = await app.register()
    const field = { object: 'lead', key: 'vessel', label: 'Vessel', type: 'long_text' }
    await made<CustomField>('/crm/custom-fields', field, someone)
    const texts = [
      '=1+1',
      '+1',
      '-1',
      '@a',
      "'=1",
      "''=1",
      "'plain",
      "''",
      'a,b',
      'say "hi"',
      '=a,"b"',
      "'",
      'Zé',
    ]
    for (const [place, text] of texts.entries()) {
      const lead = {
        full_name: `${place} ${text}`,
        company_name: text,
        custom: { vessel: `${text}\n${text}` },
      }
      await aLead(lead, someone)
    }
    const written = (text: string) => {
      const cell = guard(text)
      return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
    }
    const columns = ['company_name', 'custom.vessel', 'full_name', 'city']
    const lines = linesOf(await fileOf({ columns, sort: 'created_at' }, someone))
    expect(lines.slice(1)).toEqual(
      texts.map((text, place) => [text, `${text}\n${text}`, `${place} ${text}`, ''].map(written).join(',')),
    )
    const semicolons = linesOf(await fileOf({ columns: ['company_name'], delimiter: ';' }, someone))
    expect(semicolons).toContain('a,b')
  })

  test('holds what a filter, a search or ids choose, and a view with its columns and order', async () => {
    const columns = ['full_name']
    expect(
      linesOf(await fileOf({ columns, filter: { field: 'status', op: 'eq', value: 'working' } })),
    ).toHaveLength(2)
    expect(linesOf(await fileOf({ columns, q: 'alpha' }))[1]).toContain('Conceição')
    const { items } = (await owner.call<{ items: Lead[] }>('GET', '/crm/leads?q=hyperlink')).body
    expect(linesOf(await fileOf({ columns, ids: items.map(({ id }) => id) }))).toHaveLength(2)
    const view = await made<View>('/crm/views', {
      object: 'lead',
      name: 'Rich ones / 2026',
      columns: [{ field: 'estimated_value' }, { field: 'city', hidden: true }, { field: 'email' }],
      filter: { field: 'estimated_value', op: 'gt', value: 0 },
      sort: 'estimated_value',
    })
    const asked = await ask({ view_id: view.id })
    expect(asked.file_name).toMatch(/^Rich ones {2,3}2026 \d{4}-\d\d-\d\d\.csv$/)
    expect(linesOf(await fileOf({ view_id: view.id }))).toEqual([
      'estimated_value,email',
      '7,',
      '1234.5,joao@alpha.example',
    ])
  })

  test('is written as its reader writes numbers and times, where that is asked for', async () => {
    await owner.call('PUT', '/users/me', { body: { language: 'pt-BR', time_zone: 'America/Sao_Paulo' } })
    const columns = ['estimated_value', 'created_at']
    const [, line] = linesOf(
      await fileOf({ columns, sort: '-estimated_value', localized: true, delimiter: ';' }),
    )
    expect(line).toMatch(/^1234,5;\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/)
    const [, plain] = linesOf(await fileOf({ columns, sort: '-estimated_value' }))
    expect(plain).toMatch(/^1234\.5,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    await owner.call('PUT', '/users/me', { body: { language: 'en', time_zone: 'UTC' } })
  })

  test('has the words of the caller for options, a formula among them made harmless', async () => {
    const column = { field: 'status', label: 'Situação', options: { working: 'Em contato', new: '=1+1' } }
    const filter = { field: 'status', op: 'eq', value: 'working' }
    const named = await fileOf({ columns: [{ field: 'full_name', label: 'Nome' }, column], filter })
    expect(linesOf(named)).toEqual(['Nome,Situação', 'Plain Person,Em contato'])
    expect(linesOf(await fileOf({ columns: [column] }))).toContain("'=1+1")
    const bare = { ...column, options: { constructor: 'x' } }
    expect(linesOf(await fileOf({ columns: [bare], filter }))).toEqual(['Situação', 'working'])
  })

  test('of many thousand records has each of them once, in their order', async () => {
    const crowd = await app.register()
    const { id } = await aLead({ full_name: 'Crowd 00000' }, crowd)
    const last = 9_500
    await app.app.platform.tenancy.inTenant(systemActor(crowd.session.organization.id), ({ tx }) =>
      sql`INSERT INTO leads SELECT (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'rank', 'z' || n,
          'full_name', 'Crowd ' || lpad(n::text, 5, '0')))).*
        FROM leads l CROSS JOIN generate_series(1, ${last}::int) n
        WHERE l.organization_id = ${crowd.session.organization.id}::uuid AND l.id = ${id}::uuid`.execute(tx),
    )
    const lines = linesOf(await fileOf({ columns: ['full_name'], sort: 'full_name' }, crowd))
    const names = Array.from({ length: last + 1 }, (_, place) => `Crowd ${String(place).padStart(5, '0')}`)
    expect(lines).toEqual(['full_name', ...names])
  })
})

test('an export that is stopped stays so, and leaves no file', async () => {
  const { id } = await ask({})
  const stopped = await owner.call<{ state: string }>('POST', `/jobs/${id}/cancel`)
  // Where it was over before it could be stopped, that is said.
  if (stopped.status === 409) return
  expect(stopped.body.state).toBe('cancelled')
  await expect.poll(async () => (await keptAsked(id))?.asked ?? null, { timeout: 20_000 }).toBeNull()
  expect((await settled(id)).state).toBe('cancelled')
  expect((await owner.call('GET', `/crm/exports/${id}/file`)).status).toBe(409)
})

const keptAsked = (id: string) =>
  app.app.platform.tenancy.inTenant(systemActor(owner.session.organization.id), ({ tx }) =>
    tx.selectFrom('exports').select('asked').where('id', '=', id).executeTakeFirst(),
  )

test('a workbook has numbers as numbers, days as days and texts as texts', async () => {
  const { id } = await ask({
    format: 'xlsx',
    columns: ['full_name', 'estimated_value', 'created_at'],
    sort: '-estimated_value',
  })
  expect((await settled(id)).state).toBe('completed')
  const key = `${owner.session.organization.id}/exports/${id}.xlsx`
  const cells = readSheet(await buffer(app.app.platform.storage.read(key)))
  expect(cells[0]).toEqual(['full_name', 'estimated_value', 'created_at'])
  expect(cells[1]?.slice(0, 2)).toEqual(['João "Zé" Conceição', 1234.5])
  expect(cells[1]?.[2]).toBeGreaterThan(46_000)
  expect(cells[2]?.[0]).toBe('=HYPERLINK("http://evil.example")')
})

describe('what a role may not read', () => {
  test('is not in its file: records of others, and hidden fields, asked for or not', async () => {
    const member = await joinWith(app, owner, {
      grants: { ...roleGrants.viewer, 'leads:read': 'own' },
      field_rules: { lead: { email: 'hidden', 'custom.vessel': 'hidden' } },
    })
    expect(linesOf(await fileOf({ columns: ['full_name'] }, member))).toEqual(['full_name'])
    const [head] = linesOf(await fileOf({}, member))
    expect(head).toContain('full_name')
    expect(head).not.toMatch(/email|Vessel/)
    const refused = await member.call<Problem>('POST', '/crm/exports', {
      body: { object: 'lead', columns: ['email'] },
    })
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid_input'])
  })

  test('is refused with a whole kind of records, and a file to everybody but who asked for it', async () => {
    const blind = await joinWith(app, owner, { grants: { 'contacts:read': 'all' } })
    expect((await blind.call('POST', '/crm/exports', { body: { object: 'lead' } })).status).toBe(403)
    const { id } = await ask({})
    await settled(id)
    const colleague = await app.join(owner, 'admin')
    for (const path of ['', '/file'])
      expect((await colleague.call('GET', `/crm/exports/${id}${path}`)).status).toBe(404)
    const stranger = await app.register()
    expect((await stranger.call('GET', `/crm/exports/${id}/file`)).status).toBe(404)
  })
})

test('an export is a job: it is told with its progress, noted in the log with who fetched it, and gone when its days are over', async () => {
  const { id, job_id } = await ask({})
  await settled(id)
  const job = await owner.call<{ state: string; kind: string; done: number; total: number }>(
    'GET',
    `/jobs/${job_id}`,
  )
  expect(job.body).toMatchObject({ state: 'completed', kind: 'export', done: 3, total: 3 })
  expect((await owner.call('POST', `/jobs/${job_id}/undo`)).status).toBe(409)
  await owner.call('GET', `/crm/exports/${id}/file`)
  const log = await owner.call<{ items: { action: string }[] }>(
    'GET',
    '/organizations/current/audit-log?limit=20',
  )
  expect(log.body.items.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['export.fetched', 'job.progressed']),
  )
  const { organization } = owner.session
  await app.app.platform.tenancy.inTenant(systemActor(organization.id), async (ctx) => {
    await ctx.tx
      .updateTable('exports')
      .set({ expires_at: '2026-01-01T00:00:00Z' })
      .where('id', '=', id)
      .execute()
    await sweepFiles(ctx, app.app.platform.storage)
  })
  const gone = await owner.call<Problem>('GET', `/crm/exports/${id}/file`)
  expect([gone.status, gone.body.code]).toEqual([409, 'export_not_ready'])
})

test('an erasure takes away the files in which the person may be', async () => {
  const lead = await aLead({ full_name: 'Erased Soon' })
  const { id } = await ask({})
  await settled(id)
  await owner.call('POST', '/privacy/requests', {
    body: { kind: 'person_erasure', object: 'lead', record_ids: [lead.id], reason: 'Asked by mail' },
  })
  await expect
    .poll(async () => (await owner.call('GET', `/crm/exports/${id}/file`)).status, { timeout: 20_000 })
    .toBe(409)
})

test.each([
  [{ columns: ['nothing'] }, 'columns.0'],
  [{ sort: 'nothing' }, 'sort'],
  [{ filter: { field: 'nothing', op: 'eq', value: 1 } }, 'filter'],
  [{ object: 'nothing' }, 'object'],
])('what cannot be written (%j) is refused at once', async (body, path) => {
  const refused = await owner.call<Problem>('POST', '/crm/exports', { body: { object: 'lead', ...body } })
  expect(refused.status, refused.text).toBe(422)
  expect(refused.body.errors?.[0]?.path).toContain(path)
})
