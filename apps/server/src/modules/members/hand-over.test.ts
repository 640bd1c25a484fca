import type { HandOver, HandOverPreview, Lead, Ownership } from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller
let leaver: Caller
let one: Caller
let other: Caller

beforeAll(async () => {
  app = await createTestApp()
})
afterAll(async () => app?.stop())
beforeEach(async () => {
  owner = await app.register()
  leaver = await app.join(owner, 'sales')
  one = await app.join(owner, 'sales')
  other = await app.join(owner, 'sales')
})

const id = ({ session }: Caller) => session.user.id
const path = `/organizations/current/members/`
const addLeads = async (count: number, values: Record<string, unknown> = {}) => {
  const leads: Lead[] = []
  for (let place = 0; place < count; place += 1) {
    const body = { full_name: `Lead ${place}`, ...values }
    leads.push((await leaver.call<Lead>('POST', '/crm/leads', { body })).body)
  }
  return leads
}
const preview = async (to: HandOver) =>
  (await owner.call<HandOverPreview>('POST', `${path}${id(leaver)}/hand-over/preview`, { body: to })).body
const handOver = (to: HandOver) =>
  owner.call<{ owned: number }>('POST', `${path}${id(leaver)}/hand-over`, { body: to })
const ownedBy = async (who: Caller) =>
  (await owner.call<{ owned: Record<string, number> }>('GET', `${path}${id(who)}`)).body.owned['lead']
const countsOf = () => Promise.all([leaver, one, other].map(ownedBy))

describe('what a member owns', () => {
  test('is shared out in turn, by exactly the weights that the preview told', async () => {
    await addLeads(8)
    const to: HandOver = {
      strategy: 'round_robin',
      members: [
        { user_id: id(one), weight: 3 },
        { user_id: id(other), weight: 1 },
      ],
    }
    const told = await preview(to)
    expect(told).toMatchObject({ owned: 8, looked_at: 8, kept: 0 })
    expect(told.shares.toSorted((a, b) => b.records - a.records)).toEqual([
      { user_id: id(one), records: 6 },
      { user_id: id(other), records: 2 },
    ])
    expect(await countsOf()).toEqual([8, 0, 0])
    expect((await handOver(to)).body).toEqual({ owned: 8 })
    await expect.poll(countsOf, { timeout: 15_000 }).toEqual([0, 6, 2])
  })

  test('goes to whoever has the fewest open records', async () => {
    for (let place = 0; place < 3; place += 1)
      await one.call('POST', '/crm/leads', { body: { full_name: `Own ${place}` } })
    await addLeads(5)
    await handOver({ strategy: 'load', members: [{ user_id: id(one) }, { user_id: id(other) }] })
    await expect.poll(countsOf, { timeout: 15_000 }).toEqual([0, 4, 4])
  })

  test('is handed out by the rules, and stays where none decides', async () => {
    const rule = {
      object: 'lead',
      name: 'Brazil',
      filter: { field: 'country', op: 'eq', value: 'BR' },
      target: { strategy: 'member', user_id: id(other) },
    }
    const [found] = await addLeads(2, { country: 'BR' })
    await addLeads(1, { country: 'PT' })
    await owner.call('POST', '/crm/assignment-rules', { body: rule })
    expect(await preview({ strategy: 'rules' })).toEqual({
      owned: 3,
      looked_at: 3,
      shares: [{ user_id: id(other), records: 2 }],
      kept: 1,
    })
    await handOver({ strategy: 'rules' })
    await expect.poll(countsOf, { timeout: 15_000 }).toEqual([1, 0, 2])
    const { body } = await owner.call<{ items: Ownership[] }>(
      'GET',
      `/crm/owner-history?object=lead&id=${found?.id}`,
    )
    expect(body.items).toMatchObject([
      { owner_id: id(other), to: null, by: { id: id(owner) }, rule: 'Brazil' },
      { owner_id: id(leaver), by: { id: id(leaver) }, rule: null },
    ])
    expect(body.items[1]?.to).toBe(body.items[0]?.from)
  })

  test('goes to nobody who is no active member, nor back to who gives it', async () => {
    await addLeads(1)
    const stranger = await app.register()
    for (const who of [stranger, leaver]) {
      const refused = await handOver({
        strategy: 'load',
        members: [{ user_id: id(one) }, { user_id: id(who) }],
      })
      expect(refused.status).toBe(422)
    }
    expect(
      (await one.call('POST', `${path}${id(leaver)}/hand-over`, { body: { strategy: 'rules' } })).status,
    ).toBe(403)
    expect(await countsOf()).toEqual([1, 0, 0])
  })
})
