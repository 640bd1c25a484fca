import { setTimeout as sleep } from 'node:timers/promises'
import {
  auditActions,
  roleGrants,
  roles,
  type AuditEntry,
  type Lead,
  type Role,
  type Session,
} from '@rapport/contracts'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { verifyLog } from '../../platform/audit/index.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
beforeAll(async () => void (app = await createTestApp()))
afterAll(() => app?.stop())

const path = '/organizations/current/audit-log'
type Page = { items: AuditEntry[]; next_cursor: string | null }

const logOf = async (caller: Caller, query = '') => (await caller.call<Page>('GET', `${path}?${query}`)).body
const newest = async (caller: Caller, query = '') => (await logOf(caller, `${query}&limit=1`)).items[0]

async function newestOnce(caller: Caller, action: string): Promise<AuditEntry> {
  for (const end = Date.now() + 5_000; ; await sleep(20)) {
    const entry = await newest(caller, `action=${action}`)
    if (entry) return entry
    if (Date.now() > end) throw new Error(`No ${action} came into the log.`)
  }
}

async function aLead(caller: Caller, values: Record<string, unknown> = {}): Promise<Lead> {
  const { status, body, text } = await caller.call<Lead>('POST', '/crm/leads', {
    body: { full_name: 'Grace Hopper', ...values },
  })
  if (status !== 201) throw new Error(text)
  return body
}

describe('a change', () => {
  test('of a lead is told with the changed fields before and after, money as in the API', async () => {
    const owner = await app.register()
    const lead = await aLead(owner, { estimated_value: 1234.5, currency: 'EUR', city: 'Paris' })
    expect(await newest(owner)).toMatchObject({
      action: 'lead.created',
      category: 'business',
      outcome: 'success',
      object: 'lead',
      record_id: lead.id,
      record_name: 'Grace Hopper',
      before: null,
      after: { full_name: 'Grace Hopper', estimated_value: 1234.5, currency: 'EUR', city: 'Paris' },
      actor: { kind: 'user', id: owner.session.user.id, name: owner.session.user.full_name },
      ip: '127.0.0.1',
      erased: false,
    })
    await owner.call('PATCH', `/crm/leads/${lead.id}`, {
      body: { estimated_value: 99.99, city: null, version: lead.version },
      headers: { 'user-agent': 'A browser', 'x-request-id': 'request-of-the-test' },
    })
    expect(await newest(owner)).toMatchObject({
      action: 'lead.updated',
      before: { estimated_value: 1234.5, city: 'Paris' },
      after: { estimated_value: 99.99, city: null },
      user_agent: 'A browser',
    })
  })

  test('that only moves a card, the trash and the way back are told', async () => {
    const owner = await app.register()
    const lead = await aLead(owner)
    await owner.call('DELETE', `/crm/leads/${lead.id}`)
    await owner.call('POST', `/crm/leads/${lead.id}/restore`)
    const [restored, deleted] = (await logOf(owner, `record_id=${lead.id}`)).items
    expect(deleted).toMatchObject({
      action: 'lead.deleted',
      before: { deleted_at: null },
      after: { deleted_at: expect.any(String) },
    })
    expect(restored).toMatchObject({ action: 'lead.restored', after: { deleted_at: null } })
  })

  test('of pipelines, stages and the organization is told', async () => {
    const owner = await app.register()
    await owner.call('PUT', '/organizations/current', { body: { name: 'New name', country: 'BR' } })
    expect(await newest(owner)).toMatchObject({
      action: 'organization.updated',
      before: { country: null },
      after: { name: 'New name', country: 'BR' },
    })
    const made = await owner.call<{ id: string }>('POST', '/crm/pipelines', { body: { name: 'Partners' } })
    expect(await newest(owner)).toMatchObject({ action: 'pipeline.created', record_name: 'Partners' })
    const stage = await owner.call<{ id: string; version: number }>(
      'POST',
      `/crm/pipelines/${made.body.id}/stages`,
      { body: { name: 'Demo' } },
    )
    expect(await newest(owner)).toMatchObject({ action: 'pipeline.updated', after: { stage: 'Demo' } })
    await owner.call('PATCH', `/crm/pipelines/${made.body.id}/stages/${stage.body.id}`, {
      body: { name: 'Show', probability: 60, version: stage.body.version },
    })
    expect(await newest(owner)).toMatchObject({
      before: { stage: 'Demo', probability: expect.any(Number) },
      after: { stage: 'Show', probability: 60 },
    })
  })

  test('that was refused as invalid or out of date leaves no entry', async () => {
    const owner = await app.register()
    const lead = await aLead(owner)
    const before = await newest(owner)
    await owner.call('PATCH', `/crm/leads/${lead.id}`, { body: { full_name: '', version: lead.version } })
    await owner.call('PATCH', `/crm/leads/${lead.id}`, { body: { full_name: 'X', version: 99 } })
    expect((await newest(owner))?.seq).toBe(before?.seq)
  })
})

