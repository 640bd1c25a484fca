/** Work that the queue does not try any more has ended for whoever waits for it: as failed, in words, and told. */
import type { Export, Import, NotificationPage, PrivacyRequest } from '@rapport/contracts'
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { allLeads, ended, start, upload } from './imports.fixture.ts'
import { connectTo } from '../../platform/testing/index.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { jobOf, startBulk } from '../../testing/bulk.ts'

let app: TestApp
let owner: Caller
let admin: Client
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  admin = await connectTo(app.adminUrl)
  await admin.query('UPDATE pgboss.queue SET retry_limit = 0')
  await admin.query(`CREATE FUNCTION burn() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'The disk is on fire.' USING ERRCODE = '58030'; END $$`)
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})

/** Lets the database break at whatever writes records of this name, until it is put out. */
async function onFire(name: string, work: () => Promise<void>): Promise<void> {
  await admin.query(`CREATE TRIGGER burning BEFORE INSERT OR UPDATE ON leads FOR EACH ROW WHEN (NEW.full_name = '${name}')
    EXECUTE FUNCTION burn()`)
  await work()
  await admin.query('DROP TRIGGER burning ON leads')
}

const newsOf = async (by: Caller) => (await by.call<NotificationPage>('GET', '/notifications')).body.items
const told = (by: Caller, record_id: string, type: string) =>
  vi.waitFor(
    async () =>
      expect(await newsOf(by)).toContainEqual(
        expect.objectContaining({
          record_id,
          latest: [expect.objectContaining({ type, data: expect.objectContaining({ state: 'failed' }) })],
        }),
      ),
    { timeout: 10_000 },
  )
const lasting = { timeout: 15_000 }

test('an import fails in words, and goes on from where it was when it is started again', async () => {
  const member = await app.register()
  const { body: uploaded } = await upload(member, 'Full name,City\nAda,Rome\nUnlucky,Rome\nBea,Rome\n')
  await onFire('Unlucky', async () => {
    expect((await start(member, uploaded)).status).toBe(202)
    expect(await ended(member, uploaded.id)).toMatchObject({
      state: 'failed',
      done: 0,
      problem: expect.stringContaining('go on from there'),
    })
    await told(member, uploaded.id, 'import_ended')
  })
  const again = await start(member, uploaded)
  expect(again.body).toMatchObject({ state: 'running', problem: null } satisfies Partial<Import>)
  expect(await ended(member, uploaded.id)).toMatchObject({ state: 'completed', created: 3, failed: 0 })
  expect((await allLeads(member)).map(({ full_name }) => full_name).toSorted()).toEqual([
    'Ada',
    'Bea',
    'Unlucky',
  ])
})

test('a change of many records fails, and whoever asked is told of it', async () => {
  const lead = await owner.call('POST', '/crm/leads', { body: { full_name: 'Stubborn' } })
  expect(lead.status).toBe(201)
  await onFire('Stubborn', async () => {
    const job_id = await startBulk(owner, { filter: { and: [] }, action: 'update', values: { city: 'New' } })
    await vi.waitFor(async () => {
      const job = await jobOf(owner, job_id)
      expect(job).toMatchObject({ state: 'failed', problem: expect.stringContaining('again and again') })
    }, lasting)
    await told(owner, job_id, 'change_failed')
  })
})

test('an export fails in words', async () => {
  await admin.query('ALTER TABLE leads RENAME TO leads_elsewhere')
  const exported = await owner.call<Export>('POST', '/crm/exports', {
    body: { object: 'lead', format: 'csv' },
  })
  expect(exported.status, exported.text).toBe(202)
  await vi.waitFor(async () => {
    const { body } = await owner.call<Export>('GET', `/crm/exports/${exported.body.id}`)
    expect(body).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('Ask for the file again.'),
    })
  }, lasting)
  await told(owner, exported.body.id, 'export_ended')
  await admin.query('ALTER TABLE leads_elsewhere RENAME TO leads')
})

test('a request about personal data fails in words', async () => {
  await admin.query('ALTER TABLE data_transfers RENAME TO data_transfers_elsewhere')
  const asked = await owner.call<PrivacyRequest>('POST', '/organizations/current/export', {
    body: { reason: 'Moving' },
  })
  expect(asked.status, asked.text).toBe(202)
  await vi.waitFor(async () => {
    const { body } = await owner.call<PrivacyRequest>('GET', `/privacy/requests/${asked.body.id}`)
    expect(body).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('nothing of it was done'),
    })
  }, lasting)
  await admin.query('ALTER TABLE data_transfers_elsewhere RENAME TO data_transfers')
})
