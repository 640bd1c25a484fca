import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Actor } from '../actor.ts'
import { aLeadEvent } from '../events/event-house.fixture.ts'
import { openAuditHouse, type AuditHouse } from './audit-house.fixture.ts'
import { eraseFromAudit, verifyLog } from './index.ts'

let house: AuditHouse
beforeAll(async () => void (house = await openAuditHouse(inject('databaseServer').adminUrl)))
afterAll(() => house?.close())

const verify = (actor: Actor) => verifyLog(house.tenancy, actor.organization_id)

async function aLog(length: number) {
  const actor = await house.aPerson()
  for (let index = 0; index < length; index += 1)
    await house.emit(
      actor,
      aLeadEvent({ changes: { before: { score: index }, after: { score: index + 1, value: 12.5 } } }),
    )
  return actor
}

describe('the chain', () => {
  test('holds over the commits of twenty writers, of whom some roll back, without a gap', async () => {
    const actor = await house.aPerson()
    let committed = 0
    const write = async (writer: number) => {
      for (let turn = 0; turn < 5; turn += 1)
        await house.tenancy
          .inTenant(actor, async ({ emit, audit }) => {
            emit(aLeadEvent())
            audit({ action: 'audit.exported', object: 'audit' })
            if ((writer + turn) % 4 === 0) throw new Error('rolled back')
          })
          .then(
            () => (committed += 2),
            () => undefined,
          )
    }
    await Promise.all(Array.from({ length: 20 }, (_, writer) => write(writer)))
    const seqs = (await house.logOf(actor)).map(({ seq }) => seq)
    expect(seqs).toEqual(Array.from({ length: committed }, (_, index) => index + 1))
    expect(await verify(actor)).toMatchObject({ entries: committed, broken: null })
  })

  test('of an organization without entries is in order', async () => {
    expect(await verify(await house.aPerson())).toMatchObject({ entries: 0, head: null, broken: null })
  })

  test.each([
    ['a value', "after = jsonb_set(after, '{value}', '99')"],
    ['a value taken away', 'after = NULL'],
    ['the name of who did it', "actor_name = 'Somebody else'"],
    ['the address it came from', "ip = '198.51.100.1'"],
    ['what was done', "action = 'lead.deleted'"],
    ['the result', "outcome = 'refused'"],
    ['the time', "occurred_at = occurred_at + interval '1 hour'"],
    ['the record', 'record_id = gen_random_uuid()'],
    ['its hash', "hash = sha256('x')"],
    ['values and salt, as if they had been erased', 'before = NULL, after = NULL, content_salt = NULL'],
  ])('tells of an altered entry: %s', async (_, change) => {
    const actor = await aLog(5)
    await house.tamper(`UPDATE audit_log SET ${change} WHERE organization_id = $1 AND seq = 3`, [
      actor.organization_id,
    ])
    expect((await verify(actor)).broken).toMatchObject({ seq: 3, kind: 'altered' })
  })

  test('tells of a removed entry in the middle, at the beginning, at the end, and of all', async () => {
    for (const [chosen, seq] of [
      ['seq = 3', 3],
      ['seq = 1', 1],
      ['seq = 5', 5],
      ['seq > 2', 3],
      ['true', 1],
    ] as const) {
      const actor = await aLog(5)
      await house.tamper(`DELETE FROM audit_log WHERE organization_id = $1 AND ${chosen}`, [
        actor.organization_id,
      ])
      expect((await verify(actor)).broken, chosen).toMatchObject({ seq, kind: 'removed' })
    }
  })

  test('tells of a removed entry whose successors were renumbered', async () => {
    const actor = await aLog(5)
    await house.tamper('DELETE FROM audit_log WHERE organization_id = $1 AND seq = 3', [
      actor.organization_id,
    ])
    await house.tamper('UPDATE audit_log SET seq = seq - 1 WHERE organization_id = $1 AND seq > 3', [
      actor.organization_id,
    ])
    expect((await verify(actor)).broken).toMatchObject({ seq: 3 })
  })

  test('tells of an inserted entry at the end, before the beginning and in the middle', async () => {
    const columns = `organization_id, occurred_at, category, action, outcome, object, content_salt, content_hash, actor_kind, actor_salt, actor_hash, hash`
    for (const seq of [6, 100, 0, -7]) {
      const actor = await aLog(5)
      await house.tamper(
        `INSERT INTO audit_log (seq, ${columns}) SELECT ${seq}, ${columns} FROM audit_log WHERE organization_id = $1 AND seq = 5`,
        [actor.organization_id],
      )
      expect((await verify(actor)).broken, String(seq)).toMatchObject({ seq, kind: 'inserted' })
    }
    const actor = await aLog(5)
    const { organization_id } = actor
    // Downwards from the end: the key is unique at every moment.
    for (const seq of [5, 4, 3])
      await house.tamper('UPDATE audit_log SET seq = seq + 1 WHERE organization_id = $1 AND seq = $2', [
        organization_id,
        seq,
      ])
    await house.tamper(
      `INSERT INTO audit_log (seq, ${columns}) SELECT 3, ${columns} FROM audit_log WHERE organization_id = $1 AND seq = 2`,
      [organization_id],
    )
    expect((await verify(actor)).broken).toMatchObject({ seq: 3, kind: 'inserted' })
  })

  test('tells of a head that was set back together with the newest entry, by an anchor noted before', async () => {
    const actor = await aLog(5)
    const { organization_id } = actor
    const { head } = await verify(actor)
    await house.tamper('DELETE FROM audit_log WHERE organization_id = $1 AND seq = 5', [organization_id])
    await house.tamper(
      `UPDATE audit_heads h SET seq = 4, hash = l.hash FROM audit_log l
       WHERE h.organization_id = $1 AND l.organization_id = $1 AND l.seq = 4`,
      [organization_id],
    )
    expect((await verify(actor)).broken).toBeNull()
    const anchored = await verifyLog(house.tenancy, organization_id, head ? [head] : [])
    expect(anchored.broken).toMatchObject({ seq: 5, kind: 'removed' })
  })

  test('of one organization does not fit another', async () => {
    const [one, other] = [await aLog(3), await aLog(3)]
    await house.tamper('DELETE FROM audit_log WHERE organization_id = $1', [other.organization_id])
    await house.tamper(
      `INSERT INTO audit_log SELECT (r).* FROM (
         SELECT jsonb_populate_record(l, jsonb_build_object('organization_id', $2::text)) AS r FROM audit_log l WHERE organization_id = $1) moved`,
      [one.organization_id, other.organization_id],
    )
    expect((await verify(other)).broken).toMatchObject({ seq: 1, kind: 'altered' })
  })
})

