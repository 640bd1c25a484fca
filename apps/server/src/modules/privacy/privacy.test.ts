import { inflateRawSync } from 'node:zlib'
import {
  roleGrants,
  type Consent,
  type Contact,
  type Import,
  type Lead,
  type PersonRecord,
  type PrivacyRequest,
  type Transfer,
} from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'
import { everythingKept, expectNoTrace, marks, person } from './person.fixture.ts'

type Items<Item> = { items: Item[]; next_cursor: string | null }

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

async function aLead(body: Record<string, unknown>, caller = owner): Promise<Lead> {
  const made = await caller.call<Lead>('POST', '/crm/leads', { body })
  expect(made.status, made.text).toBe(201)
  return made.body
}

async function aContact(body: Record<string, unknown>): Promise<Contact> {
  const made = await owner.call<Contact>('POST', '/crm/contacts', { body })
  expect(made.status, made.text).toBe(201)
  return made.body
}

async function request(body: Record<string, unknown>, path = '/privacy/requests'): Promise<PrivacyRequest> {
  const made = await owner.call<PrivacyRequest>('POST', path, { body })
  expect(made.status, made.text).toBe(202)
  await expect
    .poll(async () => (await getRequest(made.body.id)).state, { timeout: 15_000 })
    .toMatch(/completed|failed/)
  return getRequest(made.body.id)
}

const getRequest = async (id: string) =>
  (await owner.call<PrivacyRequest>('GET', `/privacy/requests/${id}`)).body

const erase = (lead: Lead, reason = 'Asked by mail') =>
  request({ kind: 'person_erasure', object: 'lead', record_ids: [lead.id], reason })

