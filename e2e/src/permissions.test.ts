import type { RoleRecord } from '@rapport/contracts'
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { findViolations } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import { addLeads, type Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { cardOf, panelOf, rowOf } from './screens.ts'

const aRole = (desk: Desk, name: string): Promise<RoleRecord> =>
  desk.rapport.roles.create({ body: { name, from: 'sales' } })

const openRole = async (page: Page, name: string) => {
  await page.goto('/settings/roles')
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
  const sheet = page.getByRole('dialog', { name, exact: true })
  await sheet.waitFor()
  return sheet
}

/** By keyboard: a list that has just opened takes no click yet, lest it be the one that opened it. */
async function choose(page: Page, what: string, choice: string): Promise<void> {
  const control = page.getByRole('combobox', { name: what, exact: true })
  await control.click()
  await page.getByRole('option', { name: choice, exact: true }).waitFor()
  await page.keyboard.type(choice)
  await page.keyboard.press('Enter')
  await expect.poll(() => control.innerText()).toContain(choice)
  await expect.poll(() => page.getByRole('option').count()).toBe(0)
}

describe('a role that is changed in one window', () => {
  test('changes what another member sees within seconds, without a reload', async ({ desk, page, open }) => {
    const role = await aRole(desk, 'Night shift')
    const bruno = await addColleague(desk, role.id)
    const [theirs] = await addLeads(desk.rapport, [
      {
        full_name: 'Clara Dias',
        email: 'clara@example.com',
        company_name: 'Dias & Co',
        estimated_value: 1200,
      },
    ])
    await bruno.rapport.leads.create({ body: { full_name: 'Own Otto', email: 'otto@example.com' } })
    const other = await open(bruno)
    await other.goto('/leads')
    await rowOf(other, 'Clara Dias').getByText('clara@example.com').waitFor()
    await other.getByRole('button', { name: 'New lead' }).waitFor()

    const sheet = await openRole(page, 'Night shift')
    await choose(page, 'Leads: E-mail', 'Hidden')
    await choose(page, 'Leads: Company', 'Read-only')
    await sheet.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved Night shift').waitFor()

    await other.getByText('clara@example.com').waitFor({ state: 'detached' })
    await other.getByRole('columnheader', { name: 'E-mail' }).waitFor({ state: 'detached' })
    await rowOf(other, 'Clara Dias').getByRole('link', { name: 'Clara Dias' }).click()
    const panel = panelOf(other)
    expect(await panel.getByRole('button', { name: 'Company: Dias & Co' }).isDisabled()).toBe(true)
    expect(await panel.getByRole('button', { name: /^E-mail/ }).count()).toBe(0)
    await other.keyboard.press('Escape')

    await openRole(page, 'Night shift')
    await choose(page, 'Leads: see', 'Own')
    await page.getByRole('checkbox', { name: 'Create' }).first().click()
    await page.getByRole('button', { name: 'Save' }).click()
    await rowOf(other, 'Clara Dias').waitFor({ state: 'detached' })
    await rowOf(other, 'Own Otto').waitFor()
    await other.getByRole('button', { name: 'New lead' }).waitFor({ state: 'detached' })

    // What belongs to them now, they see; and it goes when it is given to somebody else.
    await desk.rapport.leads.assign({
      params: { id: theirs?.id ?? '' },
      body: { owner_id: bruno.session.user.id },
    })
    await rowOf(other, 'Clara Dias').waitFor()
  })

  test('opens and closes the board, and hides its totals', async ({ desk, page, open, expectComplaint }) => {
    expectComplaint(/403/)
    const role = await aRole(desk, 'Board only')
    await addLeads(desk.rapport, [{ full_name: 'Worth Much', estimated_value: 5000 }])
    const other = await open(await addColleague(desk, role.id))
    await other.goto('/board')
    await cardOf(other, 'Worth Much').getByText(/5,000/).waitFor()
    await openRole(page, 'Board only')
    await choose(page, 'Leads: Value', 'Hidden')
    await page.getByRole('button', { name: 'Save' }).click()
    await cardOf(other, 'Worth Much').getByText(/5,000/).waitFor({ state: 'detached' })
    await expect.poll(() => other.getByText(/5K|5,000/).count()).toBe(0)
    await desk.rapport.roles.update({
      params: { id: role.id },
      body: { grants: { 'pipelines:read': 'all' } },
    })
    await other.getByText('You do not have permission for this.').first().waitFor()
    expect(await other.getByText('Worth Much').count()).toBe(0)
  })
})

test('who may see no leads begins at what is open to them', async ({ desk, open }) => {
  const begin = async (name: string, grants: RoleRecord['grants'], path: string) => {
    const role = await aRole(desk, name)
    await desk.rapport.roles.update({ params: { id: role.id }, body: { grants } })
    const page = await open(await addColleague(desk, role.id))
    await page.goto('/')
    await page.waitForURL(`**${path}`)
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Leads' }).waitFor({
      state: 'detached',
    })
    expect(await findViolations(page)).toEqual([])
    return page
  }
  const page = await begin('Buyers', { 'companies:read': 'all', 'products:read': 'all' }, '/companies')
  await page.goto('/nowhere')
  await page.getByRole('link', { name: 'Back to the start' }).click()
  await page.waitForURL('**/companies')
  await begin('Guests', {}, '/settings/profile')
})

