import type { RapportEvent } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aView, change, open, remove, systemOf } from './views.fixture.ts'

let app: TestApp
let owner: Caller
let colleague: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  colleague = await app.join(owner, 'sales')
})
afterAll(() => app?.stop())

describe('the log and the others', () => {
  type Entries = { items: { action: string; after: Record<string, unknown> }[] }
  const entriesOf = async (id: string) =>
    (await owner.call<Entries>('GET', `/organizations/current/audit-log?record_id=${id}`)).body.items

  test('the log tells of every change, but not whom a filter asks for', async () => {
    const filter = { field: 'email', op: 'eq', value: 'ada@example.com' }
    const { id } = await aView(colleague, { filter })
    await change(colleague, id, { filter: { ...filter, value: 'alan@example.com' } })
    await remove(colleague, id)
    const entries = await entriesOf(id)
    expect(entries.map(({ action }) => action)).toEqual(['view.deleted', 'view.updated', 'view.created'])
    expect(entries[1]?.after).toEqual({ filter: ['email'] })
    expect(JSON.stringify(entries)).not.toContain('example.com')
  })

  test('others hear of shared views only, and nothing of what is in them', async () => {
    const own = await aView(owner, { name: 'Secret plan' })
    const shared = await aView(owner, { name: 'Plan', visibility: 'everyone' })
    await change(owner, shared.id, { visibility: 'private' })
    const events = await app.app.platform.tenancy.inTenant(systemOf(owner), ({ tx }) =>
      tx.selectFrom('events').select(['type', 'data', 'record_id']).where('object', '=', 'view').execute(),
    )
    const about = (id: string) => events.filter(({ record_id }) => record_id === id)
    expect(about(own.id)).toEqual([])
    expect(about(shared.id).map(({ type, data }) => [type, data])).toEqual([
      ['view.created', { object: 'lead' }],
      ['view.updated', { object: 'lead' }],
    ] satisfies [RapportEvent['type'], unknown][])
  })

  test('who is erased is in no view any more', async () => {
    const lead = await owner.call<{ id: string }>('POST', '/crm/leads', {
      body: { full_name: 'Zenobia Quick', email: 'zenobia@example.com' },
    })
    const { id } = await aView(owner, {
      name: 'Zenobia Quick',
      filter: {
        and: [
          { field: 'email', op: 'eq', value: 'zenobia@example.com' },
          { field: 'city', op: 'eq', value: 'Lyon' },
        ],
      },
    })
    const asked = await owner.call<{ id: string }>('POST', '/privacy/requests', {
      body: {
        kind: 'person_erasure',
        object: 'lead',
        record_ids: [lead.body.id],
        reason: 'Asked',
      },
    })
    expect(asked.status, asked.text).toBe(202)
    await expect
      .poll(async () => (await open(owner, id)).body.filter, { timeout: 10_000 })
      .toEqual({ and: [{ field: 'city', op: 'eq', value: 'Lyon' }] })
    expect((await open(owner, id)).body.name).not.toContain('Zenobia')
  })
})
