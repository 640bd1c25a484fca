import type { Lead, Pipeline, UndoableChange, UndoneChange } from '@rapport/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { aLead, changeMany, ended, leadOf } from '../../testing/bulk.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => void (app = await createTestApp()))
afterAll(() => app?.stop())
beforeEach(async () => void (owner = await app.register()))

const undo = (member: Caller, body: object = {}) =>
  member.call<UndoneChange & { code?: string }>('POST', '/crm/undo', { body })
const next = async (member: Caller) =>
  (await member.call<{ change: UndoableChange | null }>('GET', '/crm/undo')).body.change
const change = async (member: Caller, lead: Lead, body: object) => {
  const answer = await member.call<Lead>('PATCH', `/crm/leads/${lead.id}`, { body })
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

describe('the undo of the last change', () => {
  test('goes back change by change: fields, restore, trash, and the making of the record', async () => {
    const lead = await aLead(owner, { full_name: 'Ada', city: 'Old', custom: { size: 'S' } })
    await change(owner, lead, { city: 'New', phone: '+55 11 91234-8765', custom: { size: 'M', extra: 1 } })
    await owner.call('DELETE', `/crm/leads/${lead.id}`)
    await owner.call('POST', `/crm/leads/${lead.id}/restore`)
    expect(await next(owner)).toMatchObject({
      object: 'lead',
      id: lead.id,
      name: 'Ada',
      action: 'restore',
      job: null,
    })

    expect(await undo(owner)).toMatchObject({
      status: 200,
      body: { action: 'restore', name: 'Ada', kept: [], job_id: null },
    })
    expect((await leadOf(owner, lead)).deleted_at).not.toBeNull()
    expect((await undo(owner)).body.action).toBe('delete')
    expect((await leadOf(owner, lead)).deleted_at).toBeNull()
    expect((await undo(owner)).body.action).toBe('update')
    const { version, updated_at, ...now } = await leadOf(owner, lead)
    expect({ ...now, version, updated_at }).toEqual({ ...lead, version, updated_at })
  })

  test('takes what was made into the trash, as long as nobody else has worked on it', async () => {
    const lead = await aLead(owner)
    expect((await undo(owner)).body).toMatchObject({ action: 'create', id: lead.id })
    expect((await leadOf(owner, lead)).deleted_at).not.toBeNull()
    const used = await aLead(owner)
    const colleague = await app.join(owner, 'admin')
    await change(colleague, used, { city: 'Used' })
    expect(await undo(owner)).toMatchObject({ status: 409, body: { code: 'changed_since' } })
    expect((await leadOf(owner, used)).deleted_at).toBeNull()
  })

  test('returns a moved record to its stage, with the status that it had there', async () => {
    const pipelines = await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines')
    const stages = pipelines.body.items.find(({ object }) => object === 'lead')?.stages ?? []
    const [first, lost] = [stages[0], stages.find(({ type }) => type === 'lost')]
    const lead = await aLead(owner, { stage_id: first?.id })
    const move = (stage_id: string | undefined, version: number) =>
      owner.call<Lead>('PATCH', `/crm/leads/${lead.id}/stage`, { body: { stage_id, version } })
    const moved = await move(lost?.id, lead.version)
    expect(moved.body, moved.text).toMatchObject({ status: 'lost', stage_id: lost?.id })
    expect(await undo(owner)).toMatchObject({ status: 200, body: { action: 'move', id: lead.id, kept: [] } })
    expect(await leadOf(owner, lead)).toMatchObject({ status: 'new', stage_id: first?.id })

    const again = await move(lost?.id, lead.version + 2)
    const admin = await app.join(owner, 'admin')
    const onwards = { stage_id: stages[1]?.id, version: again.body.version }
    await admin.call('PATCH', `/crm/leads/${lead.id}/stage`, { body: onwards })
    expect(await undo(owner)).toMatchObject({
      status: 409,
      body: { code: 'changed_since', conflicts: ['stage_id'] },
    })
    expect((await leadOf(owner, lead)).stage_id).toBe(stages[1]?.id)
  })

  test('is one’s own: what others did is not found, and stays', async () => {
    const colleague = await app.join(owner, 'admin')
    const lead = await aLead(colleague)
    expect(await next(owner)).toBeNull()
    expect(await undo(owner)).toMatchObject({ status: 404, body: { code: 'change_not_found' } })
    await change(owner, lead, { city: 'Mine', source: 'Mine' })
    await change(colleague, lead, { city: 'Theirs' })
    expect(await undo(owner)).toMatchObject({ status: 200, body: { kept: ['city'] } })
    expect(await leadOf(owner, lead)).toMatchObject({ city: 'Theirs', source: null })
  })

  test('tells once that somebody changed the same since, and goes on to the change before', async () => {
    const [first, lead] = [await aLead(owner), await aLead(owner)]
    await change(owner, first, { city: 'First' })
    await change(owner, lead, { city: 'Mine' })
    await change(await app.join(owner, 'admin'), lead, { city: 'Theirs' })
    const refused = await undo(owner)
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'changed_since', conflicts: ['city'], current: { city: 'Theirs' } },
    })
    expect(await undo(owner)).toMatchObject({ status: 200, body: { id: first.id } })
    expect((await leadOf(owner, first)).city).toBeNull()
  })

  test('of a named record passes over later changes of others, and knows the version it means', async () => {
    const [one, two] = [await aLead(owner), await aLead(owner)]
    const changed = await change(owner, one, { city: 'One' })
    await change(owner, two, { city: 'Two' })
    const named = { object: 'lead', id: one.id }
    expect(await undo(owner, { ...named, version: changed.version + 1 })).toMatchObject({ status: 404 })
    expect((await undo(owner, { ...named, version: changed.version })).body).toMatchObject({
      id: one.id,
      action: 'update',
    })
    expect((await leadOf(owner, two)).city).toBe('Two')
    expect((await next(owner))?.id).toBe(two.id)
  })

  test('asked twice at the same moment takes back two changes and none of them twice', async () => {
    const lead = await aLead(owner)
    for (const city of ['A', 'B', 'C']) await change(owner, lead, { city })
    await Promise.all([undo(owner), undo(owner)])
    expect(['A', 'B']).toContain((await leadOf(owner, lead)).city)
    while ((await undo(owner)).status !== 404);
    expect((await leadOf(owner, lead)).city).toBeNull()
  })

  test('takes back a change of many as a job, in its turn', async () => {
    const lead = await aLead(owner, { city: 'Old' })
    const job = await changeMany(owner, { ids: [lead.id], action: 'update', values: { city: 'Many' } })
    await change(owner, lead, { source: 'After' })
    expect((await undo(owner)).body.action).toBe('update')
    expect(await next(owner)).toMatchObject({
      action: 'bulk',
      id: null,
      job: { id: job.id, action: 'update', changed: 1 },
    })
    const { body } = await undo(owner)
    expect(await ended(owner, body.job_id ?? '')).toMatchObject({ undoes: job.id, changed: 1 })
    expect(await leadOf(owner, lead)).toMatchObject({ city: 'Old', source: null })
    expect((await undo(owner)).body.action).toBe('create')
    expect((await undo(owner)).status).toBe(404)
  })

  test('is refused for what the role may no longer do', async () => {
    const member = await app.join(owner, 'sales')
    const lead = await aLead(member)
    await change(member, lead, { city: 'New' })
    const demoted = await owner.call('PATCH', `/organizations/current/members/${member.session.user.id}`, {
      body: { role: 'viewer' },
    })
    expect(demoted.status, demoted.text).toBe(200)
    expect(await undo(member)).toMatchObject({ status: 403 })
    expect((await leadOf(owner, lead)).city).toBe('New')
  })

  test('reaches no further back than 24 hours', async () => {
    const lead = await aLead(owner)
    const { tenancy } = app.app.platform
    await tenancy.inTenant(systemActor(owner.session.organization.id), ({ tx }) =>
      tx
        .updateTable('activities')
        .set({ created_at: new Date(Date.now() - 24.1 * 3_600_000).toISOString() })
        .where('organization_id', '=', owner.session.organization.id)
        .where('record_id', '=', lead.id)
        .execute(),
    )
    expect((await undo(owner)).status).toBe(404)
  })

  test('of a program is not there: an API key has no last change', async () => {
    const made = await owner.call<{ secret: string }>('POST', '/api-keys', {
      body: { name: 'Program', scopes: ['leads:read', 'leads:create'] },
    })
    const headers = { authorization: `Bearer ${made.body.secret}` }
    await app.call('POST', '/crm/leads', { headers, body: { full_name: 'By program' } })
    expect((await app.call('POST', '/crm/undo', { headers, body: {} })).status).toBe(404)
    expect(await next(owner)).toBeNull()
  })
})