describe('the page of roles', () => {
  test('shows the matrix, clones a role, gives it to a member and deletes it with a replacement', async ({
    desk,
    page,
  }) => {
    await page.goto('/settings/roles')
    await page.getByRole('region', { name: 'Permissions by role' }).waitFor()
    for (const name of ['Owner', 'Lead generator', 'Viewer'])
      await page.getByRole('columnheader', { name: new RegExp(`^${name}`) }).waitFor()
    expect(await findViolations(page)).toEqual([])

    await page.getByRole('button', { name: 'New role' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Field agent')
    await choose(page, 'Copy of', 'Caller')
    await page.getByRole('button', { name: 'Create' }).click()
    const sheet = page.getByRole('dialog', { name: 'Field agent', exact: true })
    await sheet.waitFor()
    expect(await findViolations(page)).toEqual([])
    await choose(page, 'Leads: delete', 'Teams')
    await sheet.getByRole('button', { name: 'Save' }).click()
    await sheet.waitFor({ state: 'detached' })
    const { items } = await desk.rapport.roles.list()
    const made = items.find((role) => role.name === 'Field agent')
    expect(made?.grants).toMatchObject({ 'leads:read': 'team', 'leads:delete': 'team' })

    const bruno = await addColleague(desk, made?.id ?? '')
    await openRole(page, 'Field agent')
    await page.getByRole('button', { name: 'Delete this role' }).click()
    await choose(page, 'Role they get instead', 'Viewer')
    await page.getByRole('button', { name: 'Delete the role' }).click()
    await page.getByText('Field agent is deleted').waitFor()
    expect((await bruno.rapport.identity.me()).role).toBe('viewer')
  })

  test('shows one role at a time on a phone', async ({ desk, open }) => {
    const page = await open(desk, { viewport: { width: 375, height: 812 } })
    await page.goto('/settings/roles')
    await page.getByRole('button', { name: /^Marketing manager/ }).click()
    const sheet = page.getByRole('dialog', { name: 'Marketing manager' })
    await sheet.getByText('A built-in role cannot be changed.').waitFor()
    await sheet.getByText('All fields can be seen and changed.').waitFor()
    expect(await findViolations(page)).toEqual([])
  })
})

test('a team is made, changed and deleted, and reaches what its members own', async ({
  desk,
  page,
  open,
}) => {
  const [caller, seller] = [
    await addColleague(desk, 'caller', 'Carla Reis'),
    await addColleague(desk, 'sales', 'Sergio Melo'),
  ]
  await seller.rapport.leads.create({ body: { full_name: 'Lead of Sergio' } })
  const other = await open(caller)
  await other.goto('/leads')
  await other.getByRole('heading', { name: 'No leads yet' }).waitFor()

  await page.goto('/settings/teams')
  await page.getByRole('button', { name: 'New team' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('North')
  await page.getByRole('combobox', { name: 'Members' }).click()
  for (const name of ['Carla Reis', 'Sergio Melo'])
    await page.getByRole('option', { name: new RegExp(name) }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByText('North is there').waitFor()
  await rowOf(other, 'Lead of Sergio').waitFor()
  expect(await findViolations(page)).toEqual([])

  await page.getByRole('button', { name: 'North', exact: true }).click()
  await page.getByRole('button', { name: 'Remove Sergio Melo' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await rowOf(other, 'Lead of Sergio').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Actions for North' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete the team' }).click()
  await page.getByRole('heading', { name: 'No teams yet' }).waitFor()
})