async function upload(csv: string): Promise<Import> {
  const boundary = 'privacy'
  const part = (head: string, body: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
  const made = await owner.call<Import>('POST', '/crm/imports', {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${part('name="object"', 'lead')}${part('name="file"; filename="people.csv"', csv)}--${boundary}--\r\n`,
  })
  expect(made.status, made.text).toBe(201)
  return made.body
}

describe('the erasure of a person', () => {
  test('leaves not one byte of them in the database or the files, wherever they were', async () => {
    const lead = await aLead(person)
    const other = await aLead({ full_name: 'Somebody Else', email: 'else@example.com' })
    await owner.call('PATCH', `/crm/leads/${lead.id}`, {
      body: { company_name: 'Zyxqu Two', version: lead.version },
    })
    await owner.call('POST', `/crm/leads/${lead.id}/activities`, {
      body: { type: 'note', body: 'Quirina likes zyxqu.' },
    })
    await owner.call('POST', `/crm/leads/${other.id}/activities`, {
      body: { type: 'note', body: 'Met QUIRINA ZYXQUWOLIN (+55 11 91234-8765), wants coffee.' },
    })
    const consent = { object: 'lead', record_id: lead.id, purpose: 'marketing', channel: 'email' }
    await owner.call('POST', '/privacy/consents', {
      body: { ...consent, state: 'granted', source: 'Zyxqu form', note: 'said Quirina' },
    })
    const waiting = await upload(
      `Name,Email\nQuirina Zyxquwolin,quirina@zyxquwolin.example\nAnn,ann@example.com`,
    )
    const failing = await upload(
      `Name,Email,Value\nQuirina Zyxquwolin,quirina@zyxquwolin.example,many zyxqu\nBob,bob@example.com,12`,
    )
    await owner.call('POST', `/crm/imports/${failing.id}/start`, {
      body: {
        mapping: { Name: 'full_name', Email: 'email', Value: 'estimated_value' },
        duplicate_policy: 'create',
      },
    })
    await expect
      .poll(async () => (await owner.call<Import>('GET', `/crm/imports/${failing.id}`)).body.state)
      .toBe('completed')
    await owner.call('POST', '/organizations/current/invitations', {
      body: { email: 'friend@example.com', message: 'Quirina Zyxquwolin said you are good.', role: 'viewer' },
    })
    await owner.call('POST', '/organizations/current/invitations', {
      body: { email: person.email, role: 'viewer' },
    })
    const waitingMails = `SELECT 1 FROM outgoing_mails WHERE state = 'queued'`
    await expect.poll(async () => (await admin.query(waitingMails)).rowCount).toBe(0)
    await request({ kind: 'person_export', object: 'lead', record_ids: [lead.id], reason: 'Quirina asked' })
    await request({ reason: 'For Quirina Zyxquwolin' }, '/organizations/current/export')
    const before = await everythingKept(app, (text) => admin.query(text))
    for (const mark of ['zyxqu', 'quirina']) expect(before).toContain(mark)

    const done = await erase(lead, 'Quirina Zyxquwolin asked')
    expect(done).toMatchObject({ state: 'completed', problem: null })

    const after = await everythingKept(app, (text) => admin.query(text))
    expectNoTrace(after, marks)
    expect(after).toContain('somebody else')
    expect(after).toContain('wants coffee')
    const kept = await owner.call<Lead>('GET', `/crm/leads/${other.id}`)
    expect(kept.body.email).toBe('else@example.com')
    expect((await owner.call<Import>('GET', `/crm/imports/${waiting.id}`)).body.state).toBe('cancelled')
  })

  test('leaves the counts and sums of reports as they were', async () => {
    const lead = await aLead({ full_name: 'Counted Once', estimated_value: 700, status: 'working' })
    const totals = async () => {
      const { rows } = await admin.query(
        'SELECT count(*)::int AS leads, sum(estimated_value)::text AS value FROM leads WHERE organization_id = $1 AND deleted_at IS NULL',
        [owner.session.organization.id],
      )
      return rows[0] as object
    }
    const before = await totals()
    await erase(lead)
    expect(await totals()).toEqual(before)
    const { body } = await owner.call<Lead>('GET', `/crm/leads/${lead.id}`)
    expect(body).toMatchObject({
      full_name: 'Erased person',
      estimated_value: 700,
      status: 'working',
      email: null,
    })
  })

  test('leaves a certificate in the audit log: what was erased, by whom, without saying who it was', async () => {
    const lead = await aLead({ full_name: 'Certified Gone' })
    const { id } = await erase(lead)
    const { rows } = await admin.query<{ after: { kind: string; result: Record<string, number> } }>(
      `SELECT after FROM audit_log WHERE organization_id = $1 AND action = 'privacy_request.completed' AND record_id = $2`,
      [owner.session.organization.id, id],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.after).toMatchObject({ kind: 'person_erasure', result: { leads: 1 } })
  })

  test('of a record that is not there, or already erased, is refused', async () => {
    const lead = await aLead({ full_name: 'Twice Gone' })
    await erase(lead)
    const again = await owner.call('POST', '/privacy/requests', {
      body: { kind: 'person_erasure', object: 'lead', record_ids: [lead.id], reason: 'Again' },
    })
    expect(again.status).toBe(404)
  })
})

test('a member who deletes their account leaves no name, address or device in any organization', async () => {
  const host = await app.register()
  const member = await app.join(host, 'sales')
  const { user } = member.session
  const renamed = await member.call('PUT', '/users/me', { body: { full_name: 'Wolfhart Ypsilander' } })
  expect(renamed.status, renamed.text).toBe(200)
  const lead = await aLead({ full_name: 'Kept Customer' }, member)
  await member.call('POST', `/crm/leads/${lead.id}/activities`, { body: { type: 'note', body: 'Said yes.' } })
  const consent = { object: 'lead', record_id: lead.id, purpose: 'sales', channel: 'phone', state: 'granted' }
  await member.call('POST', '/privacy/consents', { body: { ...consent, source: 'Call' } })
  expect(await everythingKept(app, (text) => admin.query(text))).toContain('ypsilander')
  const gone = await member.call('DELETE', '/users/me', { body: { password: 'correct horse battery' } })
  expect(gone.status, gone.text).toBe(204)
  const after = await everythingKept(app, (text) => admin.query(text))
  for (const mark of ['ypsilander', user.email]) {
    const at = after.indexOf(mark)
    expect(at === -1 ? null : after.slice(Math.max(0, at - 200), at + 80), mark).toBeNull()
  }
  expect(after).toContain('said yes.')
})

test('a member who deletes their account leaves nothing that was theirs alone', async () => {
  const host = await app.register()
  const member = await app.join(host, 'sales')
  const id = member.session.user.id
  const done = async (method: 'POST' | 'PUT' | 'PATCH', path: string, body: object, by = member) => {
    const answer = await by.call<{ id: string }>(method, path, { body })
    expect(answer.status, answer.text).toBeLessThan(300)
    return answer.body
  }
  const lead = await done('POST', '/crm/leads', { full_name: 'Kept Customer' })
  const record = { object: 'lead', id: lead.id }
  await done('PUT', '/crm/visits', { record })
  await done('PUT', '/crm/following', { record, following: true })
  await done('PUT', '/analytics/dashboards/mine', { widgets: [{ widget: 'won_value', size: 'small' }] })
  await done('PUT', `/crm/absences/${id}`, { from_day: '2031-01-01', to_day: '2031-01-02' })
  await done('PATCH', '/notifications/settings', { sound: true })
  const view = { object: 'lead', name: 'Mine', layout: 'table', columns: [{ field: 'full_name' }] }
  await done('POST', '/crm/views', { ...view, visibility: 'private' })
  const named = { kind: 'public', name: 'All', member_ids: [id] }
  const channel = await done('POST', '/chat/channels', named, host)
  const direct = await done('POST', '/chat/channels', { kind: 'direct', member_ids: [host.session.user.id] })
  const mention = { type: 'mention', attrs: { id } }
  const body = { type: 'doc', content: [{ type: 'paragraph', content: [mention] }] }
  const messages = `/chat/channels/${channel.id}/messages`
  const message = await done('POST', messages, { client_id: 'm', body }, host)
  await done('POST', `/chat/messages/${message.id}/reminders`, { due_at: '2031-01-01T00:00:00Z' })
  await done('PUT', `/chat/channels/${channel.id}/draft`, { body })
  await done('POST', `/chat/channels/${direct.id}/messages`, { client_id: 'd', body: 'Farewell' })

  const theirs = async () => {
    const { rows: columns } = await admin.query<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND (column_name = 'user_id' OR table_name || '.' || column_name = 'views.owner_id')`,
    )
    const found: string[] = []
    for (const { table, column } of columns)
      if ((await admin.query(`SELECT FROM ${table} WHERE ${column} = $1`, [id])).rowCount) found.push(table)
    return new Set(found)
  }
  const before = await theirs()
  const gone =
    'chat_drafts chat_mentions chat_reminders dashboards member_absences notification_settings record_followers record_visits views'.split(
      ' ',
    )
  expect(gone.filter((table) => !before.has(table))).toEqual([])
  const deleted = await member.call('DELETE', '/users/me', { body: { password: 'correct horse battery' } })
  expect(deleted.status, deleted.text).toBe(204)
  // That they belonged to it, and with whom the other one has spoken; in sessions, that one has ended.
  expect([...(await theirs())].toSorted()).toEqual(['chat_members', 'memberships', 'sessions'])
  const { rows } = await admin.query('SELECT channel_id FROM chat_members WHERE user_id = $1', [id])
  expect(rows).toEqual([{ channel_id: direct.id }])
})