describe('a refusal', () => {
  test('for want of a permission is in the log, once a minute', async () => {
    const owner = await app.register()
    const viewer = await app.join(owner, 'viewer')
    for (let attempt = 0; attempt < 5; attempt += 1)
      await viewer.call('POST', '/crm/leads', { body: { full_name: 'No' } })
    const { items } = await logOf(owner, 'outcome=refused')
    expect(items).toMatchObject([
      {
        action: 'access.refused',
        category: 'security',
        actor: { id: viewer.session.user.id },
        after: { route: 'POST /crm/leads', code: 'permission_missing' },
      },
    ])
  })

  test('of a member of another organization is in the log of the one that was reached for', async () => {
    const [owner, stranger] = [await app.register(), await app.register()]
    const lead = await aLead(owner)
    const headers = { 'x-org-id': owner.session.organization.id }
    const answer = await stranger.call('GET', `/crm/leads/${lead.id}`, { headers })
    expect(answer.status).toBe(403)
    await stranger.call('POST', '/auth/switch-organization', {
      body: { organization_id: owner.session.organization.id },
    })
    expect(await logOf(owner, 'outcome=refused')).toMatchObject({
      items: [
        { actor: { id: stranger.session.user.id }, after: { route: 'POST /auth/switch-organization' } },
        {
          actor: { id: stranger.session.user.id },
          record_id: lead.id,
          after: { route: 'GET /crm/leads/{id}', code: 'organization_mismatch' },
        },
      ],
    })
    expect((await logOf(stranger, 'outcome=refused')).items).toEqual([])
  })

  test('of an organization that does not exist is a 403 like any other', async () => {
    const owner = await app.register()
    const headers = { 'x-org-id': uuidv7() }
    expect((await owner.call('GET', '/crm/leads', { headers })).status).toBe(403)
  })
})

