import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aLeadEvent, eventually, openEventHouse, silent, type EventHouse } from './event-house.fixture.ts'
import { createCommitSignal, decode, encode, type CommitSignal } from './signal.ts'

let house: EventHouse
let elsewhere: CommitSignal
const heard = new Map<string, number>()
let rechecks = 0

beforeAll(async () => {
  house = await openEventHouse()
  elsewhere = createCommitSignal(house.database, silent)
  elsewhere.subscribe({
    committed: ({ organization_id, seq }) => heard.set(organization_id, seq),
    recheck: () => (rechecks += 1),
  })
  await elsewhere.start()
})
afterAll(async () => {
  await elsewhere.stop()
  await house.close()
})

it('another process hears of a commit', async () => {
  const actor = await house.anOrganization()
  await house.emit(actor, aLeadEvent())
  await house.emit(actor, aLeadEvent())
  await eventually(() => heard.get(actor.organization_id) === 2, 'the other process knows the second event')
  expect(heard.get(actor.organization_id)).toBe(2)
})

it('after a lost connection everything is looked at again, and commits are heard again', async () => {
  const before = rechecks
  const client = new pg.Client({ connectionString: house.url })
  await client.connect()
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'rapport commits'`,
  )
  await client.end()
  await eventually(() => rechecks > before, 'everything is looked at again')
  await sleep(300)
  const actor = await house.anOrganization()
  await house.emit(actor, aLeadEvent())
  await eventually(() => heard.get(actor.organization_id) === 1, 'the commit is heard')
  expect(rechecks).toBeGreaterThan(before)
})

it('a message too long for PostgreSQL becomes "everything"', () => {
  const head = (seq: number, changes_access = false) => ({ seq, changes_access })
  const heads = new Map(Array.from({ length: 400 }, (_, index) => [`organization-${index}`, head(index)]))
  expect(decode(encode('a', heads))).toEqual({ sender: 'a', heads: 'all' })
  const few = new Map([['x', head(1)] as const, ['y', head(22, true)] as const])
  expect(decode(encode('a', few))).toEqual({ sender: 'a', heads: [...few] })
})
