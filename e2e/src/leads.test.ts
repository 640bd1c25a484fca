import { describe } from 'vitest'
import { addLeads } from './desk.ts'
import { expect, test } from './journey.ts'
import { cellOf, editCell, listedNames, openRow, panelOf, rowOf } from './screens.ts'

describe('leads', () => {
  test('a lead that was made with "c" is edited in the table and in its panel, and its timeline says what was before', async ({
    page,
  }) => {
    await page.goto('/leads')
    await page.getByRole('heading', { name: 'No leads yet' }).waitFor()
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'New lead' })
    await dialog.getByLabel('Name').fill('Diego Prado')
    await dialog.getByLabel('Company').fill('Prado Ltda')
    await dialog.getByRole('button', { name: 'Create' }).click()

    const panel = panelOf(page)
    await panel.getByText('created this lead').waitFor()
    await panel.getByRole('button', { name: 'Company: Prado Ltda' }).click()
    await panel.getByRole('textbox', { name: 'Company' }).fill('Prado & Irmãos')
    await page.keyboard.press('Enter')
    await panel.getByText('Company: Prado Ltda → Prado & Irmãos').waitFor()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })

    await editCell(page, 'Diego Prado', 'Company', 'Prado Importadora')
    const cell = await cellOf(page, 'Diego Prado', 'Company')
    await expect.poll(() => cell.textContent()).toBe('Prado Importadora')
    await page.reload()
    await (await cellOf(page, 'Diego Prado', 'Company')).getByText('Prado Importadora').waitFor()
    await openRow(page, 'Diego Prado')
    await panel.getByText('Company: Prado & Irmãos → Prado Importadora').waitFor()
  })

  test('filter, search and sort are in the address and survive a reload and going back', async ({
    desk,
    page,
  }) => {
    await addLeads(desk.rapport, [
      { full_name: 'Alice North', status: 'working', estimated_value: 300 },
      { full_name: 'Bob North', status: 'working', estimated_value: 900 },
      { full_name: 'Chris North', status: 'new', estimated_value: 500 },
      { full_name: 'Dana South', status: 'working', estimated_value: 700 },
    ])
    await page.goto('/leads')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('option', { name: 'Status' }).click()
    await page.getByRole('option', { name: 'Working' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox', { name: 'Search' }).fill('north')
    await page.getByRole('columnheader', { name: 'Value' }).click()
    const wanted = ['Bob North', 'Alice North']
    await expect.poll(() => listedNames(page)).toEqual(wanted.toReversed())
    await page.getByRole('columnheader', { name: 'Value' }).click()
    await expect.poll(() => listedNames(page)).toEqual(wanted)

    const address = new URL(page.url())
    expect(address.searchParams.get('q')).toBe('north')
    expect(address.searchParams.get('sort')).toBe('-estimated_value')
    expect(address.searchParams.get('filter')).toContain('working')

    await page.reload()
    await expect.poll(() => listedNames(page)).toEqual(wanted)
    await page.getByRole('button', { name: 'Value for Status: Working' }).waitFor()
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('north')

    await openRow(page, 'Bob North')
    await panelOf(page).getByRole('button', { name: 'Open as a page' }).click()
    await page.getByRole('heading', { name: 'Bob North', level: 1 }).waitFor()
    await page.keyboard.press('j')
    await page.getByRole('heading', { name: 'Alice North', level: 1 }).waitFor()
    expect(await page.getByRole('button', { name: 'Next record' }).isDisabled()).toBe(true)
    await page.getByRole('main').getByRole('link', { name: 'Leads', exact: true }).click()
    await expect.poll(() => listedNames(page)).toEqual(wanted)
    expect(page.url()).toBe(address.href)
    await page.goBack()
    await page.goBack()
    await page.goBack()
    await expect.poll(() => listedNames(page)).toEqual(wanted)
    expect(page.url()).toBe(address.href)
  })

  test('a deleted lead comes back by the button of the message and by "z"', async ({ desk, page }) => {
    await addLeads(desk.rapport, [{ full_name: 'Elisa Braga' }, { full_name: 'Fabio Reis' }])
    await page.goto('/leads')
    await rowOf(page, 'Elisa Braga').getByRole('gridcell').first().click()
    await page.getByRole('toolbar', { name: '1 selected' }).getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Elisa Braga was moved to the trash').first().waitFor()
    await expect.poll(() => listedNames(page)).toEqual(['Fabio Reis'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await listedNames(page)).toSorted()).toEqual(['Elisa Braga', 'Fabio Reis'])

    await openRow(page, 'Fabio Reis')
    await panelOf(page).getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Delete lead' }).click()
    await page.getByText('Fabio Reis was moved to the trash').first().waitFor()
    await expect.poll(() => listedNames(page)).toEqual(['Elisa Braga'])
    await page.keyboard.press('z')
    await expect.poll(async () => (await listedNames(page)).toSorted()).toEqual(['Elisa Braga', 'Fabio Reis'])
    const kept = await desk.rapport.leads.list()
    expect(kept.items).toHaveLength(2)
  })

  test('the trash keeps a deleted lead until it is restored from there', async ({ desk, page }) => {
    const [lead] = await addLeads(desk.rapport, [{ full_name: 'Gil Torres' }])
    await desk.rapport.leads.remove({ params: { id: lead?.id ?? '' } })
    await page.goto('/leads')
    await page.getByRole('heading', { name: 'No leads yet' }).waitFor()
    await page.getByRole('button', { name: 'Trash' }).click()
    await openRow(page, 'Gil Torres')
    const panel = panelOf(page)
    await panel.getByText('This lead is in the trash.').waitFor()
    await panel.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Restore' }).click()
    await page.getByText('Gil Torres is back').first().waitFor()
    await panel.getByText('This lead is in the trash.').waitFor({ state: 'hidden' })
    await page.goto('/leads')
    await expect.poll(() => listedNames(page)).toEqual(['Gil Torres'])
  })
})