/** The entries of a zip file, by its central directory. */
function unzip(zip: Buffer): Map<string, string> {
  const entries = new Map<string, string>()
  let at = zip.readUInt32LE(zip.length - 22 + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [packed, names, extra, comment] = [20, 28, 30, 32].map((offset) =>
      offset === 20 ? zip.readUInt32LE(at + offset) : zip.readUInt16LE(at + offset),
    ) as [number, number, number, number]
    const name = zip.toString('utf8', at + 46, at + 46 + names)
    const local = zip.readUInt32LE(at + 42)
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    entries.set(name, inflateRawSync(zip.subarray(data, data + packed)).toString('utf8'))
    at += 46 + names + extra + comment
  }
  return entries
}

async function fetchFile(id: string): Promise<Map<string, string>> {
  const { organization, access_token } = owner.session
  const reply = await app.app.http.inject({
    url: `/api/privacy/requests/${id}/file`,
    headers: { authorization: `Bearer ${access_token}`, 'x-org-id': organization.id },
  })
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['content-disposition']).toContain('attachment')
  return unzip(reply.rawPayload)
}

describe('an export', () => {
  test('of a person holds all that is known of them, for machines and for people, and nothing of others', async () => {
    const lead = await aLead({ full_name: 'Exported <b>Eve</b>', email: 'eve@export.example' })
    await owner.call('POST', `/crm/leads/${lead.id}/activities`, {
      body: { type: 'call', body: 'Eve said yes' },
    })
    const { id, result } = await request({
      kind: 'person_export',
      object: 'lead',
      record_ids: [lead.id],
      reason: 'Asked',
    })
    expect(result).toMatchObject({ leads: 1, activities: 2 })
    const files = await fetchFile(id)
    const data = JSON.parse(files.get('data.json') ?? '') as { leads: Lead[]; activities: { body: string }[] }
    expect(data.leads[0]?.email).toBe('eve@export.example')
    expect(data.activities.map(({ body }) => body)).toContain('Eve said yes')
    expect(files.get('data.html')).toContain('Exported &lt;b&gt;Eve&lt;/b&gt;')
    expect(files.get('data.json')).not.toContain('else@example.com')
  })

  test('of the organization holds every tenant table and its people, no secret, and nothing of another organization', async () => {
    const stranger = await app.register()
    await aLead({ full_name: 'Strange Lead' }, stranger)
    const { id } = await request({ reason: 'Moving' }, '/organizations/current/export')
    const files = await fetchFile(id)
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['organization.json', 'leads.jsonl', 'activities.jsonl']),
    )
    const { rows } = await admin.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM leads WHERE organization_id = $1',
      [owner.session.organization.id],
    )
    expect(files.get('leads.jsonl')?.trim().split('\n')).toHaveLength(rows[0]?.n ?? -1)
    expect(files.get('organization.json')).toContain(owner.session.user.email)
    const all = [...files.values()].join('\n')
    expect(all).not.toContain('Strange Lead')
    expect(all).not.toContain(stranger.session.organization.id)
    expect(all).not.toMatch(/argon2|_hash"/)
  })

  test('of the organization is not handed to a data officer who may not ask for it', async () => {
    const role = await owner.call<{ id: string }>('POST', '/organizations/current/roles', {
      body: {
        name: 'Data officer',
        from: 'viewer',
        grants: { 'privacy:read': 'all', 'privacy:manage': 'all' },
      },
    })
    expect(role.status, role.text).toBe(201)
    const officer = await app.join(owner, role.body.id)
    const lead = await aLead({ full_name: 'Of Interest' })
    const all = await request({ reason: 'Moving' }, '/organizations/current/export')
    const one = await request({
      kind: 'person_export',
      object: 'lead',
      record_ids: [lead.id],
      reason: 'Asked',
    })
    const status = async (id: string) => (await officer.call('GET', `/privacy/requests/${id}/file`)).status
    expect(await status(all.id)).toBe(403)
    expect(await status(one.id)).toBe(200)
  })

  test('is noted as a transfer', async () => {
    const { body } = await owner.call<Items<Transfer>>('GET', '/privacy/transfers')
    expect(body.items.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['person_export', 'organization_export']),
    )
  })
})

