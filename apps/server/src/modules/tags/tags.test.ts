/** Tags: the vocabulary, what records carry of it, and lists by it. */
import {
  type Activity,
  type Lead,
  type Pipeline,
  type Problem,
  type Tag,
  type TagUsage,
} from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { joinWith } from '../../testing/members.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => {
  app = await createTestApp()
})
beforeEach(async () => {
  owner = await app.register()
})
afterAll(() => app?.stop())

const aTag = async (name: string, more = {}) =>
  (await owner.call<Tag>('POST', '/crm/tags', { body: { name, ...more } })).body
const aLead = async (tags: string[] = [], by = owner) =>
  (await by.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada', tags } })).body
const change = (lead: Lead, tags: unknown, more = {}, by = owner) =>
  by.call<Omit<Lead, 'status'>>('PATCH', `/crm/leads/${lead.id}`, { body: { tags, ...more } })
const read = async (lead: Lead, by = owner) => (await by.call<Lead>('GET', `/crm/leads/${lead.id}`)).body
const names = ({ tags }: Lead) => tags.map(({ name }) => name)
const allTags = async () => (await owner.call<{ items: Tag[] }>('GET', '/crm/tags')).body.items
const refused = (path: string, code: string) => ({ status: 422, body: { errors: [{ path, code }] } })

describe('a tag', () => {
  test('is listed by name, with a colour whether or not one was given', async () => {
    await aTag('vip', { color: 'pink' })
    await aTag('Árvore')
    await aTag('Big spender')
    const items = await allTags()
    expect(items.map(({ name }) => name)).toEqual(['Big spender', 'vip', 'Árvore'])
    expect(items.map(({ color }) => color)).toContain('pink')
    expect(new Set(items.map(({ color }) => color)).size).toBe(3)
  })

  test('has a name of its own, whatever the case and the spaces', async () => {
    const vip = await aTag('VIP  client')
    expect(vip.name).toBe('VIP client')
    const again = await owner.call('POST', '/crm/tags', { body: { name: ' vip client ' } })
    expect(again).toMatchObject(refused('name', 'taken'))
    const other = await aTag('Other')
    expect(
      await owner.call('PATCH', `/crm/tags/${other.id}`, { body: { name: 'vip CLIENT' } }),
    ).toMatchObject(refused('name', 'taken'))
    const cased = await owner.call<Tag>('PATCH', `/crm/tags/${vip.id}`, { body: { name: 'Vip Client' } })
    expect(cased.body).toMatchObject({ name: 'Vip Client', version: 2 })
  })

  test('is made once by any number of callers who name it at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => aLead(['Fresh', 'fresh '])))
    expect(new Set(answers.flatMap(({ tags }) => tags.map(({ id }) => id))).size).toBe(1)
    expect(await allTags()).toHaveLength(1)
  })

  test('is renamed and recoloured on all records at once, by the version that was read', async () => {
    const tag = await aTag('Hot')
    const lead = await aLead(['hot'])
    const body = { name: 'Warm', color: 'red', version: 1 }
    expect((await owner.call('PATCH', `/crm/tags/${tag.id}`, { body })).status).toBe(200)
    expect((await read(lead)).tags).toEqual([{ id: tag.id, name: 'Warm', color: 'red' }])
    const stale = await owner.call<Problem>('PATCH', `/crm/tags/${tag.id}`, {
      body: { name: 'Cold', version: 1 },
    })
    expect(stale).toMatchObject({ status: 409, body: { conflicts: ['name'], current: { name: 'Warm' } } })
  })

  test('is taken off all records when it is deleted, which tells of how many', async () => {
    const tag = await aTag('Gone')
    const [one, two] = [await aLead(['Gone', 'Stays']), await aLead(['Gone'])]
    await owner.call('DELETE', `/crm/leads/${two.id}`)
    const answer = await owner.call('DELETE', `/crm/tags/${tag.id}`)
    expect(answer).toMatchObject({ status: 200, body: { records: 2 } })
    expect(names(await read(one))).toEqual(['Stays'])
    expect((await owner.call('DELETE', `/crm/tags/${tag.id}`)).status).toBe(404)
  })

  test('takes the place of those that are merged into it, and each record carries it once', async () => {
    const [a, b, c] = [await aTag('A'), await aTag('B'), await aTag('C')]
    const [one, two, three] = [await aLead(['A', 'B']), await aLead(['B']), await aLead(['C'])]
    const merge = { body: { ids: [a.id, b.id], winner_id: a.id } }
    const answer = await owner.call('POST', '/crm/tags/merge', merge)
    expect(answer).toMatchObject({ status: 200, body: { tag: { id: a.id }, records: 2 } })
    expect([await read(one), await read(two), await read(three)].map(names)).toEqual([['A'], ['A'], ['C']])
    expect((await allTags()).map(({ id }) => id)).toEqual([a.id, c.id])
    expect((await owner.call('POST', '/crm/tags/merge', merge)).body).toMatchObject({ records: 2 })
    const gone = { body: { ids: [c.id], winner_id: b.id } }
    expect(await owner.call('POST', '/crm/tags/merge', gone)).toMatchObject(
      refused('winner_id', 'unknown_tag'),
    )
  })

  test('is counted over records of every kind', async () => {
    const tag = await aTag('Everywhere')
    await aLead(['Everywhere'])
    await owner.call('POST', '/crm/contacts', { body: { full_name: 'Alan', tags: [tag.id] } })
    await owner.call('POST', '/crm/companies', { body: { name: 'Acme', tags: ['everywhere'] } })
    const { body } = await owner.call<{ items: TagUsage[] }>('GET', '/crm/tags/usage')
    expect(body.items).toEqual(
      ['company', 'contact', 'lead'].map((object) => ({ tag_id: tag.id, object, records: 1 })),
    )
  })
})

