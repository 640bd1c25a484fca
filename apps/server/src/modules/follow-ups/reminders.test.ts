import { setTimeout as sleep } from 'node:timers/promises'
import type { FollowUp, Lead } from '@rapport/contracts'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAlarms } from '../../platform/alarms.ts'
import { eventually } from '../../platform/events/event-house.fixture.ts'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { remind, reminder } from './reminders.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
})
afterAll(() => app?.stop())

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()
async function planned(due_at: string, by = owner): Promise<FollowUp> {
  const { body: lead } = await by.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Lead' } })
  const made = await by.call<FollowUp>('POST', `/crm/leads/${lead.id}/follow-ups`, { body: { due_at } })
  expect(made.status, made.text).toBe(201)
  return made.body
}

async function remindedOf(by = owner): Promise<string[]> {
  const { rows } = await app.app.platform.tenancy.inTenant(
    systemActor(by.session.organization.id),
    ({ tx }) =>
      sql<{ id: string }>`SELECT data->>'follow_up_id' AS id FROM events
      WHERE organization_id = ${by.session.organization.id}::uuid AND type = 'follow_up.due'`.execute(tx),
  )
  return rows.map(({ id }) => id)
}

const aWorker = () => {
  const alarms = createAlarms({ tenancy: app.app.platform.tenancy, log: pino({ level: 'silent' }) })
  alarms.on(reminder, remind)
  return alarms
}

test('several workers remind once of each that is due, and of none that is not, closed or in the trash', async () => {
  const due = await Promise.all(Array.from({ length: 12 }, () => planned(inSeconds(-60))))
  const later = await planned(inSeconds(3_600))
  const done = await planned(inSeconds(-60))
  await owner.call('PATCH', `/crm/follow-ups/${done.id}`, { body: { status: 'done' } })
  const gone = await planned(inSeconds(-60))
  await owner.call('DELETE', `/crm/leads/${gone.record.id}`)
  const workers = [aWorker(), aWorker(), aWorker()]
  for (const worker of workers) worker.start()
  await eventually(async () => (await remindedOf()).length >= due.length, 'all were reminded of')
  await sleep(1_500)
  await Promise.all(workers.map((worker) => worker.stop()))
  const told = await remindedOf()
  expect(told.toSorted()).toEqual(due.map(({ id }) => id).toSorted())
  expect(told).not.toContain(later.id)
})

test('one that is moved is reminded of at its new time, and again only then', async () => {
  const by = await app.register()
  const made = await planned(inSeconds(1), by)
  const worker = aWorker()
  worker.start()
  await eventually(async () => (await remindedOf(by)).length === 1, 'it was reminded of')
  await by.call('PATCH', `/crm/follow-ups/${made.id}`, { body: { note: 'No other time' } })
  await by.call('PATCH', `/crm/follow-ups/${made.id}`, { body: { due_at: inSeconds(2) } })
  await eventually(async () => (await remindedOf(by)).length === 2, 'it was reminded of again')
  await sleep(1_200)
  await worker.stop()
  expect(await remindedOf(by)).toEqual([made.id, made.id])
})

test('a turn that fails leaves everything as it was, and is made again', async () => {
  const by = await app.register()
  const made = await planned(inSeconds(-5), by)
  const { tenancy } = app.app.platform
  await expect(
    tenancy.inTenant(systemActor(by.session.organization.id), async (ctx) => {
      await remind(ctx)
      throw new Error('The process ends before the commit.')
    }),
  ).rejects.toThrow('before the commit')
  expect(await remindedOf(by)).toEqual([])
  const worker = aWorker()
  worker.start()
  await eventually(async () => (await remindedOf(by)).length === 1, 'it was reminded of')
  await worker.stop()
  expect(await remindedOf(by)).toEqual([made.id])
})
