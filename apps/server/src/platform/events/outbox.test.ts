import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aLeadEvent, openEventHouse, type EventHouse } from './event-house.fixture.ts'

let house: EventHouse
beforeAll(async () => {
  house = await openEventHouse()
})
afterAll(() => house.close())

const range = (length: number) => Array.from({ length }, (_, index) => index + 1)

it('a reader that polls never skips an event of twenty writers, of whom some roll back', async () => {
  const actor = await house.anOrganization()
  let committed = 0
  const writer = async () => {
    for (let turn = 0; turn < 15; turn += 1) {
      const count = 1 + Math.floor(Math.random() * 3)
      const work = house.tenancy.inTenant(actor, async ({ tx, emit }) => {
        for (let event = 0; event < count; event += 1) emit(aLeadEvent())
        await tx.selectFrom('organizations').select('id').execute()
        await sleep(Math.random() * 8)
        if (Math.random() < 0.3) throw new Error('rolled back')
      })
      await work.then(
        () => (committed += count),
        () => undefined,
      )
    }
  }
  const seen: number[] = []
  let writing = true
  const reader = async () => {
    for (let last = false; !last;) {
      last = !writing
      for (const { seq } of await house.eventsOf(actor, seen.at(-1) ?? 0)) seen.push(seq)
    }
  }
  const reading = reader()
  await Promise.all(Array.from({ length: 20 }, writer))
  writing = false
  await reading
  expect(committed).toBeGreaterThan(100)
  expect(seen).toEqual(range(committed))
})

it('events of one transaction keep their order and follow each other', async () => {
  const actor = await house.anOrganization()
  const events = ['lead.created', 'lead.stage_changed', 'activity.logged'] as const
  await Promise.all(range(10).map(() => house.emit(actor, ...events.map((type) => aLeadEvent({ type })))))
  const types = (await house.eventsOf(actor)).map((row) => row.type)
  expect(types).toEqual(range(10).flatMap(() => events))
})

it('listeners hear of a commit and of no rollback', async () => {
  const actor = await house.anOrganization()
  const heard: [string, number][] = []
  const stop = house.signal.subscribe({
    committed: ({ organization_id, seq }) => heard.push([organization_id, seq]),
    recheck: () => undefined,
  })
  await house.emit(actor, aLeadEvent(), aLeadEvent())
  const failed = house.tenancy.inTenant(actor, async ({ emit }) => {
    emit(aLeadEvent())
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  stop()
  expect(heard).toEqual([[actor.organization_id, 2]])
})
