import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Ctx } from '../tenancy.ts'
import { createDispatcher, type Dispatcher } from './dispatcher.ts'
import { aLeadEvent, eventually, openEventHouse, silent, type EventHouse } from './event-house.fixture.ts'
import type { Subscription } from './subscriptions.ts'

let house: EventHouse
const running: Dispatcher[] = []
beforeAll(async () => {
  house = await openEventHouse()
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((dispatcher) => dispatcher.stop()))
})
afterAll(() => house.close())

async function dispatch(...subscriptions: Subscription[]): Promise<Dispatcher> {
  const dispatcher = createDispatcher({ tenancy: house.tenancy, signal: house.signal, log: silent })
  for (const subscription of subscriptions) dispatcher.subscribe(subscription)
  running.push(dispatcher)
  await dispatcher.start()
  return dispatcher
}

/** A write of the handler that shows how often it has happened: one activity for each event. */
async function record({ tx, actor }: Ctx, events: { id: string; seq: number }[]): Promise<void> {
  await tx
    .insertInto('activities')
    .values(
      events.map(({ id, seq }) => ({
        organization_id: actor.organization_id,
        id,
        object: 'lead',
        record_id: id,
        type: String(seq),
        actor_name: 'test',
      })),
    )
    .execute()
}

async function recorded(organization_id: string): Promise<number[]> {
  const actor = { ...(await house.anOrganization()), organization_id }
  const rows = await house.tenancy.inTenant(actor, ({ tx }) =>
    tx.selectFrom('activities').select('type').where('organization_id', '=', organization_id).execute(),
  )
  return rows.map((row) => Number(row.type)).toSorted((a, b) => a - b)
}

it('a subscriber gets every event of its types, in order, and passes the others', async () => {
  const actor = await house.anOrganization()
  const seen: number[] = []
  await house.emit(actor, aLeadEvent({ type: 'lead.created' }), aLeadEvent())
  await dispatch({
    name: 'in-order',
    types: ['lead.created'],
    handle: async (ctx, events) => {
      if (ctx.actor.organization_id === actor.organization_id) seen.push(...events.map((event) => event.seq))
    },
  })
  for (let turn = 0; turn < 30; turn += 1)
    await house.emit(actor, aLeadEvent({ type: 'lead.created' }), aLeadEvent())
  await eventually(() => seen.length === 31, 'all have come')
  expect(seen).toEqual(Array.from({ length: 31 }, (_, index) => index * 2 + 1))
})

it('a commit wakes whom it concerns, and the next event that does brings others past it', async () => {
  const actor = await house.anOrganization()
  const seen: number[] = []
  await dispatch({
    name: 'concerned',
    types: ['lead.created'],
    handle: async (ctx, events) => {
      if (ctx.actor.organization_id === actor.organization_id) seen.push(...events.map((event) => event.seq))
    },
  })
  const position = async () => {
    const rows = await house.tenancy.inSystem((tx) =>
      tx
        .selectFrom('event_positions')
        .select('seq')
        .where('organization_id', '=', actor.organization_id)
        .where('subscriber', '=', 'concerned')
        .execute(),
    )
    return rows[0]?.seq
  }
  await house.emit(actor, aLeadEvent({ type: 'lead.created' }))
  await eventually(async () => (await position()) === 1, 'the first is done')
  for (let turn = 0; turn < 5; turn += 1) await house.emit(actor, aLeadEvent({ type: 'lead.updated' }))
  await house.emit(actor, aLeadEvent({ type: 'lead.updated' }), aLeadEvent({ type: 'lead.created' }))
  await eventually(async () => (await position()) === 8, 'the last is done')
  expect(seen).toEqual([1, 8])
})

it('what says that it is left out wakes nobody who leaves it out', async () => {
  const actor = await house.anOrganization()
  const turns = { with: 0, without: 0 }
  const counts = (name: keyof typeof turns, without?: string): Subscription => ({
    name,
    types: ['lead.created'],
    ...(without === undefined ? {} : { without }),
    handle: async (ctx, events) => {
      if (ctx.actor.organization_id === actor.organization_id) turns[name] += events.length
    },
  })
  await dispatch(counts('with'), counts('without', 'import_id'))
  const positions = async () => {
    const rows = await house.tenancy.inSystem((tx) =>
      tx
        .selectFrom('event_positions')
        .select(['subscriber', 'seq'])
        .where('organization_id', '=', actor.organization_id)
        .where('subscriber', 'in', ['with', 'without'])
        .execute(),
    )
    return Object.fromEntries(rows.map(({ subscriber, seq }) => [subscriber, seq]))
  }
  const imported = () => aLeadEvent({ type: 'lead.created', data: { import_id: 'one' } })
  await house.emit(actor, imported(), imported())
  await eventually(async () => (await positions())['with'] === 2, 'the one has had both')
  expect(await positions()).toEqual({ with: 2 })
  await house.emit(actor, imported(), aLeadEvent({ type: 'lead.created' }))
  await eventually(async () => (await positions())['without'] === 4, 'the other is past all of them')
  expect(turns).toEqual({ with: 4, without: 1 })
})

