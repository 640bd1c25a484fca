import type { Activity, Lead, Problem, Task } from '@rapport/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'

let app: TestApp
let owner: Caller

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
})
afterAll(() => app?.stop())

const inDays = (days: number) => {
  const at = Math.round((Date.now() + days * 86_400_000) / 1_000) * 1_000
  return new Date(at).toISOString()
}
const post = <Body = Task>(body: object, by = owner) => by.call<Body>('POST', '/crm/tasks', { body })
async function aTask(fields: object = {}, by = owner): Promise<Task> {
  const made = await post({ title: 'Send the offer', ...fields }, by)
  expect(made.status, made.text).toBe(201)
  return made.body
}
async function aLead(by = owner): Promise<Lead> {
  return (await by.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada' } })).body
}
const change = <Body = Task>({ id }: { id: string }, body: object, by = owner) =>
  by.call<Body>('PATCH', `/crm/tasks/${id}`, { body })
type Completed = { task: Task; next: Task | null }
const complete = ({ id }: { id: string }, by = owner) =>
  by.call<Completed>('POST', `/crm/tasks/${id}/complete`, { body: {} })
const reopen = ({ id }: { id: string }) => owner.call<Task>('POST', `/crm/tasks/${id}/reopen`, { body: {} })
type Page = { items: Task[]; total: number }
const listed = async (query: Record<string, string>, by = owner) =>
  (await by.call<Page>('GET', `/crm/tasks?${new URLSearchParams(query)}`)).body.items
const filtered = (filter: object, by = owner) => listed({ filter: JSON.stringify(filter) }, by)
const timelineOf = async (object: string, id: string) =>
  (await owner.call<{ items: Activity[] }>('GET', `/crm/${object}/${id}/timeline`)).body.items
const errorOf = ({ errors }: Problem) => errors?.map(({ path, code }) => [path, code])[0]

describe('a task', () => {
  test('belongs to whoever makes it until it is given to somebody, who then sees it with a role of their own only', async () => {
    const generator = await app.join(owner, 'lead_generator')
    const task = await aTask({ priority: 'high', due_at: inDays(1) })
    expect(task).toMatchObject({
      status: 'open',
      priority: 'high',
      owner_id: owner.session.user.id,
      all_day: false,
    })
    expect((await generator.call('GET', `/crm/tasks/${task.id}`)).status).toBe(404)
    const given = await owner.call<Task>('PUT', `/crm/tasks/${task.id}/assign`, {
      body: { owner_id: generator.session.user.id, version: task.version },
    })
    expect(given.status, given.text).toBe(200)
    expect(
      (await filtered({ field: 'owner_id', op: 'eq', value: 'me' }, generator)).map(({ id }) => id),
    ).toEqual([task.id])
    expect((await complete(task, generator)).body.task).toMatchObject({ status: 'done' })
  })

  test('due on a day is due until its end by the clock of whoever said so, and is no more when it gets a time', async () => {
    await owner.call('PUT', '/users/me/preferences', { body: { time_zone: 'America/Sao_Paulo' } })
    const task = await aTask({ due_at: '2031-05-10' })
    expect(task).toMatchObject({
      due_at: '2031-05-11T02:59:59.000Z',
      all_day: true,
      time_zone: 'America/Sao_Paulo',
    })
    const timed = await change(task, { due_at: '2031-05-10T12:00:00Z' })
    expect(timed.body).toMatchObject({ due_at: '2031-05-10T12:00:00.000Z', all_day: false })
    const again = await change(task, { due_at: task.due_at })
    expect(again.body).toMatchObject({ due_at: task.due_at, all_day: true })
    await owner.call('PUT', '/users/me/preferences', { body: { time_zone: 'UTC' } })
  })

  test('has steps in their order, ticked one by one, and a change tells which', async () => {
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
    const steps = [
      { id: first, text: 'Read it', done: false },
      { id: second, text: 'Answer it', done: false },
    ]
    const task = await aTask({ checklist: steps })
    expect(task.checklist).toEqual(steps)
    const same = await change(task, { checklist: steps })
    expect(same.body.version).toBe(task.version)
    const ticked = [{ ...steps[1], done: true }, steps[0]]
    const changed = await change(task, { checklist: ticked })
    expect(changed.body).toMatchObject({ checklist: ticked, version: task.version + 1 })
    const [told] = await timelineOf('tasks', task.id)
    expect(told?.data['changes']).toEqual({ checklist: [steps, ticked] })
  })

  test('is found by what it is about, whose title is told to those alone who may read it', async () => {
    const lead = await aLead()
    const task = await aTask({ links: [{ object: 'lead', id: lead.id }] })
    const about = { field: 'links', op: 'has_any', value: [lead.id] }
    expect((await filtered(about)).map(({ id }) => id)).toEqual([task.id])
    const read = async (by: Caller) =>
      (await by.call<Task>('GET', `/crm/tasks/${task.id}?include=linked`)).body
    expect((await read(owner)).linked).toEqual([{ object: 'lead', id: lead.id, title: 'Ada' }])
    const generator = await app.join(owner, 'lead_generator')
    await change(task, { owner_id: generator.session.user.id })
    expect(await read(generator)).toMatchObject({ links: [{ object: 'lead', id: lead.id }], linked: [] })
    await owner.call('DELETE', `/crm/leads/${lead.id}`)
    expect((await read(owner)).linked).toEqual([])
    await owner.call('POST', `/crm/leads/${lead.id}/restore`)
    expect((await read(owner)).linked).toHaveLength(1)
    expect((await change(task, { links: [] })).body.links).toEqual([])
    expect(await filtered(about)).toEqual([])
  })

  test('cannot be linked to what its maker may not read, nor to what is not there', async () => {
    const lead = await aLead()
    const generator = await app.join(owner, 'lead_generator')
    const refused = await post<Problem>(
      { title: 'Peek', links: [{ object: 'lead', id: lead.id }] },
      generator,
    )
    expect([refused.status, errorOf(refused.body)]).toEqual([422, ['links.0.id', 'unknown_record']])
    const strange = await post<Problem>({ title: 'Peek', links: [{ object: 'moon', id: lead.id }] })
    expect([strange.status, errorOf(strange.body)]).toEqual([422, ['links.0.object', 'unknown_object']])
  })

  test('is searched, tagged, filtered, counted, trashed, restored and taken back like every record', async () => {
    const by = await app.register()
    const task = await aTask({ title: 'Polish the telescope', tags: ['optics'], priority: 'urgent' }, by)
    const found = await by.call<{ items: { object: string; id: string }[] }>('GET', '/crm/search?q=telesc')
    expect(found.body.items).toMatchObject([{ object: 'task', id: task.id }])
    expect(await filtered({ field: 'tags', op: 'has_any', value: ['optics'] }, by)).toHaveLength(1)
    await by.call('DELETE', `/crm/tasks/${task.id}`)
    expect(await listed({}, by)).toEqual([])
    await by.call('POST', `/crm/tasks/${task.id}/restore`)
    expect((await change(task, { title: 'Sell the telescope' }, by)).status).toBe(200)
    expect((await by.call('POST', '/crm/undo', { body: {} })).status).toBe(200)
    expect(await listed({}, by)).toMatchObject([{ title: 'Polish the telescope' }])
  })
})

describe('completing', () => {
  test('stands on the timelines of what the task is about, and so does taking it up again', async () => {
    const lead = await aLead()
    const task = await aTask({ links: [{ object: 'lead', id: lead.id }] })
    const done = await complete(task)
    expect(done.body.task).toMatchObject({ status: 'done', completed_by: owner.session.user.id })
    expect(done.body.task.completed_at).not.toBeNull()
    const open = await reopen(task)
    expect(open.body).toMatchObject({ status: 'open', completed_at: null, completed_by: null })
    const told = (await timelineOf('leads', lead.id)).filter(({ type }) => type === 'task')
    expect(told.map(({ data }) => data)).toEqual([
      { id: task.id, what: 'reopened' },
      { id: task.id, what: 'done' },
    ])
  })

  test('makes the next one of a series, with all that it needs and nothing ticked', async () => {
    const lead = await aLead()
    const due_at = inDays(1)
    const item = { id: crypto.randomUUID(), text: 'Ask', done: true }
    const task = await aTask({
      title: 'Weekly call',
      due_at,
      recurrence: 'FREQ=WEEKLY',
      priority: 'high',
      checklist: [item],
      links: [{ object: 'lead', id: lead.id }],
      tags: ['rhythm'],
    })
    const { body } = await complete(task)
    expect(body.next).toMatchObject({
      title: 'Weekly call',
      status: 'open',
      priority: 'high',
      recurrence: 'FREQ=WEEKLY',
      checklist: [{ ...item, done: false }],
      links: [{ object: 'lead', id: lead.id }],
      tags: [{ name: 'rhythm' }],
      due_at: new Date(Date.parse(due_at) + 7 * 86_400_000).toISOString(),
    })
  })

  test('by ten at once, one by one or many together makes the next one once', async () => {
    const task = await aTask({ title: 'Together', due_at: inDays(1), recurrence: 'FREQ=DAILY' })
    await Promise.all(Array.from({ length: 10 }, () => complete(task)))
    await change(task, { status: 'done' })
    const found = await filtered({ field: 'title', op: 'eq', value: 'Together' })
    expect(found.map(({ status }) => status).toSorted()).toEqual(['done', 'open'])
  })

  test('late goes on from now, and ends with the series', async () => {
    const late = await aTask({ due_at: inDays(-9.5), recurrence: 'FREQ=DAILY' })
    const { next } = (await complete(late)).body
    expect(Date.parse(next?.due_at ?? '')).toBeGreaterThan(Date.now())
    expect(Date.parse(next?.due_at ?? '')).toBeLessThan(Date.now() + 86_400_000)
    const last = await aTask({ due_at: inDays(1), recurrence: 'FREQ=DAILY;COUNT=2' })
    const second = (await complete(last)).body.next
    expect(second).not.toBeNull()
    expect((await complete(second as Task)).body.next).toBeNull()
  })

  test('taken back takes the next one along; one that somebody changed stays', async () => {
    const task = await aTask({ due_at: inDays(1), recurrence: 'FREQ=DAILY' })
    const first = (await complete(task)).body.next as Task
    await owner.call('POST', '/crm/undo', { body: {} })
    expect((await owner.call<Task>('GET', `/crm/tasks/${task.id}`)).body.status).toBe('open')
    expect((await owner.call<Task>('GET', `/crm/tasks/${first.id}`)).body.deleted_at).not.toBeNull()
    const again = (await complete(task)).body.next as Task
    expect(again.id).toBe(first.id)
    await change(again, { title: 'Another title' })
    await reopen(task)
    expect((await owner.call<Task>('GET', `/crm/tasks/${first.id}`)).body.deleted_at).toBeNull()
  })

  test('is nothing for those who may only read', async () => {
    const viewer = await app.join(owner, 'viewer')
    const task = await aTask()
    expect((await complete(task, viewer)).status).toBe(403)
  })
})

describe('a recurrence', () => {
  test.each([
    ['by the hour', 'FREQ=HOURLY'],
    ['of no kind', 'sometimes'],
    ['with an end in two ways', 'FREQ=DAILY;COUNT=3;UNTIL=20300101'],
    ['on a day that does not exist', 'FREQ=MONTHLY;BYMONTHDAY=32'],
  ])('%s is refused', async (_, recurrence) => {
    const refused = await post<Problem>({ title: 'Odd', due_at: inDays(1), recurrence })
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, 'recurrence'])
  })

  test('needs a due date to count from, also when that is taken away', async () => {
    const refused = await post<Problem>({ title: 'Odd', recurrence: 'FREQ=DAILY' })
    expect([refused.status, errorOf(refused.body)]).toEqual([422, ['recurrence', 'needs_due_date']])
    const task = await aTask({ due_at: inDays(1), recurrence: 'FREQ=DAILY' })
    expect((await change(task, { due_at: null })).status).toBe(422)
    expect((await change(task, { due_at: null, recurrence: null })).body).toMatchObject({ recurrence: null })
  })

  test('goes on as it was when one occurrence is put off', async () => {
    const due_at = inDays(1)
    const task = await aTask({ due_at, recurrence: 'FREQ=DAILY' })
    await change(task, { due_at: inDays(1.2) })
    const { next } = (await complete(task)).body
    expect(next?.due_at).toBe(new Date(Date.parse(due_at) + 86_400_000).toISOString())
  })
})
