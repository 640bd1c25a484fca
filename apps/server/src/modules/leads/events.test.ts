import type { Lead, Pipeline } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller
let pipeline: Pipeline

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  pipeline = (await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines')).body.items[0] as Pipeline
})
afterAll(() => app?.stop())

const eventsOf = (lead: Lead) =>
  app.app.platform.tenancy.inTenant(systemActor(owner.session.organization.id), ({ tx }) =>
    tx
      .selectFrom('events')
      .select(['type', 'record_version', 'owner_id', 'actor_id', 'data'])
      .where('organization_id', '=', owner.session.organization.id)
      .where('record_id', '=', lead.id)
      .orderBy('seq')
      .execute(),
  )

test('every change of a lead is one event with what was, what is, and who did it', async () => {
  const [first, second] = pipeline.stages
  const { id: me } = owner.session.user
  const { body: lead } = await owner.call<Lead>('POST', '/crm/leads', {
    body: { full_name: 'Ada', estimated_value: 10, currency: 'EUR' },
  })
  const path = `/crm/leads/${lead.id}`
  await owner.call('PATCH', path, { body: { estimated_value: 20.5, owner_id: null } })
  await owner.call('PATCH', path, { body: { estimated_value: 20.5 } })
  await owner.call('PATCH', `${path}/stage`, { body: { stage_id: second?.id, version: 2 } })
  await owner.call('PATCH', `${path}/stage`, { body: { stage_id: second?.id, version: 3, position: 0 } })
  await owner.call('DELETE', path)
  await owner.call('DELETE', path)
  await owner.call('POST', `${path}/restore`)
  await owner.call('POST', `${path}/restore`)
  await owner.call('POST', `${path}/activities`, { body: { type: 'note', body: 'Hello' } })

  const events = await eventsOf(lead)
  expect(events.map((event) => [event.type, event.record_version])).toEqual([
    ['lead.created', 1],
    ['lead.updated', 2],
    ['lead.stage_changed', 3],
    ['lead.stage_changed', 4],
    ['lead.deleted', 5],
    ['lead.restored', 6],
    ['activity.logged', 6],
  ])
  expect(events.every((event) => event.actor_id === me)).toBe(true)
  expect(events.map((event) => event.owner_id)).toEqual([me, null, null, null, null, null, null])
  expect(events[1]?.data).toMatchObject({
    stage_id: first?.id,
    estimated_value: 20.5,
    currency: 'EUR',
    changes: { estimated_value: [10, 20.5], owner_id: [me, null] },
  })
  expect(events[2]?.data).toMatchObject({
    stage_id: second?.id,
    changes: { stage_id: [first?.id, second?.id] },
  })
})

// Many rounds: a lead that changes its stage while another move waits for it was once taken for missing, now and then.
test('of three who move a lead at the same time on the same version one does, the others are told', async () => {
  for (let round = 0; round < 12; round += 1) {
    const { body: lead } = await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Bob' } })
    const moves = pipeline.stages.slice(1, 4).map(({ id }) => ({ stage_id: id, version: 1 }))
    const answers = await Promise.all(
      moves.map((body) => owner.call('PATCH', `/crm/leads/${lead.id}/stage`, { body })),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
    expect(await eventsOf(lead)).toHaveLength(2)
  }
})

test('a move tells which card it was put beside', async () => {
  const make = async (full_name: string) =>
    (await owner.call<Lead>('POST', '/crm/leads', { body: { full_name } })).body
  const [above, moved] = [await make('Above'), await make('Moved')]
  const body = { stage_id: above.stage_id, version: moved.version, after_id: above.id }
  expect((await owner.call('PATCH', `/crm/leads/${moved.id}/stage`, { body })).status).toBe(200)
  expect((await eventsOf(moved)).at(-1)?.data).toMatchObject({ stage_id: above.stage_id, after_id: above.id })
})
