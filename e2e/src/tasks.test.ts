import type { Task } from '@rapport/contracts'
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import type { Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { panelOf, rowOf } from './screens.ts'

const inDays = (days: number) =>
  new Date(Math.round(Date.now() / 1_000) * 1_000 + days * 86_400_000).toISOString()
const aTask = ({ rapport }: Desk, title: string, fields: object = {}): Promise<Task> =>
  rapport.tasks.create({ body: { title, ...fields } })
const tick = (page: Page, title: string) => page.getByRole('checkbox', { name: `Complete “${title}”` })

describe('tasks', () => {
  test('are made, ticked step by step by keyboard, linked, repeated, completed, and taken back', async ({
    desk,
    page,
  }) => {
    const { rapport } = desk
    await rapport.leads.create({ body: { full_name: 'Noor Haddad' } })
    await page.goto('/leads')
    await page.getByText('Noor Haddad').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('k')
    await page.getByRole('heading', { name: 'Nothing to do' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'New task' })
    await dialog.getByLabel('Task').fill('Send the offer')
    await dialog.getByLabel('Due').fill('in 3 days')
    expect(await findViolations(page)).toEqual([])
    await dialog.getByLabel('Task').focus()
    await page.keyboard.press('Enter')
    const panel = panelOf(page, 'Tasks')

    const steps = panel.getByRole('region', { name: 'Checklist' })
    await steps.getByLabel('Add a step').focus()
    for (const step of ['Read the brief', 'Count the seats', 'Ask for a discount']) {
      await page.keyboard.type(step)
      await page.keyboard.press('Enter')
      await steps.getByRole('checkbox', { name: `Step: ${step}` }).waitFor()
    }
    await steps.getByRole('checkbox', { name: 'Step: Count the seats' }).focus()
    await page.keyboard.press('Space')
    await steps.getByText('1 of 3').waitFor()
    await steps.getByRole('button', { name: 'Move Ask for a discount' }).focus()
    await page.keyboard.press('ArrowUp')
    const [known] = (await rapport.tasks.list()).items
    const read = async () => rapport.tasks.get({ params: { id: known?.id ?? '' }, query: {} })
    await expect
      .poll(async () => (await read()).checklist.map(({ text, done }) => [text, done]))
      .toEqual([
        ['Read the brief', false],
        ['Ask for a discount', false],
        ['Count the seats', true],
      ])

    await panel.getByRole('button', { name: 'Link', exact: true }).click()
    const linking = page.getByRole('dialog', { name: 'Link a record' })
    await linking.getByLabel('Record', { exact: true }).click()
    await page.getByRole('option', { name: 'Noor Haddad' }).click()
    await panel.getByRole('link', { name: /Noor Haddad/ }).waitFor()
    await panel.getByRole('button', { name: /^Repeats/ }).click()
    const rhythm = page.getByRole('dialog', { name: 'Repeats' })
    await rhythm.getByRole('combobox', { name: 'Repeats' }).click()
    await page.getByRole('option', { name: 'Every weekday' }).click()
    await page.getByRole('listbox').waitFor({ state: 'hidden' })
    expect(await findViolations(page)).toEqual([])
    await rhythm.getByRole('button', { name: 'Set' }).click()
    await panel.getByRole('button', { name: 'Repeats: Every weekday' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await photograph(page, 'task-panel')

    await tick(page, 'Send the offer').first().click()
    await page.getByText('“Send the offer” is completed').waitFor()
    await page.getByText(/The next one is due/).waitFor()
    await expect
      .poll(async () => (await rapport.tasks.list()).items.map(({ status }) => status).toSorted())
      .toEqual(['done', 'open'])
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect
      .poll(async () => (await rapport.tasks.list()).items.map(({ status }) => status))
      .toEqual(['open'])
  })

  test('stand beside a record: added with a day at the end, ticked, and told on its timeline', async ({
    desk,
    page,
  }) => {
    const lead = await desk.rapport.leads.create({ body: { full_name: 'Vera Lund' } })
    await page.goto(`/leads/${lead.id}`)
    const section = page.getByRole('region', { name: 'Tasks' }).filter({ visible: true })
    await section.getByLabel('Add a task').fill('Call back tomorrow')
    await page.keyboard.press('Enter')
    await section.getByRole('link', { name: /Call back/ }).waitFor()
    const [task] = (await desk.rapport.tasks.list()).items
    expect(task).toMatchObject({
      title: 'Call back',
      all_day: true,
      links: [{ object: 'lead', id: lead.id }],
    })
    await section.getByRole('checkbox', { name: 'Complete “Call back”' }).click()
    await page.getByText('completed the task').waitFor()
    await section.getByText('Nothing to do.').waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  test('are listed in ready-made arrangements, and a tick in the row completes', async ({ desk, page }) => {
    const late = await aTask(desk, 'Late', { due_at: inDays(-3) })
    await aTask(desk, 'Later', { due_at: inDays(3), priority: 'urgent' })
    await aTask(desk, 'Nobody’s', { owner_id: null })
    await page.goto('/tasks')
    await rowOf(page, 'Late').waitFor()
    await page.getByRole('button', { name: /All tasks/ }).click()
    await page.getByRole('menuitem', { name: 'Overdue' }).click()
    await rowOf(page, 'Later').waitFor({ state: 'hidden' })
    await rowOf(page, 'Late').waitFor()
    await tick(page, 'Late').click()
    await expect
      .poll(async () => (await desk.rapport.tasks.get({ params: { id: late.id }, query: {} })).status)
      .toBe('done')
    await page.goto('/tasks')
    await page.getByRole('button', { name: /All tasks/ }).click()
    await page.getByRole('menuitem', { name: 'My open tasks' }).click()
    await rowOf(page, 'Later').waitFor()
    await rowOf(page, 'Nobody’s').waitFor({ state: 'hidden' })
    expect(await findViolations(page)).toEqual([])
  })

  test('given to somebody reach their screen at once, and what they complete is seen by whoever gave it', async ({
    desk,
    page,
    open,
  }) => {
    const colleague = await addColleague(desk, 'lead_generator')
    const theirs = await open(colleague)
    await Promise.all([page.goto('/tasks'), theirs.goto('/tasks')])
    await theirs.getByRole('heading', { name: 'Nothing to do' }).waitFor()
    await aTask(desk, 'Find ten companies', { owner_id: colleague.session.user.id })
    await rowOf(theirs, 'Find ten companies').waitFor()
    await rowOf(page, 'Find ten companies').waitFor()
    await tick(theirs, 'Find ten companies').click()
    await expect.poll(() => tick(page, 'Find ten companies').getAttribute('aria-checked')).toBe('true')
  })
})

describe('on Today, tasks', () => {
  test('stand among follow-ups, are put off and completed with the same keys', async ({ desk, page }) => {
    const lead = await desk.rapport.leads.create({ body: { full_name: 'Ilse Brandt' } })
    const task = await aTask(desk, 'Print the contract', {
      due_at: inDays(-0.1),
      links: [{ object: 'lead', id: lead.id }],
    })
    await page.goto('/today')
    const overdue = page.getByRole('region', { name: 'Overdue' })
    const row = overdue.getByRole('button', { name: /^Print the contract/ })
    await row.waitFor()
    await overdue.getByText('Ilse Brandt').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('s')
    await page.getByRole('menuitem', { name: /^Tomorrow/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('“Print the contract” is put off').waitFor()
    const upcoming = page.getByRole('region', { name: 'Next seven days' })
    await upcoming.getByRole('button', { name: /^Print the contract/ }).waitFor()
    await page.getByRole('menuitem', { name: /^Tomorrow/ }).waitFor({ state: 'hidden' })
    await page.keyboard.press('n')
    await page.getByText('“Print the contract” is completed').waitFor()
    const read = () => desk.rapport.tasks.get({ params: { id: task.id }, query: {} })
    await expect.poll(async () => (await read()).status).toBe('done')
    await page.getByText('1 done · 0 to go').waitFor()
  })

  test('are told the moment they are due', async ({ desk, page }) => {
    await page.goto('/products')
    await page.getByRole('heading', { name: 'No products yet' }).waitFor()
    await aTask(desk, 'Water the plants', { due_at: inDays(3 / 86_400) })
    await page.getByText('Due now: Water the plants').waitFor()
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.waitForURL(/\/tasks\//)
  })
})

test('a phone in the dark shows tasks, a task and the day without fault', async ({ desk, open }) => {
  const lead = await desk.rapport.leads.create({ body: { full_name: 'Tomás Rocha' } })
  const task = await aTask(desk, 'Prepare the demonstration of the telescope', {
    due_at: inDays(-1),
    priority: 'urgent',
    recurrence: 'FREQ=WEEKLY;BYDAY=MO,TH',
    links: [{ object: 'lead', id: lead.id }],
    checklist: [{ id: crypto.randomUUID(), text: 'Clean the lenses', done: true }],
  })
  const phone = await open(desk, {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    hasTouch: true,
  })
  for (const [path, name] of [
    ['/tasks', 'tasks'],
    [`/tasks/${task.id}`, 'task'],
    ['/today', 'today-with-tasks'],
  ] as const) {
    await phone.goto(path)
    await phone.getByText('Prepare the demonstration').first().waitFor()
    expect(await findViolations(phone), path).toEqual([])
    await photograph(phone, `${name}-phone-dark`)
  }
  await phone.goto('/tasks')
  await phone
    .getByRole('checkbox', { name: /^Complete “Prepare/ })
    .first()
    .tap()
  const statusOf = async () => (await desk.rapport.tasks.get({ params: { id: task.id } })).status
  await expect.poll(statusOf).toBe('done')
  expect(new URL(phone.url()).pathname).toBe('/tasks')
})