describe('log-ins', () => {
  const email = 'logs@example.com'

  test('are told: opened, refused, ended, and a token that was used again', async () => {
    const owner = await app.register({ email })
    const logIn = (password: string) =>
      app.call<Session>('POST', '/auth/login', { body: { email, password } })
    await logIn('wrong horse battery')
    expect(await newestOnce(owner, 'session.refused')).toMatchObject({
      outcome: 'refused',
      category: 'security',
      actor: { id: owner.session.user.id },
    })
    const opened = await logIn('correct horse battery')
    expect(await newestOnce(owner, 'session.opened')).toMatchObject({ outcome: 'success', ip: '127.0.0.1' })
    const headers = { authorization: `Bearer ${opened.body.access_token}` }
    await app.call('POST', '/auth/logout', { headers })
    expect(await newestOnce(owner, 'session.ended')).toMatchObject({ object: 'session' })
    const stolen = owner.session.refresh_token
    const exchange = (refresh_token: string) =>
      app.call<Session>('POST', '/auth/refresh', { body: { refresh_token } })
    const again = await exchange((await exchange(stolen)).body.refresh_token)
    expect((await exchange(stolen)).status).toBe(401)
    expect((await exchange(again.body.refresh_token)).status).toBe(401)
    const reader = await logIn('correct horse battery')
    const own = {
      authorization: `Bearer ${reader.body.access_token}`,
      'x-org-id': reader.body.organization.id,
    }
    const { body } = await app.call<Page>('GET', `${path}?action=session.token_reused`, { headers: own })
    expect(body.items).toMatchObject([{ outcome: 'refused', actor: { id: owner.session.user.id } }])
  })

  test('with an address that nobody has are in no log', async () => {
    const before = await entriesOfAll()
    await app.call('POST', '/auth/login', { body: { email: 'nobody@example.com', password: 'wrong horse' } })
    await sleep(100)
    expect(await entriesOfAll()).toBe(before)
  })

  async function entriesOfAll(): Promise<number> {
    const client = new pg.Client({ connectionString: app.adminUrl })
    await client.connect()
    try {
      const { rows } = await client.query<{ entries: number }>(
        'SELECT count(*)::int AS entries FROM audit_log',
      )
      return rows[0]?.entries ?? 0
    } finally {
      await client.end()
    }
  }
})

