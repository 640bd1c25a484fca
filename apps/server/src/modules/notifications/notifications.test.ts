import {
  roleGrants,
  type Following,
  type Lead,
  type NotificationSettings,
  type Pipeline,
} from '@rapport/contracts'
import { afterAll, describe, expect, test, vi } from 'vitest'
import type { Caller } from '../../testing/app.ts'
import { connectTo } from '../../platform/testing/index.ts'
import { joinWith } from '../../testing/members.ts'
import { about, idOf, list, openNotifications } from './notifications.fixture.ts'

const { app, owner, colleague, admin, aLead, everythingTold, close } = await openNotifications()
afterAll(close)

const typesOf = async (by: Caller, id: string) => (await about(by, id))?.latest.map(({ type }) => type) ?? []

async function anotherStage(): Promise<Pipeline['stages'][number]> {
  const { body } = await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines')
  const stage = body.items[0]?.stages[1]
  if (!stage) throw new Error('There is no second stage.')
  return stage
}
const move = async ({ id }: Lead, by = owner) => {
  const stage = await anotherStage()
  const { body } = await owner.call<Lead>('GET', `/crm/leads/${id}`)
  const moved = await by.call('PATCH', `/crm/leads/${id}/stage`, {
    body: { stage_id: stage.id, version: body.version },
  })
  expect(moved.status, moved.text).toBe(200)
}
const follow = (by: Caller, { id }: { id: string }, following = true) =>
  by.call<Following>('PUT', '/crm/following', { body: { record: { object: 'lead', id }, following } })
const mention = (by: Caller, lead: Lead, user_id: string) =>
  by.call('POST', '/crm/notes', {
    body: {
      record: { object: 'lead', id: lead.id },
      body: {
        type: 'doc',
        content: [{ type: 'paragraph', content: [{ type: 'mention', attrs: { id: user_id } }] }],
      },
    },
  })
const settle = (by: Caller, body: object) =>
  by.call<NotificationSettings>('PATCH', '/notifications/settings', { body })