it('more events than are handed over at once come in order, also among many that nobody wants', async () => {
  const actor = await house.anOrganization()
  const seen: number[] = []
  const many = Array.from({ length: 3_000 }, (_, place) =>
    aLeadEvent({ type: place % 2 === 0 ? 'lead.created' : 'lead.updated' }),
  )
  await house.emit(actor, ...many)
  const sizes: number[] = []
  await dispatch({
    name: 'many',
    types: ['lead.created'],
    handle: async (ctx, events) => {
      if (ctx.actor.organization_id !== actor.organization_id) return
      sizes.push(events.length)
      seen.push(...events.map((event) => event.seq))
    },
  })
  await eventually(() => seen.length === 1_500, 'all have come')
  expect(seen).toEqual(Array.from({ length: 1_500 }, (_, index) => index * 2 + 1))
  expect(Math.max(...sizes)).toBe(500)
})

it('what a handler writes happens once, although it failed between its work and the commit', async () => {
  const actor = await house.anOrganization()
  let crashes = 0
  await dispatch({
    name: 'crashing',
    types: ['lead.updated'],
    handle: async (ctx, events) => {
      if (ctx.actor.organization_id !== actor.organization_id) return
      await record(ctx, events)
      if (crashes < 2) {
        crashes += 1
        throw new Error('crashed after the work')
      }
    },
  })
  await house.emit(actor, aLeadEvent(), aLeadEvent())
  await house.emit(actor, aLeadEvent())
  await eventually(
    async () => (await recorded(actor.organization_id)).length === 3,
    'the events are dealt with',
  )
  expect(await recorded(actor.organization_id)).toEqual([1, 2, 3])
  expect(crashes).toBe(2)
})

it('a subscriber that was not running takes up where it was', async () => {
  const actor = await house.anOrganization()
  const subscription: Subscription = {
    name: 'resuming',
    types: ['lead.updated'],
    handle: async (ctx, events) => {
      if (ctx.actor.organization_id === actor.organization_id) await record(ctx, events)
    },
  }
  const first = await dispatch(subscription)
  await house.emit(actor, aLeadEvent())
  await eventually(async () => (await recorded(actor.organization_id)).length === 1, 'the first is done')
  await first.stop()
  await house.emit(actor, aLeadEvent())
  await dispatch(subscription)
  await eventually(async () => (await recorded(actor.organization_id)).length === 2, 'the second is done')
  expect(await recorded(actor.organization_id)).toEqual([1, 2])
})

it('two processes share the work and do nothing twice', async () => {
  const actor = await house.anOrganization()
  const subscription: Subscription = {
    name: 'shared',
    types: ['lead.updated'],
    handle: async (ctx, events) => {
      if (ctx.actor.organization_id === actor.organization_id) await record(ctx, events)
    },
  }
  await Promise.all([dispatch(subscription), dispatch(subscription)])
  await Promise.all(Array.from({ length: 60 }, () => house.emit(actor, aLeadEvent())))
  await eventually(async () => (await recorded(actor.organization_id)).length >= 60, 'all are done')
  expect(await recorded(actor.organization_id)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
})

it('a subscriber that keeps failing holds up neither others nor other organizations', async () => {
  const [broken, fine] = [await house.anOrganization(), await house.anOrganization()]
  const seen: string[] = []
  const note = (name: string) => async (ctx: Ctx) => void seen.push(`${name} ${ctx.actor.organization_id}`)
  await dispatch(
    {
      name: 'failing',
      types: ['lead.updated'],
      handle: async (ctx) => {
        if (ctx.actor.organization_id === broken.organization_id) throw new Error('always')
        await note('failing')(ctx)
      },
    },
    { name: 'healthy', types: ['lead.updated'], handle: note('healthy') },
  )
  await house.emit(broken, aLeadEvent())
  await house.emit(fine, aLeadEvent())
  const expected = [
    `failing ${fine.organization_id}`,
    `healthy ${fine.organization_id}`,
    `healthy ${broken.organization_id}`,
  ]
  await eventually(() => expected.every((line) => seen.includes(line)), 'the others have worked')
  expect(seen).not.toContain(`failing ${broken.organization_id}`)
})

it('an organization without events has no position', async () => {
  const quiet = await house.anOrganization()
  await dispatch({ name: 'quiet', types: ['lead.updated'], handle: async () => undefined })
  const rows = await house.tenancy.inSystem((tx) =>
    tx
      .selectFrom('event_positions')
      .selectAll()
      .where('organization_id', '=', quiet.organization_id)
      .execute(),
  )
  expect(rows).toEqual([])
})