test('a person is found by e-mail address and by telephone number, in the trash, too', async () => {
  const first = await aLead({ full_name: 'Ana Um', email: 'ana@same.example' })
  const second = await aLead({ full_name: 'Ana Dois', email: 'ana@same.example', phone: '+5511987650000' })
  const third = await aLead({ full_name: 'A. Três', mobile: '+5511987650000' })
  await owner.call('DELETE', `/crm/leads/${second.id}`)
  const find = async (body: unknown) => {
    const found = await owner.call<{ items: PersonRecord[] }>('POST', '/privacy/persons', { body })
    return found.body.items.map(({ id }) => id).toSorted()
  }
  expect(await find({ email: 'ANA@same.example' })).toEqual([first.id, second.id].toSorted())
  expect(await find({ phone: '+55 11 98765-0000' })).toEqual([second.id, third.id].toSorted())
  expect(await find({ record: { object: 'lead', id: second.id } })).toEqual(
    [first.id, second.id, third.id].toSorted(),
  )
  const contact = await aContact({
    full_name: 'Ana Quatro',
    emails: ['ana@same.example'],
    phones: ['+55 11 98765-0000'],
  })
  expect(await find({ record: { object: 'contact', id: contact.id } })).toEqual(
    [first.id, second.id, third.id, contact.id].toSorted(),
  )
  expect(await find({ email: 'ana@same.example' })).toEqual([first.id, second.id, contact.id].toSorted())
})