describe('a notification', () => {
  test('tells the new owner of a record, and nobody who gave it to themselves', async () => {
    const lead = await aLead({ owner_id: idOf(colleague) })
    const own = await aLead({ owner_id: idOf(colleague) }, colleague)
    await everythingTold()
    expect(await about(colleague, lead.id)).toMatchObject({
      object: 'lead',
      title: 'Ada Moreau',
      count: 1,
      unread: 1,
      latest: [{ type: 'record_assigned', actor: { id: idOf(owner) }, read_at: null }],
    })
    expect(await about(colleague, own.id)).toBeUndefined()
    expect(await about(owner, lead.id)).toBeUndefined()
  })

  test('of a mention on one’s own record is that and nothing else', async () => {
    const lead = await aLead({ owner_id: idOf(colleague) })
    await everythingTold()
    await mention(owner, lead, idOf(colleague))
    await vi.waitFor(async () => expect(await typesOf(colleague, lead.id)).toContain('mentioned_in_note'), {
      timeout: 10_000,
    })
    await everythingTold()
    expect(await typesOf(colleague, lead.id)).toEqual(['mentioned_in_note', 'record_assigned'])
  })

  /** As if none of the events had been told yet. */
  async function readAllAgain(): Promise<void> {
    const organization_id = owner.session.organization.id
    const asIfNew = "WHERE subscriber = 'notifications.tell' AND organization_id = $1"
    await admin.query(`UPDATE event_positions SET seq = 1 ${asIfNew}`, [organization_id])
    await aLead()
    await vi.waitFor(
      async () => {
        const { rows } = await admin.query<{ behind: number }>(
          `SELECT h.seq - p.seq AS behind FROM event_positions p JOIN event_heads h USING (organization_id) ${asIfNew}`,
          [organization_id],
        )
        expect(rows).toEqual([{ behind: 0 }])
      },
      { timeout: 10_000 },
    )
  }

  async function giveMany(count: number): Promise<Lead[]> {
    const leads: Lead[] = []
    for (let at = 0; at < count; at += 1) leads.push(await aLead())
    await everythingTold()
    const { status, text } = await owner.call('POST', '/crm/leads/bulk', {
      body: { action: 'assign', ids: leads.map(({ id }) => id), owner_id: idOf(colleague) },
    })
    expect(status, text).toBe(202)
    return leads
  }
  const told = async () => {
    const group = await about(colleague, null)
    return group?.latest.flatMap(({ data, read_at }) => (read_at === null ? [data['count']] : []))
  }

  test('of many records given at once is one, with their number', async () => {
    const leads = await giveMany(5)
    await vi.waitFor(async () => expect(await told()).toEqual([5]), { timeout: 10_000 })
    for (const { id } of leads) expect(await about(colleague, id)).toBeUndefined()
  })

  test('of many records that come in several goes counts on while it is unread', async () => {
    await giveMany(4)
    await vi.waitFor(async () => expect(await told()).toEqual([9]), { timeout: 10_000 })
    expect((await list(colleague)).items[0]).toMatchObject({ object: 'lead', record_id: null })
    await readAllAgain()
    expect(await told()).toEqual([9])
    await colleague.call('PUT', '/notifications/read', {
      body: { group: { object: 'lead', record_id: null } },
    })
    await giveMany(4)
    await vi.waitFor(async () => expect(await told()).toEqual([4]), { timeout: 10_000 })
  })

  test('of what is created and given away before it is told comes to the new owner once', async () => {
    const told = await connectTo(app.adminUrl)
    await told.query('BEGIN')
    await told.query(
      "SELECT 1 FROM event_positions WHERE subscriber = 'notifications.tell' AND organization_id = $1 FOR UPDATE",
      [owner.session.organization.id],
    )
    const lead = await aLead()
    const given = await owner.call('PATCH', `/crm/leads/${lead.id}`, { body: { owner_id: idOf(colleague) } })
    expect(given.status, given.text).toBe(200)
    await told.end()
    await everythingTold()
    expect(await about(colleague, lead.id)).toMatchObject({ count: 1 })
  })

  test('goes out once, however often its events are read', async () => {
    const lead = await aLead({ owner_id: idOf(colleague) })
    await everythingTold()
    await readAllAgain()
    expect(await about(colleague, lead.id)).toMatchObject({ count: 1 })
  })

  test('tells of a mention whoever may read the record, and is gone for whoever may not any more', async () => {
    const own = { ...roleGrants.sales, 'leads:read': 'own' as const, 'leads:update': 'own' as const }
    const reader = await joinWith(app, owner, { grants: roleGrants.sales })
    const stranger = await joinWith(app, owner, { grants: own })
    const lead = await aLead()
    await mention(owner, lead, idOf(reader))
    await mention(owner, lead, idOf(stranger))
    await vi.waitFor(async () => expect(await typesOf(reader, lead.id)).toEqual(['mentioned_in_note']), {
      timeout: 10_000,
    })
    await everythingTold()
    expect((await list(stranger)).items).toEqual([])
    expect((await list(reader, 'show=mentions')).items).toHaveLength(1)
    await owner.call('PATCH', `/organizations/current/roles/${reader.role.id}`, {
      body: { grants: own },
    })
    expect(await list(reader)).toMatchObject({ items: [], unread: 0 })
  })

  test('reaches nobody in another organization', async () => {
    const other = await app.register()
    const lead = await aLead({ owner_id: idOf(colleague) })
    await everythingTold()
    expect(await about(colleague, lead.id)).toBeDefined()
    expect(await list(other)).toEqual({ items: [], next_cursor: null, unread: 0 })
    expect((await follow(other, lead)).status).toBe(404)
  })

  test('is marked read by itself, with all of its record, or with all there are', async () => {
    const person = await app.join(owner, 'sales')
    const [first, second, third] = [
      await aLead({ owner_id: idOf(person) }),
      await aLead({ owner_id: idOf(person) }),
      await aLead({ owner_id: idOf(person) }),
    ]
    await everythingTold()
    expect(await list(person)).toMatchObject({ unread: 3 })
    const read = (body: object) => person.call<{ unread: number }>('PUT', '/notifications/read', { body })
    const id = (await about(person, first.id))?.latest[0]?.id
    expect((await read({ ids: [id] })).body).toEqual({ unread: 2 })
    expect((await read({ group: { object: 'lead', record_id: second.id } })).body).toEqual({ unread: 1 })
    expect((await list(person, 'show=unread')).items.map(({ record_id }) => record_id)).toEqual([third.id])
    expect((await read({ all: true })).body).toEqual({ unread: 0 })
    expect((await read({ ids: [id], read: false })).body).toEqual({ unread: 1 })
    expect((await read({ ids: [id], all: true })).status).toBe(422)
    const mine = await about(person, first.id)
    await colleague.call('PUT', '/notifications/read', { body: { ids: [mine?.latest[0]?.id] } })
    expect((await about(person, first.id))?.unread).toBe(1)
  })

  test('is listed by what it is about, page by page', async () => {
    const person = await app.join(owner, 'sales')
    const leads = [
      await aLead({ owner_id: idOf(person) }),
      await aLead({ owner_id: idOf(person) }),
      await aLead({ owner_id: idOf(person) }),
    ]
    await everythingTold()
    const [first] = leads
    if (first) await move(first)
    await everythingTold()
    const page = await list(person, 'limit=2')
    expect(page.items.map(({ record_id, count }) => [record_id, count])).toEqual([
      [leads[0]?.id, 2],
      [leads[2]?.id, 1],
    ])
    const rest = await list(person, `limit=2&cursor=${page.next_cursor}`)
    expect(rest.items.map(({ record_id }) => record_id)).toEqual([leads[1]?.id])
    expect(rest.next_cursor).toBeNull()
  })
})

