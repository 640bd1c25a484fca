import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from './actor.ts'
import { aLeadEvent, openEventHouse, type EventHouse } from './events/event-house.fixture.ts'
import { removeOldAnswers, removeOldEvents } from './housekeeping.ts'
import type { Tenancy } from './tenancy.ts'

let house: EventHouse
beforeAll(async () => {
  house = await openEventHouse()
})
afterAll(() => house.close())

/** Five events, of which these numbers are older than 30 days. */
async function anOrganizationWithOldEvents(old: number[]): Promise<Actor> {
  const actor = await house.anOrganization()
  await house.emit(actor, ...Array.from({ length: 5 }, () => aLeadEvent()))
  await house.tenancy.inTenant(actor, ({ tx }) =>
    sql`UPDATE events SET occurred_at = now() - interval '31 days'
        WHERE organization_id = ${actor.organization_id} AND seq = ANY(${old}::bigint[])`.execute(tx),
  )
  return actor
}

async function setPosition({ organization_id }: Actor, subscriber: string, seq: number): Promise<void> {
  await house.tenancy.inSystem((tx) =>
    tx.insertInto('event_positions').values({ subscriber, organization_id, seq }).execute(),
  )
}

const keptIn = async (actor: Actor) => (await house.eventsOf(actor)).map((event) => event.seq)

it('old events go once every subscriber has passed them', async () => {
  const actor = await anOrganizationWithOldEvents([1, 2, 3])
  await setPosition(actor, 'quick', 5)
  await setPosition(actor, 'slow', 2)
  await removeOldEvents(house.tenancy, ['quick', 'slow'])
  expect(await keptIn(actor)).toEqual([3, 4, 5])
})

it('events that a subscriber has not begun with are kept', async () => {
  const actor = await anOrganizationWithOldEvents([1, 2, 3])
  await setPosition(actor, 'quick', 5)
  await removeOldEvents(house.tenancy, ['quick', 'new'])
  expect(await keptIn(actor)).toEqual([1, 2, 3, 4, 5])
})

it('what is left has no gap, even when an older event has a higher number', async () => {
  const actor = await anOrganizationWithOldEvents([1, 3])
  await setPosition(actor, 'quick', 5)
  await removeOldEvents(house.tenancy, ['quick'])
  expect(await keptIn(actor)).toEqual([2, 3, 4, 5])
})

it('an organization in which it fails is told of in the end, and hinders no other', async () => {
  const [broken, other] = [await anOrganizationWithOldEvents([1]), await anOrganizationWithOldEvents([1])]
  for (const actor of [broken, other]) await setPosition(actor, 'quick', 5)
  const tenancy: Tenancy = {
    ...house.tenancy,
    async inTenant(actor, work) {
      if (actor.organization_id === broken.organization_id) throw new Error('never')
      return house.tenancy.inTenant(actor, work)
    },
  }
  await expect(removeOldEvents(tenancy, ['quick'])).rejects.toMatchObject({
    errors: [{ message: `In organization ${broken.organization_id}`, cause: { message: 'never' } }],
  })
  expect(await keptIn(broken)).toEqual([1, 2, 3, 4, 5])
  expect(await keptIn(other)).toEqual([2, 3, 4, 5])
})

it('answers of more than 24 hours ago go, the others stay', async () => {
  const answer = (name: string, age: string) => sql`
    INSERT INTO idempotency_keys (key_hash, request_hash, created_at)
    VALUES (${Buffer.from(name)}, ${Buffer.from(name)}, now() - ${age}::interval)`
  await house.tenancy.inSystem(async (tx) => {
    await answer('old', '25 hours').execute(tx)
    await answer('recent', '23 hours').execute(tx)
  })
  await removeOldAnswers(house.tenancy)
  const answers = await house.tenancy.inSystem((tx) =>
    tx.selectFrom('idempotency_keys').select('key_hash').execute(),
  )
  expect(answers.map((row) => row.key_hash.toString())).toEqual(['recent'])
})
