import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { aLeadEvent, silent } from '../events/event-house.fixture.ts'
import { openAuditHouse, type AuditHouse } from './audit-house.fixture.ts'
import { changedFields, createRefusals } from './index.ts'

let house: AuditHouse
beforeAll(async () => void (house = await openAuditHouse(inject('databaseServer').adminUrl)))
afterAll(() => house?.close())

describe('an entry', () => {
  test('comes with every event and says who, from where, what and what it was before', async () => {
    const actor = await house.aPerson()
    const id = uuidv7()
    await house.emit(actor, {
      type: 'lead.updated',
      record: { object: 'lead', id, version: 2, name: 'Grace Hopper' },
      changes: { before: { score: null, city: 'Paris' }, after: { score: 7, city: null } },
    })
    expect(await house.logOf(actor)).toMatchObject([
      {
        seq: 1,
        category: 'business',
        action: 'lead.updated',
        outcome: 'success',
        object: 'lead',
        record_id: id,
        record_name: 'Grace Hopper',
        before: { score: null, city: 'Paris' },
        after: { score: 7, city: null },
        actor_kind: 'user',
        actor_id: actor.user_id,
        actor_name: 'Ada',
        ip: '203.0.113.7',
        user_agent: 'Firefox',
        request_id: 'request-1',
      },
    ])
  })

  test('rolls back with its transaction', async () => {
    const actor = await house.aPerson()
    const failing = house.tenancy.inTenant(actor, async ({ audit }) => {
      audit({ action: 'audit.exported', object: 'audit' })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await house.logOf(actor)).toEqual([])
  })

  test('is not made of an event that changes nothing, and alone wakes no reader of events', async () => {
    const actor = await house.aPerson()
    const heard: string[] = []
    const stop = house.signal.subscribe({
      committed: ({ organization_id }) => heard.push(organization_id),
      recheck: () => undefined,
    })
    await house.tenancy.inTenant(actor, async ({ audit }) =>
      audit({ action: 'audit.exported', object: 'audit' }),
    )
    await sleep(50)
    expect(heard).not.toContain(actor.organization_id)
    await house.emit(actor, aLeadEvent({ unaudited: true }))
    stop()
    expect(await house.logOf(actor)).toHaveLength(1)
  })

  test('of a platform change commits with it, in the log of each organization concerned', async () => {
    const [one, other] = [await house.aPerson(), await house.aPerson()]
    const entry = { action: 'session.opened', object: 'session' } as const
    await house.tenancy.inSystem(async (_tx, audit) => {
      audit(one.organization_id, one, entry)
      audit(other.organization_id, one, entry)
      audit(other.organization_id, other, entry)
    })
    expect(await house.logOf(one)).toMatchObject([{ category: 'security', actor_id: one.user_id }])
    expect((await house.logOf(other)).map(({ actor_id }) => actor_id)).toEqual([one.user_id, other.user_id])
    const failing = house.tenancy.inSystem(async (_tx, audit) => {
      audit(one.organization_id, one, entry)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await house.logOf(one)).toHaveLength(1)
  })

  test('never holds a password, secret or token', async () => {
    const actor = await house.aPerson()
    const after = {
      name: 'Key',
      secret: 's3cret',
      refresh_token: 'abc',
      password: 'horse',
      code: 'not_a_member',
    }
    await house.tenancy.inTenant(actor, async ({ audit }) =>
      audit({ action: 'audit.exported', object: 'audit', after }),
    )
    const [row] = await house.logOf(actor)
    expect(row?.after).toEqual({
      name: 'Key',
      secret: '•••',
      refresh_token: '•••',
      password: '•••',
      code: 'not_a_member',
    })
  })

  test('holds the fields that changed and no others', () => {
    const row = { name: 'A', country: null as string | null, currency: 'USD' }
    expect(changedFields(row, { name: 'A', country: 'BR' })).toEqual({
      before: { country: null },
      after: { country: 'BR' },
    })
    expect(changedFields(row, { currency: 'USD' })).toBeNull()
  })
})

describe('refusals', () => {
  const entry = (code: string) =>
    ({ action: 'access.refused', object: 'access', after: { route: 'GET /leads', code } }) as const

  test('of one actor, route and reason make one entry a minute, and the others are counted', async () => {
    const actor = await house.aPerson()
    let time = 0
    const refusals = createRefusals({ tenancy: house.tenancy, log: silent, now: () => time })
    for (let attempt = 0; attempt < 50; attempt += 1)
      await refusals.note(actor.organization_id, actor, entry('permission_missing'))
    await refusals.note(actor.organization_id, actor, entry('not_a_member'))
    expect(await house.logOf(actor)).toHaveLength(2)
    time = 61_000
    await refusals.sweep()
    expect((await house.logOf(actor)).map(({ outcome, after }) => [outcome, after?.['attempts']])).toEqual([
      ['refused', undefined],
      ['refused', undefined],
      ['refused', 49],
    ])
    await refusals.note(actor.organization_id, actor, entry('permission_missing'))
    expect(await house.logOf(actor)).toHaveLength(4)
    await refusals.close()
  })

  test('of a thousand kinds at once fill the log with a hundred entries and a sum', async () => {
    const actor = await house.aPerson()
    const refusals = createRefusals({ tenancy: house.tenancy, log: silent })
    for (let kind = 0; kind < 1000; kind += 1)
      await refusals.note(actor.organization_id, actor, entry(`code_${kind}`))
    await refusals.close()
    const log = await house.logOf(actor)
    expect(log.length).toBeLessThan(110)
    const told = log.reduce((sum, { after }) => sum + Number(after?.['attempts'] ?? 1), 0)
    expect(told).toBe(1000)
  })

  test('towards an organization that does not exist leave no trace and no error', async () => {
    const actor = await house.aPerson()
    expect(await house.tenancy.auditAlone(uuidv7(), actor, entry('not_a_member'))).toBe(false)
  })
})