describe('following', () => {
  test('tells followers of a new stage by its name; the owner follows without asking', async () => {
    const [asking, silent] = [await app.join(owner, 'sales'), await app.join(owner, 'sales')]
    const lead = await aLead({ owner_id: idOf(colleague) })
    expect((await follow(asking, lead)).body).toEqual({ following: true, reason: 'chosen' })
    await move(lead)
    await everythingTold()
    const { name } = await anotherStage()
    expect((await about(asking, lead.id))?.latest).toMatchObject([
      { type: 'stage_changed', data: { stage: name } },
    ])
    expect(await typesOf(colleague, lead.id)).toEqual(['stage_changed', 'record_assigned'])
    expect(await list(silent)).toMatchObject({ items: [] })
  })

  test('begins with a note, and ends for good by choice', async () => {
    const person = await app.join(owner, 'sales')
    const lead = await aLead()
    const reason = async () =>
      (await person.call<Following>('GET', `/crm/following?object=lead&id=${lead.id}`)).body
    expect(await reason()).toEqual({ following: false, reason: null })
    await mention(person, lead, idOf(owner))
    await vi.waitFor(async () => expect(await reason()).toEqual({ following: true, reason: 'took_part' }))
    await follow(person, lead, false)
    await mention(person, lead, idOf(owner))
    await move(lead)
    await everythingTold()
    expect(await reason()).toEqual({ following: false, reason: null })
    expect(await about(person, lead.id)).toBeUndefined()
  })

  test('stops for the owner who chose it, too', async () => {
    const lead = await aLead({ owner_id: idOf(colleague) })
    await follow(colleague, lead, false)
    await move(lead)
    await everythingTold()
    expect(await typesOf(colleague, lead.id)).toEqual(['record_assigned'])
  })
})

describe('the settings', () => {
  test('begin as the catalogue says and keep what is chosen', async () => {
    const person = await app.join(owner, 'sales')
    const { body } = await person.call<NotificationSettings>('GET', '/notifications/settings')
    expect(body).toMatchObject({ sound: false, quiet_hours: null, paused_until: null, digest: 'daily' })
    expect(body.channels.record_assigned).toEqual({ app: true, toast: true, push: true, email: true })
    await settle(person, { channels: { record_assigned: { toast: false } } })
    const after = await settle(person, { channels: { record_assigned: { email: false } }, sound: true })
    expect(after.body.channels.record_assigned).toEqual({ app: true, toast: false, push: true, email: false })
    expect((await settle(person, { quiet_hours: { from: '25:00', to: '07:00' } })).status).toBe(422)
    expect((await settle(person, { channels: { nothing: { app: true } } })).status).toBe(422)
  })

  test('keep out of the list what was switched off, and change nothing for others', async () => {
    const [deaf, hearing] = [await app.join(owner, 'sales'), await app.join(owner, 'sales')]
    await settle(deaf, { channels: { stage_changed: { app: false } } })
    const lead = await aLead()
    for (const person of [deaf, hearing]) await follow(person, lead)
    await move(lead)
    await everythingTold()
    expect(await about(deaf, lead.id)).toBeUndefined()
    expect(await typesOf(hearing, lead.id)).toEqual(['stage_changed'])
  })

  test('silence messages for whoever is not to be disturbed, and still list what happened', async () => {
    const person = await app.join(owner, 'sales')
    const toldOf = async (lead: Lead) => {
      const { rows } = await admin.query<{ data: { toast: boolean } }>(
        "SELECT data FROM events WHERE type = 'notification.created' AND data->>'record_id' = $1 AND owner_id = $2",
        [lead.id, idOf(person)],
      )
      return rows.map(({ data }) => data.toast)
    }
    const loud = await aLead({ owner_id: idOf(person) })
    await everythingTold()
    await settle(person, { paused_until: new Date(Date.now() + 3_600_000).toISOString() })
    const silent = await aLead({ owner_id: idOf(person) })
    await everythingTold()
    expect(await typesOf(person, silent.id)).toEqual(['record_assigned'])
    expect([await toldOf(loud), await toldOf(silent)]).toEqual([[true], [false]])
  })
})

test('what was read long ago is forgotten, and what is unread stays longer', async () => {
  const person = await app.join(owner, 'sales')
  const [read, unread] = [await aLead({ owner_id: idOf(person) }), await aLead({ owner_id: idOf(person) })]
  await everythingTold()
  await person.call('PUT', '/notifications/read', { body: { group: { object: 'lead', record_id: read.id } } })
  await admin.query(
    "UPDATE notifications SET created_at = now() - interval '40 days', read_at = CASE WHEN read_at IS NOT NULL THEN now() - interval '35 days' END WHERE user_id = $1",
    [idOf(person)],
  )
  await admin.query("UPDATE alarms SET rings_at = now() WHERE name = 'notifications.sweep'")
  await vi.waitFor(async () => expect(await about(person, read.id)).toBeUndefined(), { timeout: 10_000 })
  expect(await typesOf(person, unread.id)).toEqual(['record_assigned'])
})
