import type { Activity, AssignmentPreview, AssignmentRule, Job, Lead, Problem } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp

beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.stop())

type Team = { owner: Caller; ana: Caller; bruno: Caller; clara: Caller }
async function aTeam(): Promise<Team> {
  const owner = await app.register()
  const [ana, bruno, clara] = await Promise.all([1, 2, 3].map(() => app.join(owner, 'sales')))
  if (!ana || !bruno || !clara) throw new Error('Three joined.')
  return { owner, ana, bruno, clara }
}
const idOf = ({ session }: Caller) => session.user.id
const post = <Body = AssignmentRule>(by: Caller, body: object) =>
  by.call<Body>('POST', '/crm/assignment-rules', { body: { object: 'lead', name: 'Rule', ...body } })
async function aRule(by: Caller, body: object): Promise<AssignmentRule> {
  const made = await post(by, body)
  expect(made.status, made.text).toBe(201)
  return made.body
}
const aLead = async (by: Caller, fields: object = {}): Promise<Lead> => {
  const made = await by.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Lead', ...fields } })
  expect(made.status, made.text).toBe(201)
  return made.body
}
const only = (who: Caller) => ({ strategy: 'member', user_id: idOf(who) })
const inTurn = (...members: [Caller, number][]) => ({
  strategy: 'round_robin',
  members: members.map(([who, weight]) => ({ user_id: idOf(who), weight })),
})
const isFrom = (country: string) => ({ field: 'country', op: 'eq', value: country })
const today = () => new Date().toISOString().slice(0, 10)
const absence = (by: Caller, who: Caller, from_day = today(), to_day = today()) =>
  by.call<Problem>('PUT', `/crm/absences/${idOf(who)}`, { body: { from_day, to_day } })

describe('a new record that nobody was named for', () => {
  test('goes to whom the first rule that it meets chooses, and its timeline says by which', async () => {
    const { owner, ana, bruno } = await aTeam()
    const brazil = await aRule(owner, { name: 'Brazil', filter: isFrom('Brazil'), target: only(ana) })
    await aRule(owner, { name: 'All others', target: only(bruno) })
    const lead = await aLead(owner, { country: 'Brazil' })
    expect(lead.owner_id).toBe(idOf(ana))
    expect((await aLead(owner, { country: 'Chile' })).owner_id).toBe(idOf(bruno))
    expect((await aLead(owner, { country: 'Brazil', owner_id: idOf(owner) })).owner_id).toBe(idOf(owner))
    expect((await aLead(owner, { country: 'Brazil', owner_id: null })).owner_id).toBeNull()
    const told = await owner.call<{ items: Activity[] }>('GET', `/crm/leads/${lead.id}/timeline`)
    expect(told.body.items.find(({ type }) => type === 'assigned')?.data).toEqual({
      owner_id: idOf(ana),
      rule_id: brazil.id,
      rule: 'Brazil',
    })
  })

  test('stays with whoever makes it where no rule is met, or its rule is switched off', async () => {
    const { owner, ana } = await aTeam()
    const rule = await aRule(owner, { filter: isFrom('Brazil'), target: only(ana) })
    expect((await aLead(owner, { country: 'Chile' })).owner_id).toBe(idOf(owner))
    await owner.call('PATCH', `/crm/assignment-rules/${rule.id}`, { body: { enabled: false } })
    expect((await aLead(owner, { country: 'Brazil' })).owner_id).toBe(idOf(owner))
  })

  test('is met by own fields, by what is one hop away, and whatever its maker may see', async () => {
    const { owner, ana, bruno, clara } = await aTeam()
    await owner.call('POST', '/crm/custom-fields', {
      body: { object: 'lead', key: 'seats', label: 'Seats', type: 'number' },
    })
    await aRule(owner, { filter: { field: 'custom.seats', op: 'gte', value: 100 }, target: only(ana) })
    expect((await aLead(clara, { custom: { seats: 120 } })).owner_id).toBe(idOf(ana))
    const company = await owner.call<{ id: string }>('POST', '/crm/companies', {
      body: { name: 'Acme', industry: 'Steel' },
    })
    await aRule(owner, {
      object: 'deal',
      filter: { field: 'company.industry', op: 'eq', value: 'Steel' },
      target: only(bruno),
    })
    const deal = await clara.call<{ owner_id: string }>('POST', '/crm/deals', {
      body: { name: 'Beams', company_id: company.body.id },
    })
    expect(deal.body.owner_id).toBe(idOf(bruno))
  })
})