describe('a record', () => {
  test('is tagged by ids and names in any order, and told in one', async () => {
    const b = await aTag('b')
    const lead = await aLead(['zeta', b.id, 'Alpha', 'ALPHA'])
    expect(names(lead)).toEqual(['Alpha', 'b', 'zeta'])
    expect((await read(lead)).tags).toEqual(lead.tags)
    const { body } = await owner.call<{ items: Lead[] }>('GET', '/crm/leads?fields=tags')
    expect(body.items).toEqual([{ id: lead.id, version: 1, tags: lead.tags }])
    const changed = await change(lead, ['zeta', b.id])
    expect(changed.body).toMatchObject({ version: 2, tags: [{ name: 'b' }, { name: 'zeta' }] })
    expect((await change(lead, ['ZETA', 'B'])).body.version).toBe(2)
    expect((await change(lead, [])).body.tags).toEqual([])
  })

  test('keeps what two people add at the same time, and a third takes off', async () => {
    const lead = await aLead(['old', 'kept'])
    const answers = await Promise.all([
      change(lead, { add: ['one'] }),
      change(lead, { add: ['two'] }),
      change(lead, { remove: ['OLD', 'never there'] }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const after = await read(lead)
    expect(names(after)).toEqual(['kept', 'one', 'two'])
    expect(after.version).toBe(4)
    const last = answers.map(({ body }) => body).find(({ version }) => version === 4)
    expect(last?.tags).toEqual(after.tags)
  })

  test('is not overwritten by whoever read other tags: the conflict names them', async () => {
    const lead = await aLead(['a'])
    await change(lead, { add: ['b'] })
    const stale = await change(lead, ['c'], { version: 1 })
    expect(stale).toMatchObject({
      status: 409,
      body: {
        code: 'version_conflict',
        conflicts: ['tags'],
        current: { tags: [{ name: 'a' }, { name: 'b' }] },
      },
    })
    const apart = await change(lead, { add: ['c'] }, { version: 1 })
    expect(apart).toMatchObject({ status: 409, body: { conflicts: [] } })
  })

  test('tells a change by the names before and after: on its timeline, to webhooks and the log', async () => {
    const lead = await aLead(['a'])
    await change(lead, ['b'])
    const changes = { tags: [['a'], ['b']] }
    const timeline = await owner.call<{ items: Activity[] }>('GET', `/crm/leads/${lead.id}/timeline`)
    expect(timeline.body.items[0]).toMatchObject({ type: 'updated', data: { changes } })
    const organization_id = owner.session.organization.id
    const [event] = await app.app.platform.tenancy.inTenant(systemActor(organization_id), ({ tx }) =>
      tx
        .selectFrom('events')
        .select('data')
        .where('organization_id', '=', organization_id)
        .where('type', '=', 'lead.updated')
        .execute(),
    )
    expect(event?.data).toMatchObject({ changes })
    const log = await owner.call<{ items: object[] }>('GET', `/organizations/current/audit-log?limit=200`)
    expect(log.body.items).toContainEqual(
      expect.objectContaining({ action: 'lead.updated', before: { tags: ['a'] }, after: { tags: ['b'] } }),
    )
  })

  test('carries at most fifty', async () => {
    const many = Array.from({ length: 50 }, (_, at) => `tag ${at}`)
    const lead = await aLead(many)
    expect(lead.tags).toHaveLength(50)
    expect(await change(lead, { add: ['one more'] })).toMatchObject(refused('tags', 'too_many'))
  })

  test.each([
    ['an id of nothing', ['0197d5f0-0000-7000-8000-000000000000'], 'tags', 'unknown_tag'],
    ['no text', [7], 'tags.0', 'invalid_type'],
    ['an empty name', [' '], 'tags.0', 'too_small'],
    ['a control character', ['a\u0000b'], 'tags.0', 'invalid_text'],
    ['too long a name', ['x'.repeat(61)], 'tags.0', 'too_big'],
  ])('is not made with %s, nor is any tag', async (_, tags, path, code) => {
    const answer = await owner.call('POST', '/crm/leads', {
      body: { full_name: 'Bad', tags: ['new', ...tags].toReversed() },
    })
    expect(answer).toMatchObject(refused(path, code))
    expect(await allTags()).toEqual([])
  })

  test('keeps its tags in the trash and through the stages', async () => {
    const lead = await aLead(['a'])
    const { body } = await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines')
    const stage_id = body.items[0]?.stages[1]?.id
    const move = { body: { stage_id, version: 1 } }
    expect(names((await owner.call<Lead>('PATCH', `/crm/leads/${lead.id}/stage`, move)).body)).toEqual(['a'])
    await owner.call('DELETE', `/crm/leads/${lead.id}`)
    const restored = await owner.call<Lead>('POST', `/crm/leads/${lead.id}/restore`)
    expect(names(restored.body)).toEqual(['a'])
  })
})

describe('a role', () => {
  test('that makes no tags gives those that are there', async () => {
    const caller = await app.join(owner, 'caller')
    await aTag('known')
    const lead = (
      await owner.call<Lead>('POST', '/crm/leads', {
        body: { full_name: 'Mine', owner_id: caller.session.user.id },
      })
    ).body
    expect((await change(lead, ['known'], {}, caller)).body.tags).toMatchObject([{ name: 'known' }])
    expect(await change(lead, ['unknown'], {}, caller)).toMatchObject(refused('tags', 'unknown_tag'))
    expect((await caller.call('POST', '/crm/tags', { body: { name: 'x' } })).status).toBe(403)
    expect((await allTags()).map(({ name }) => name)).toEqual(['known'])
  })

  test('from which tags are hidden meets them nowhere', async () => {
    const blind = await joinWith(app, owner, { field_rules: { lead: { tags: 'hidden' } } })
    const lead = await aLead(['secret'])
    expect(await read(lead, blind)).not.toHaveProperty('tags')
    const filter = JSON.stringify({ field: 'tags', op: 'has_any', value: ['secret'] })
    const list = await blind.call('GET', `/crm/leads?filter=${encodeURIComponent(filter)}`)
    expect(list).toMatchObject(refused('filter.field', 'unknown_field'))
    expect(await change(lead, ['x'], {}, blind)).toMatchObject(refused('tags', 'forbidden_field'))
    await change(lead, { add: ['more secret'] })
    const timeline = await blind.call('GET', `/crm/leads/${lead.id}/timeline`)
    expect(timeline.text).not.toContain('secret')
  })
})
