import { setTimeout as sleep } from 'node:timers/promises'
import type { Task } from '@rapport/contracts'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createAlarms } from '../../platform/alarms.ts'
import { eventually } from '../../platform/events/event-house.fixture.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { remind, reminder } from './reminders.ts'

let app: TestApp

beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.stop())

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()
async function aTask(by: Caller, fields: object): Promise<Task> {
  const made = await by.call<Task>('POST', '/crm/tasks', { body: { title: 'Due', ...fields } })
  expect(made.status, made.text).toBe(201)
  return made.body
}

async function remindedOf(by: Caller): Promise<string[]> {
  const organization_id = by.session.organization.id
  const { rows } = await app.app.platform.tenancy.inTenant(systemActor(organization_id), ({ tx }) =>
    sql<{ id: string }>`SELECT record_id AS id FROM events
      WHERE organization_id = ${organization_id}::uuid AND type = 'task.due'`.execute(tx),
  )
  return rows.map(({ id }) => id)
}

function aWorker() {
  const alarms = createAlarms({ tenancy: app.app.platform.tenancy, log: pino({ level: 'silent' }) })
  alarms.on(reminder, remind)
  return alarms
}

test('each task that is due is told once, by however many workers; neither what is done nor what is in the trash', async () => {
  const by = await app.register()
  const due = await Promise.all(Array.from({ length: 30 }, () => aTask(by, { due_at: inSeconds(1) })))
  const done = await aTask(by, { due_at: inSeconds(1) })
  await by.call('POST', `/crm/tasks/${done.id}/complete`, { body: {} })
  const trashed = await aTask(by, { due_at: inSeconds(1) })
  await by.call('DELETE', `/crm/tasks/${trashed.id}`)
  await aTask(by, { due_at: inSeconds(600) })
  const workers = [aWorker(), aWorker(), aWorker()]
  for (const worker of workers) worker.start()
  await eventually(async () => (await remindedOf(by)).length >= due.length, 'all were told')
  await sleep(1_500)
  for (const worker of workers) await worker.stop()
  expect((await remindedOf(by)).toSorted()).toEqual(due.map(({ id }) => id).toSorted())
})

test('one that is put off is told again at its new time, the next of its series at its own', async () => {
  const by = await app.register()
  const task = await aTask(by, { due_at: inSeconds(-1) })
  const worker = aWorker()
  worker.start()
  await eventually(async () => (await remindedOf(by)).length === 1, 'it was told')
  await by.call('PATCH', `/crm/tasks/${task.id}`, { body: { title: 'No other time' } })
  await by.call('PATCH', `/crm/tasks/${task.id}`, { body: { due_at: inSeconds(1) } })
  await eventually(async () => (await remindedOf(by)).length === 2, 'it was told again')
  await worker.stop()
  expect(await remindedOf(by)).toEqual([task.id, task.id])
})