describe('a round robin', () => {
  test('gives each exactly their share, also when sixty come at once', async () => {
    const { owner, ana, bruno, clara } = await aTeam()
    await aRule(owner, { target: inTurn([ana, 1], [bruno, 2], [clara, 3]) })
    const leads = await Promise.all(Array.from({ length: 60 }, () => aLead(owner)))
    const count = (who: Caller) => leads.filter(({ owner_id }) => owner_id === idOf(who)).length
    expect([ana, bruno, clara].map(count)).toEqual([10, 20, 30])
  })

  test('passes over who is away, and over who has left; with nobody there the next rule decides', async () => {
    const { owner, ana, bruno, clara } = await aTeam()
    await aRule(owner, { target: inTurn([ana, 1], [bruno, 1]) })
    await aRule(owner, { target: only(clara) })
    expect((await absence(ana, ana)).status).toBe(200)
    expect((await aLead(owner)).owner_id).toBe(idOf(bruno))
    expect((await aLead(owner)).owner_id).toBe(idOf(bruno))
    await owner.call('DELETE', `/organizations/current/members/${idOf(bruno)}`)
    expect((await aLead(owner)).owner_id).toBe(idOf(clara))
    await ana.call('DELETE', `/crm/absences/${idOf(ana)}`)
    expect((await aLead(owner)).owner_id).toBe(idOf(ana))
  })
})

test('by load, whoever has the fewest open records is next; what is lost does not count', async () => {
  const { owner, ana, bruno } = await aTeam()
  await aLead(owner, { owner_id: idOf(ana) })
  await aLead(owner, { owner_id: idOf(ana) })
  await aLead(owner, { owner_id: idOf(bruno) })
  const members = [ana, bruno].map((who) => ({ user_id: idOf(who) }))
  await aRule(owner, { target: { strategy: 'load', members } })
  const leads = []
  for (let n = 0; n < 3; n += 1) leads.push(await aLead(owner))
  expect(leads.map(({ owner_id }) => owner_id)).toEqual([bruno, ana, bruno].map(idOf))
})

test('a territory goes by the value of a field, and a value without a member to the next rule', async () => {
  const { owner, ana, bruno, clara } = await aTeam()
  const members = [
    { value: 'Brazil', user_id: idOf(ana) },
    { value: 'Chile', user_id: idOf(bruno) },
  ]
  await aRule(owner, { target: { strategy: 'territory', field: 'country', members } })
  await aRule(owner, { target: only(clara) })
  const owners = []
  for (const country of ['brazil', 'Chile', 'Peru']) owners.push((await aLead(owner, { country })).owner_id)
  expect(owners).toEqual([ana, bruno, clara].map(idOf))
})

test('a preview tells the shares that a rule would give, and writes nothing', async () => {
  const { owner, ana, bruno } = await aTeam()
  for (const country of ['Brazil', 'Brazil', 'Brazil', 'Chile'])
    await aLead(owner, { country, owner_id: null })
  const target = inTurn([ana, 2], [bruno, 1])
  const body = { object: 'lead', filter: isFrom('Brazil'), target, only_unassigned: true }
  const { body: seen } = await owner.call<AssignmentPreview>('POST', '/crm/assignment-rules/preview', {
    body,
  })
  expect(seen).toMatchObject({ looked_at: 4, matched: 3, passed_on: 0 })
  expect(new Map(seen.shares.map(({ user_id, records }) => [user_id, records]))).toEqual(
    new Map([
      [idOf(ana), 2],
      [idOf(bruno), 1],
    ]),
  )
  const left = await owner.call<{ total: number }>(
    'GET',
    `/crm/leads?count=exact&filter=${encodeURIComponent('{"field":"owner_id","op":"is_empty"}')}`,
  )
  expect(left.body.total).toBe(4)
})