describe('the audit log', () => {
  test('refuses to be changed, shortened or emptied by the application', async () => {
    const actor = await aLog(2)
    for (const statement of [
      "UPDATE audit_log SET action = 'lead.updated'",
      'UPDATE audit_log SET before = NULL, after = NULL, record_name = NULL, content_salt = NULL',
      'DELETE FROM audit_log',
      'TRUNCATE audit_log',
    ]) {
      const client = await house.database.pool.connect()
      try {
        await client.query('BEGIN')
        await client.query("SELECT set_config('rapport.organization_id', $1, true)", [actor.organization_id])
        await expect(client.query(statement), statement).rejects.toThrow('append-only')
      } finally {
        await client.query('ROLLBACK')
        client.release()
      }
    }
    expect(await verify(actor)).toMatchObject({ entries: 2, broken: null })
  })

  test('forgets the values of a record and still verifies, with an entry that tells of it', async () => {
    const actor = await house.aPerson()
    const record = { object: 'lead', id: actor.user_id, name: 'Grace Hopper' }
    const changes = { before: { email: null }, after: { email: 'grace@example.com' } }
    await house.emit(actor, aLeadEvent({ record, changes }), aLeadEvent({ changes }))
    const erased = await house.tenancy.inTenant(actor, (ctx) =>
      eraseFromAudit(ctx, [{ object: 'lead', record_ids: [record.id] }]),
    )
    expect(erased).toBe(1)
    const [first, second, erasure] = await house.logOf(actor)
    expect(first).toMatchObject({ record_name: null, before: null, after: null, actor_name: 'Ada' })
    expect(second).toMatchObject({ after: { email: 'grace@example.com' } })
    expect(erasure).toMatchObject({ action: 'audit.erased', category: 'security' })
    expect(await verify(actor)).toMatchObject({ entries: 3, broken: null })
  })

  test('forgets a person who acted and still verifies', async () => {
    const actor = await aLog(2)
    await house.tenancy.inTenant(actor, (ctx) => eraseFromAudit(ctx, [{ actor_id: actor.user_id }]))
    const [first] = await house.logOf(actor)
    expect(first).toMatchObject({ actor_name: null, ip: null, user_agent: null, after: { value: 12.5 } })
    expect(await verify(actor)).toMatchObject({ entries: 3, broken: null })
  })

  test('accepts nothing as erased that was given other values afterwards', async () => {
    const actor = await aLog(2)
    await house.tenancy.inTenant(actor, (ctx) => eraseFromAudit(ctx, [{ seqs: [1] }]))
    await house.tamper(`UPDATE audit_log SET after = '{"value": 1}' WHERE organization_id = $1 AND seq = 1`, [
      actor.organization_id,
    ])
    expect((await verify(actor)).broken).toMatchObject({ seq: 1, kind: 'altered' })
  })
})