test('the newest consent of a purpose and channel counts, and the history stays', async () => {
  const lead = await aLead({ full_name: 'Consenting Carl' })
  const give = (state: string, given_at: string, channel = 'email') =>
    owner.call<Consent>('POST', '/privacy/consents', {
      body: {
        object: 'lead',
        record_id: lead.id,
        purpose: 'marketing',
        channel,
        state,
        source: 'Fair',
        given_at,
      },
    })
  await give('granted', '2026-01-10T10:00:00Z')
  await give('withdrawn', '2026-03-10T10:00:00Z')
  const late = await give('granted', '2026-02-10T10:00:00Z')
  expect(late.body.current).toBe(false)
  await give('granted', '2026-01-01T00:00:00Z', 'phone')
  const { body } = await owner.call<Items<Consent>>(
    'GET',
    `/privacy/consents?object=lead&record_id=${lead.id}`,
  )
  expect(body.items).toHaveLength(4)
  const current = body.items.filter((consent) => consent.current)
  expect(current.map(({ channel, state }) => `${channel} ${state}`).toSorted()).toEqual([
    'email withdrawn',
    'phone granted',
  ])
  expect((await give('granted', '2999-01-01T00:00:00Z')).status).toBe(422)
})

test('whoever may change only contacts records what a contact agreed to, and nothing of a lead', async () => {
  const { 'leads:update': _, ...grants } = roleGrants.sales
  const member = await joinWith(app, owner, { grants })
  const contact = await aContact({ full_name: 'Consenting Cleo' })
  const lead = await aLead({ full_name: 'Consenting Lea' })
  const give = (object: string, record_id: string) =>
    member.call<{ code?: string }>('POST', '/privacy/consents', {
      body: { object, record_id, purpose: 'marketing', channel: 'email', state: 'granted', source: 'Fair' },
    })
  expect((await give('contact', contact.id)).status).toBe(201)
  expect(await give('lead', lead.id)).toMatchObject({ status: 403, body: { code: 'lead_not_yours' } })
})

test('every tenant table is spoken for: it tells how persons are erased from it, or holds none', async () => {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE p.polname = 'tenant'`,
  )
  const { personalDataSources, tablesWithoutPersons } = await import('./sources.ts')
  const known = [...personalDataSources.map(({ table }) => table), ...tablesWithoutPersons]
  expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([])
})