test('records that are there are handed out by a job, which can be taken back', async () => {
  const { owner, ana } = await aTeam()
  const [met, unmet] = [
    await aLead(owner, { country: 'Brazil', owner_id: null }),
    await aLead(owner, { country: 'Chile', owner_id: null }),
  ]
  await aRule(owner, { name: 'Brazil', filter: isFrom('Brazil'), target: only(ana) })
  const body = { filter: { field: 'owner_id', op: 'is_empty' }, action: 'assign', by_rules: true }
  const { body: started } = await owner.call<{ job_id: string }>('POST', '/crm/leads/bulk', { body })
  const done = async (id: string) => {
    for (;;) {
      const { body: job } = await owner.call<Job>('GET', `/jobs/${id}`)
      if (job.state === 'completed') return job
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  expect(await done(started.job_id)).toMatchObject({ changed: 1, failed: 0 })
  const ownerOf = async ({ id }: Lead) => (await owner.call<Lead>('GET', `/crm/leads/${id}`)).body.owner_id
  expect([await ownerOf(met), await ownerOf(unmet)]).toEqual([idOf(ana), null])
  const undo = await owner.call<{ job_id: string }>('POST', `/jobs/${started.job_id}/undo`, { body: {} })
  await done(undo.body.job_id)
  expect(await ownerOf(met)).toBeNull()
})

describe('rules', () => {
  test('keep the order that they are given, and close the gap of one that is deleted', async () => {
    const { owner, ana } = await aTeam()
    const rules = []
    for (const name of ['One', 'Two', 'Three']) rules.push(await aRule(owner, { name, target: only(ana) }))
    const third = rules[2] as AssignmentRule
    await owner.call('PATCH', `/crm/assignment-rules/${third.id}`, { body: { position: 0 } })
    const names = async () =>
      (await owner.call<{ items: AssignmentRule[] }>('GET', '/crm/assignment-rules')).body.items.map(
        ({ name, position }) => `${position} ${name}`,
      )
    expect(await names()).toEqual(['0 Three', '1 One', '2 Two'])
    await owner.call('DELETE', `/crm/assignment-rules/${third.id}`)
    expect(await names()).toEqual(['0 One', '1 Two'])
  })

  test.each([
    ['an unknown field', { filter: { field: 'nonsense', op: 'eq', value: 1 } }, 'filter.field'],
    ['tags', { filter: { field: 'tags', op: 'has_any', value: ['hot'] } }, 'filter'],
    [
      'a territory of numbers',
      { target: { strategy: 'territory', field: 'score', members: [] } },
      'target.members',
    ],
  ])('with %s are refused', async (_, fields, path) => {
    const { owner, ana } = await aTeam()
    const refused = await post<Problem>(owner, { target: only(ana), ...fields })
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, path])
  })

  test('name active members only', async () => {
    const { owner } = await aTeam()
    const stranger = await app.register()
    const refused = await post<Problem>(owner, { target: only(stranger) })
    expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([422, 'not_a_member'])
  })
})

test('members say when they are away, and so do those who lead them; others do not', async () => {
  const { owner, ana, bruno } = await aTeam()
  expect((await absence(ana, ana)).status).toBe(200)
  expect((await absence(bruno, ana)).body.code).toBe('not_your_member')
  const body = { name: 'South', manager_id: idOf(bruno), member_ids: [idOf(ana)] }
  expect((await owner.call('POST', '/organizations/current/teams', { body })).status).toBe(201)
  expect((await absence(bruno, ana, '2030-01-01', '2030-01-10')).status).toBe(200)
  expect((await absence(owner, ana, '2030-01-02', '2030-01-01')).status).toBe(422)
  const { body: known } = await owner.call<{ items: object[] }>('GET', '/crm/absences')
  expect(known.items).toEqual([{ user_id: idOf(ana), from_day: '2030-01-01', to_day: '2030-01-10' }])
})
