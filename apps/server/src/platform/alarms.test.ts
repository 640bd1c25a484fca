import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Actor } from './actor.ts'
import { createAlarms, type RunningAlarms } from './alarms.ts'
import { eventually, openEventHouse, silent, type EventHouse } from './events/event-house.fixture.ts'

let house: EventHouse
let alarms: RunningAlarms
beforeAll(async () => {
  house = await openEventHouse()
})
afterEach(() => alarms.stop())
afterAll(() => house.close())

const longAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()

const set = (actor: Actor, name: string, at: string) =>
  house.tenancy.inTenant(actor, (ctx) => alarms.set(ctx, name, at))

async function countDue(name: string): Promise<number> {
  const { rows } = await house.database.pool.query<{ due: number }>(
    'SELECT count(*)::int AS due FROM alarms WHERE name = $1 AND rings_at <= now()',
    [name],
  )
  return rows[0]?.due ?? 0
}

async function organizations(count: number): Promise<Actor[]> {
  return Promise.all(Array.from({ length: count }, () => house.anOrganization()))
}

it('those of a crowd that fail keep nobody else waiting, and are tried again later', async () => {
  alarms = createAlarms({ tenancy: house.tenancy, log: silent })
  const [failing, healthy] = [await organizations(45), await house.anOrganization()]
  const rang: string[] = []
  alarms.on('crowd', async ({ actor }) => {
    rang.push(actor.organization_id)
    if (actor.organization_id !== healthy.organization_id) throw new Error('never')
    return null
  })
  for (const actor of failing) await set(actor, 'crowd', longAgo(60))
  await set(healthy, 'crowd', longAgo(30))
  alarms.start()
  await eventually(async () => (await countDue('crowd')) === failing.length, 'one is done', 20_000)
  expect(rang).toHaveLength(46)
  expect(rang).toContain(healthy.organization_id)
}, 30_000)

it('one that has more to do goes on at once, and others have their turn', async () => {
  alarms = createAlarms({ tenancy: house.tenancy, log: silent })
  const [busy, other] = [await house.anOrganization(), await house.anOrganization()]
  let left = 60
  let turnsBefore = 0
  alarms.on('more', async ({ actor }) => {
    if (actor.organization_id === other.organization_id) turnsBefore = 60 - left
    else left -= 1
    return actor.organization_id === busy.organization_id && left > 0 ? longAgo(0) : null
  })
  await set(busy, 'more', longAgo(60))
  await set(other, 'more', longAgo(30))
  alarms.start()
  // A minute, were there one turn in a second only.
  await eventually(() => left === 0, 'all is done', 20_000)
  expect(turnsBefore).toBeLessThan(5)
}, 30_000)

it('one that gets no further is not asked without end', async () => {
  alarms = createAlarms({ tenancy: house.tenancy, log: silent })
  let turns = 0
  alarms.on('stuck', async () => {
    turns += 1
    return longAgo(60)
  })
  await set(await house.anOrganization(), 'stuck', longAgo(60))
  alarms.start()
  await sleep(3_000)
  expect(turns).toBeGreaterThan(0)
  expect(turns).toBeLessThan(50)
})
