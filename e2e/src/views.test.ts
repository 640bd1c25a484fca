import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import { addLeads } from './desk.ts'
import { expect, test } from './journey.ts'
import { fillDesk } from './sample.ts'
import { listedNames, panelOf } from './screens.ts'

const viewMenu = (page: Page, name: string) => page.getByRole('button', { name: `View: ${name}` })
const headings = (page: Page) =>
  page
    .locator('[role=gridcell][aria-expanded]')
    .evaluateAll((cells) =>
      cells
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((cell) => cell.textContent),
    )

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

async function sortBy(page: Page, field: string, direction: string): Promise<void> {
  await page.getByRole('button', { name: 'Arrange' }).click()
  await page.getByRole('button', { name: 'Add a sort key' }).click()
  await choose(page, 'Sort key 1', field)
  await choose(page, `Direction of ${field}`, direction)
  await page.keyboard.press('Escape')
}

describe('a view', () => {
  test('is saved, found again after a reload, shared, and seen by a colleague', async ({
    desk,
    page,
    open,
  }) => {
    await addLeads(desk.rapport, [
      { full_name: 'Ana', city: 'Recife', score: 10 },
      { full_name: 'Bia', city: 'Natal', score: 30 },
      { full_name: 'Caio', city: 'Recife', score: 20 },
    ])
    await page.goto('/leads')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('option', { name: 'City' }).click()
    await page.getByRole('textbox', { name: 'Value for City' }).fill('Recife')
    await page.keyboard.press('Enter')
    await sortBy(page, 'Score', 'Descending')
    await expect.poll(() => listedNames(page)).toEqual(['Caio', 'Ana'])
    await page.getByText('Changed').waitFor()

    await page.getByRole('button', { name: 'Save as new view' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save as a new view' })
    await dialog.getByLabel('Name').fill('Recife, best first')
    await dialog.getByRole('combobox', { name: 'Who sees it' }).click()
    await page.getByRole('option', { name: 'Everyone in the organization' }).click()
    await dialog.getByRole('combobox', { name: 'Begin with it' }).click()
    await page.getByRole('option', { name: 'Sales', exact: true }).click()
    await page.keyboard.press('Escape')
    await photograph(page, 'view-dialog')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await viewMenu(page, 'Recife, best first').waitFor()
    expect(await page.getByText('Changed').count()).toBe(0)
    expect(new URL(page.url()).search).toMatch(/^\?view=[0-9a-f-]{36}$/)

    await page.reload()
    await viewMenu(page, 'Recife, best first').waitFor()
    await expect.poll(() => listedNames(page)).toEqual(['Caio', 'Ana'])
    expect(await findViolations(page)).toEqual([])

    const colleague = await addColleague(desk, 'sales')
    const theirs = await open(colleague)
    // It is the default view of their role.
    await theirs.goto('/leads')
    await viewMenu(theirs, 'Recife, best first').waitFor()
    await expect.poll(() => listedNames(theirs)).toEqual(['Caio', 'Ana'])
    await viewMenu(theirs, 'Recife, best first').click()
    expect(await theirs.getByRole('menuitem', { name: 'Name and sharing…' }).count()).toBe(0)
    await theirs.getByRole('menuitemradio', { name: 'All leads' }).click()
    await expect.poll(async () => (await listedNames(theirs)).length).toBe(3)
  })

  test('shows that it was changed, until it is saved or put back', async ({ desk, page }) => {
    await addLeads(desk.rapport, [{ full_name: 'Ana' }, { full_name: 'Bia' }])
    const view = await desk.rapport.views.create({
      body: { object: 'lead', name: 'By name', sort: 'full_name' },
    })
    const saved = () => desk.rapport.views.get({ params: { id: view.id } })
    await page.goto(`/leads?view=${view.id}`)
    await expect.poll(() => listedNames(page)).toEqual(['Ana', 'Bia'])
    await page.getByRole('columnheader', { name: 'Name', exact: true }).click()
    await expect.poll(() => listedNames(page)).toEqual(['Bia', 'Ana'])
    await page.getByRole('button', { name: 'Reset', exact: true }).click()
    await expect.poll(() => listedNames(page)).toEqual(['Ana', 'Bia'])
    expect((await saved()).version).toBe(1)

    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Phone' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(async () => (await saved()).columns.map(({ field }) => field)).not.toContain('phone')
    await page.getByText('Changed').waitFor({ state: 'detached' })
    expect(await page.getByRole('columnheader', { name: 'Phone', exact: true }).count()).toBe(0)

    await viewMenu(page, 'By name').click()
    await page.getByRole('menuitem', { name: 'Delete “By name”' }).click()
    await viewMenu(page, 'All leads').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await viewMenu(page, 'By name').waitFor()
  })

  test('asks for conditions of which any must be met', async ({ desk, page }) => {
    await addLeads(desk.rapport, [
      { full_name: 'Ana', city: 'Recife' },
      { full_name: 'Bia', city: 'Natal' },
      { full_name: 'Caio', city: 'Belo Horizonte', status: 'qualified' },
    ])
    await page.goto('/leads?sort=full_name')
    await page.getByRole('button', { name: 'Conditions and groups' }).click()
    const builder = page.getByRole('dialog', { name: 'Conditions and groups' })
    await builder.getByRole('combobox', { name: 'How the conditions are joined' }).click()
    await page.getByRole('option', { name: 'Any' }).click()
    await builder.getByRole('button', { name: 'Condition', exact: true }).click()
    await builder.getByRole('combobox', { name: 'Filter by…' }).click()
    await page.getByRole('option', { name: 'City', exact: true }).click()
    await builder.getByRole('button', { name: /^Value for City/ }).click()
    await page.getByRole('textbox', { name: 'Value for City' }).fill('Natal')
    await page.keyboard.press('Enter')
    await builder.getByRole('button', { name: 'Condition', exact: true }).click()
    await builder.getByRole('combobox', { name: 'Filter by…' }).last().click()
    await page.getByRole('option', { name: 'Status', exact: true }).click()
    await builder.getByRole('button', { name: /^Value for Status/ }).click()
    await page.getByRole('option', { name: 'Qualified' }).click()
    await page.keyboard.press('Escape')
    await photograph(page, 'view-conditions')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => listedNames(page)).toEqual(['Bia', 'Caio'])
    await page
      .getByRole('button', { name: 'Group of conditions: City contains Natal or Status is any of Qualified' })
      .waitFor()
    await page.reload()
    await expect.poll(() => listedNames(page)).toEqual(['Bia', 'Caio'])
  })

  test('groups records, which fold away and follow what happens', async ({ desk, page }) => {
    await addLeads(desk.rapport, [
      { full_name: 'Ana', status: 'new', estimated_value: 10, currency: 'USD' },
      { full_name: 'Bia', status: 'working', estimated_value: 5, currency: 'USD' },
      { full_name: 'Caio', status: 'new', estimated_value: 20.5, currency: 'USD' },
    ])
    await page.goto('/leads?sort=full_name')
    await page.getByRole('button', { name: 'Arrange' }).click()
    await choose(page, 'Group by', 'Status')
    await page.keyboard.press('Escape')
    await expect.poll(() => headings(page)).toEqual(['New2$30.50', 'Working1$5'])
    await expect.poll(() => listedNames(page)).toEqual(['Ana', 'Caio', 'Bia'])
    const fresh = page.getByRole('gridcell', { name: 'New 2 $30.50' })
    await fresh.click()
    await expect.poll(() => listedNames(page)).toEqual(['Bia'])
    await page.keyboard.press('Enter')
    await expect.poll(() => listedNames(page)).toEqual(['Ana', 'Caio', 'Bia'])
    await desk.rapport.leads.create({ body: { full_name: 'Davi', status: 'working' } })
    await expect.poll(() => headings(page)).toEqual(['New2$30.50', 'Working2$5'])
    await expect.poll(() => listedNames(page)).toEqual(['Ana', 'Caio', 'Bia', 'Davi'])
    expect(await findViolations(page)).toEqual([])
  })

  test('puts records on a calendar, which the keyboard goes through', async ({ desk, page }) => {
    await addLeads(desk.rapport, [{ full_name: 'Ana' }])
    await page.goto('/leads')
    await page.getByRole('button', { name: 'Arrange' }).click()
    await page.getByRole('button', { name: 'Calendar', exact: true }).click()
    await choose(page, 'Date', 'Created')
    await page.keyboard.press('Escape')
    const today = page.locator('[role=gridcell][aria-current=date]')
    await today.getByRole('button', { name: 'Ana', exact: true }).waitFor()
    await today.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await panelOf(page).waitFor()
    await page.keyboard.press('Escape')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Next month' }).click()
    await page.getByRole('button', { name: 'Ana', exact: true }).waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('button', { name: 'Today', exact: true }).click()
    await page.getByRole('button', { name: 'Ana', exact: true }).waitFor()
  })
})

describe('the screens of views', () => {
  for (const [name, width, height, colorScheme] of [
    ['desktop-light', 1440, 900, 'light'],
    ['desktop-dark', 1440, 900, 'dark'],
    ['phone-light', 390, 844, 'light'],
    ['phone-dark', 390, 844, 'dark'],
  ] as const)
    test(`are readable on a ${name}`, async ({ desk, open }) => {
      await fillDesk(desk)
      const filter = {
        and: [
          { field: 'status', op: 'not_in', value: ['lost'] },
          {
            or: [
              { field: 'score', op: 'gte', value: 40 },
              { field: 'source', op: 'eq', value: 'Fair' },
            ],
          },
        ],
      }
      const view = await desk.rapport.views.create({
        body: {
          object: 'lead',
          name: 'Worth a call',
          filter,
          sort: '-score',
          group_by: 'status',
          visibility: 'everyone',
        },
      })
      await desk.rapport.views.create({
        body: { object: 'lead', name: 'Mine this month', layout: 'calendar' },
      })
      const page = await open(desk, { viewport: { width, height }, colorScheme })
      await page.goto(`/leads?view=${view.id}`)
      await page.getByText('Priya Raman').first().waitFor()
      await photograph(page, `views-grouped-${name}`)
      expect(await findViolations(page)).toEqual([])
      await viewMenu(page, 'Worth a call').click()
      await page.getByRole('menuitem', { name: 'Name and sharing…' }).waitFor()
      await photograph(page, `views-menu-${name}`)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Arrange' }).click()
      await page.getByRole('button', { name: 'Table', exact: true }).waitFor()
      await photograph(page, `views-arrange-${name}`)
      expect(await findViolations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Conditions and groups' }).click()
      await page.getByRole('button', { name: 'Group', exact: true }).first().waitFor()
      await photograph(page, `views-conditions-${name}`)
      expect(await findViolations(page)).toEqual([])
      await page.goto(`/leads?layout=calendar&date=created_at`)
      await page
        .getByText('Priya Raman')
        .or(page.getByText(/\d more/))
        .first()
        .waitFor()
      await photograph(page, `views-calendar-${name}`)
      expect(await findViolations(page)).toEqual([])
    })
})