describe('the list', () => {
  test('is for those who may read the log, and shows each organization its own', async () => {
    const [owner, other] = [await app.register(), await app.register()]
    await aLead(owner)
    const ids = new Set((await logOf(other, 'limit=200')).items.map(({ record_id }) => record_id))
    for (const { record_id } of (await logOf(owner)).items) expect(ids.has(record_id)).toBe(false)
    for (const role of roles.filter((one): one is Role => one !== 'owner')) {
      const member = await app.join(owner, role)
      const granted = roleGrants[role]['audit:read'] !== undefined
      expect((await member.call('GET', path)).status, role).toBe(granted ? 200 : 403)
      expect((await member.call('GET', `${path}/export`)).status, role).toBe(granted ? 200 : 403)
    }
  })

  test('pages newest first without a gap while entries come in', async () => {
    const owner = await app.register()
    for (let made = 0; made < 5; made += 1) await aLead(owner)
    const top = (await newest(owner))?.seq ?? 0
    const seen: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const next: Page = await logOf(owner, `limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...next.items.map(({ seq }) => seq))
      cursor = next.next_cursor
      await aLead(owner)
    }
    expect(seen).toEqual(Array.from({ length: top }, (_, index) => top - index))
  })

  test('filters by action, object, record, person, category, result and the JSON filter', async () => {
    const owner = await app.register()
    const admin = await app.join(owner, 'admin')
    const lead = await aLead(admin)
    await admin.call('PATCH', `/crm/leads/${lead.id}`, { body: { city: 'Rio', version: lead.version } })
    const count = async (query: string) => (await logOf(owner, query)).items.length
    expect(await count('action=lead.updated')).toBe(1)
    expect(await count('action=lead.updated,lead.created')).toBe(2)
    expect(await count('object=lead')).toBe(2)
    // An organization begins with a pipeline for leads and one for deals.
    expect(await count('object=lead,pipeline')).toBe(4)
    expect(await count(`record_id=${lead.id}`)).toBe(2)
    expect(await count(`actor_id=${admin.session.user.id}&category=business`)).toBe(2)
    expect(await count('outcome=refused')).toBe(0)
    expect(await count('category=business')).toBe(4)
    const filter = {
      and: [
        { field: 'object', op: 'eq', value: 'lead' },
        { field: 'action', op: 'ne', value: 'lead.created' },
      ],
    }
    expect(await count(`filter=${encodeURIComponent(JSON.stringify(filter))}`)).toBe(1)
    for (const query of [
      'action=Lead;drop',
      'from=yesterday',
      'actor_id=me',
      'cursor=abc',
      'filter={"field":"hash","op":"eq","value":"x"}',
    ])
      expect((await owner.call('GET', `${path}?${query}`)).status, query).toBe(422)
  })

  test('finds a period by its times, whatever the number of entries', async () => {
    const owner = await app.register()
    for (let made = 0; made < 7; made += 1) {
      await aLead(owner)
      await sleep(5)
    }
    const { items } = await logOf(owner, 'limit=200')
    for (const from of items)
      for (const to of items) {
        const wanted = items.filter(
          ({ occurred_at }) => occurred_at >= from.occurred_at && occurred_at < to.occurred_at,
        )
        const found = await logOf(owner, `limit=200&from=${from.occurred_at}&to=${to.occurred_at}`)
        expect(found.items.map(({ seq }) => seq)).toEqual(wanted.map(({ seq }) => seq))
      }
    const since = { field: 'occurred_at', op: 'gte', value: items[3]?.occurred_at }
    const until = { field: 'occurred_at', op: 'lte', value: items[1]?.occurred_at }
    const filter = encodeURIComponent(JSON.stringify({ and: [since, until] }))
    expect((await logOf(owner, `filter=${filter}`)).items).toEqual(items.slice(1, 4))
    const today = encodeURIComponent(JSON.stringify({ field: 'occurred_at', op: 'within', value: 'today' }))
    expect((await logOf(owner, `filter=${today}&limit=200`)).items).toEqual(items)
    expect((await logOf(owner, 'from=2200-01-01T00:00:00Z')).items).toEqual([])
    expect((await logOf(owner, 'to=2000-01-01T00:00:00Z')).items).toEqual([])
  })

  test('names no action that the contract does not know', async () => {
    const owner = await app.register()
    await aLead(owner)
    const { items } = await logOf(owner, 'limit=200')
    for (const { action } of items) expect(auditActions).toContain(action)
  })
})

describe('the export', () => {
  test('is a CSV that no spreadsheet runs, with the same filters, and is in the log itself', async () => {
    const owner = await app.register()
    await aLead(owner, { full_name: '=HYPERLINK("https://evil.example")', company_name: '@SUM(1)' })
    const { text, headers } = await owner.call('GET', `${path}/export?action=lead.created`)
    expect(String(headers['content-type'])).toContain('text/csv')
    expect(String(headers['content-disposition'])).toMatch(/attachment; filename="audit-log-.*\.csv"/)
    const [head, line, ...rest] = text.replace('\uFEFF', '').split('\r\n')
    expect(head).toContain('seq,occurred_at,category,action')
    expect(line).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
    expect(rest).toEqual([''])
    expect(await newest(owner)).toMatchObject({
      action: 'audit.exported',
      category: 'security',
      after: { format: 'csv', action: ['lead.created'] },
    })
  })

  test('is a JSON list of the same entries as the list shows, over many pages', async () => {
    const owner = await app.register()
    const { tenancy } = app.app.platform
    const actor = actorOf(owner)
    for (let batch = 0; batch < 3; batch += 1)
      await tenancy.inTenant(actor, async ({ audit }) => {
        for (let entry = 0; entry < 500; entry += 1)
          audit({ action: 'audit.exported', object: 'audit', after: { number: batch * 500 + entry } })
      })
    const { text } = await owner.call('GET', `${path}/export?format=json`)
    const entries = JSON.parse(text) as AuditEntry[]
    const seqs = entries.map(({ seq }) => seq)
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => seqs.length - index))
    expect(entries.slice(0, 50)).toEqual((await logOf(owner)).items)
    expect(await verifyLog(tenancy, actor.organization_id)).toMatchObject({ broken: null })
  })

  test('with a filter that is not valid is none', async () => {
    const owner = await app.register()
    const before = await newest(owner)
    expect((await owner.call('GET', `${path}/export?filter=nonsense`)).status).toBe(422)
    expect((await newest(owner))?.seq).toBe(before?.seq)
  })
})

function actorOf({ session }: Caller) {
  return systemActor(session.organization.id)
}
