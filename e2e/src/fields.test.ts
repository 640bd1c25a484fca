import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { addLeads } from './desk.ts'
import { expect, test } from './journey.ts'
import { cellOf, editCell, listedNames, openRow, panelOf } from './screens.ts'

const openFields = async (page: Page) => {
  await page.goto('/settings/fields')
  await page.getByRole('heading', { name: 'Custom fields' }).first().waitFor()
}

const begin = async (page: Page, type: string, name: string) => {
  await page.getByRole('button', { name: 'New field' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New field' })
  await dialog.getByRole('button', { name: new RegExp(`^${type}\\b`) }).click()
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  return dialog
}

describe('a field of one’s own', () => {
  test('is in another window’s table, form and filter as soon as it is made', async ({
    desk,
    page,
    open,
  }) => {
    await addLeads(desk.rapport, [{ full_name: 'Ana Prado' }, { full_name: 'Bruno Reis' }])
    const other = await open(desk)
    await other.goto('/leads')
    await other.getByRole('columnheader', { name: 'Name', exact: true }).waitFor()

    await openFields(page)
    const dialog = await begin(page, 'Number', 'Annual visits')
    await expect.poll(() => dialog.getByLabel('Key').inputValue()).toBe('annual_visits')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await page.getByText('custom.annual_visits').waitFor()

    await other.getByRole('columnheader', { name: 'Annual visits' }).waitFor()
    await (await cellOf(other, 'Ana Prado', 'Annual visits')).scrollIntoViewIfNeeded()
    await editCell(other, 'Ana Prado', 'Annual visits', '1200')
    await expect
      .poll(async () => (await cellOf(other, 'Ana Prado', 'Annual visits')).textContent())
      .toBe('1,200')

    await other.getByRole('button', { name: 'Filter', exact: true }).click()
    await other.getByRole('option', { name: 'Annual visits' }).click()
    await other.getByRole('textbox', { name: /Annual visits/ }).fill('1200')
    await other.keyboard.press('Enter')
    await expect.poll(() => listedNames(other)).toEqual(['Ana Prado'])

    await other.keyboard.press('Escape')
    await other.getByRole('button', { name: 'New lead' }).first().click()
    const form = other.getByRole('dialog', { name: 'New lead' })
    await form.getByLabel('Name', { exact: true }).fill('Clara Nunes')
    await form.getByText('1 more field').click()
    await form.getByLabel(/Annual visits/).fill('1.200')
    await form.getByRole('button', { name: 'Create' }).click()
    await panelOf(other).getByRole('button', { name: 'Annual visits: 1.2' }).waitFor()
  })

  test('keeps what records hold: an option in use is replaced by what one chooses', async ({
    desk,
    page,
    expectComplaint,
  }) => {
    // The server refuses first: that is how the screen learns that records have it.
    expectComplaint(/409.*custom-fields/)
    await desk.rapport.customFields.create({
      body: { object: 'lead', key: 'size', label: 'Size', type: 'select', options: ['Small', 'Large'] },
    })
    await desk.rapport.leads.create({ body: { full_name: 'Ana Prado', custom: { size: 'Small' } } })
    await openFields(page)
    await page.getByRole('button', { name: 'Size', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Size' })
    await dialog.getByRole('button', { name: 'Remove Small' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Records have what you are taking away').waitFor()
    await dialog.getByRole('combobox', { name: 'Instead of “Small”' }).click()
    await page.getByRole('option', { name: 'Large' }).click()
    await dialog.getByRole('button', { name: 'Replace and save' }).click()
    await page.getByText('Saved Size').first().waitFor()
    await page.goto('/leads')
    await expect.poll(async () => (await cellOf(page, 'Ana Prado', 'Size')).textContent()).toBe('Large')
  })

  test('is put in its place with the arrow keys, retired, and brought back with its values', async ({
    desk,
    page,
  }) => {
    for (const label of ['First', 'Second', 'Third'])
      await desk.rapport.customFields.create({
        body: { object: 'lead', key: label.toLowerCase(), label, type: 'text' },
      })
    await desk.rapport.leads.create({ body: { full_name: 'Ana Prado', custom: { third: 'kept' } } })
    await openFields(page)
    const rows = page.getByRole('list', { name: 'Your fields' }).getByRole('listitem')
    const order = async () =>
      (await rows.allTextContents()).map((text) => /^[A-Z][a-z]+(?=Text)/.exec(text)?.[0])
    await expect.poll(order).toEqual(['First', 'Second', 'Third'])
    await page.getByRole('button', { name: 'Move Third' }).focus()
    await page.keyboard.press('ArrowUp')
    await page.getByText('Third is now at place 2 of 3.').waitFor({ state: 'attached' })
    await expect.poll(order).toEqual(['First', 'Third', 'Second'])
    await page.getByRole('button', { name: 'Actions for Third' }).click()
    await page.getByRole('menuitem', { name: 'Retire' }).click()
    await expect.poll(order).toEqual(['First', 'Second'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(order).toEqual(['First', 'Third', 'Second'])
    await page.goto('/leads')
    await openRow(page, 'Ana Prado')
    await panelOf(page).getByRole('button', { name: 'Third: kept' }).waitFor()
  })

  test('is calculated by a formula that says what is wrong while it is typed', async ({ desk, page }) => {
    await addLeads(desk.rapport, [{ full_name: 'Ana Prado', estimated_value: 200 }])
    await openFields(page)
    const dialog = await begin(page, 'Formula', 'Fee')
    const formula = dialog.getByRole('textbox', { name: 'Formula' })
    await formula.fill('estimated_valu * 0.2')
    await dialog.getByText('There is no field estimated_valu.').waitFor()
    await formula.fill('')
    await dialog.getByRole('combobox', { name: 'Field', exact: true }).click()
    await page.getByPlaceholder('Find a field').fill('Value')
    await page.keyboard.press('Enter')
    await formula.press('End')
    await formula.pressSequentially(' * 0.2')
    await dialog.getByText('Gives a number.').waitFor()
    await dialog.getByText('For Ana Prado: 40').waitFor()
    await dialog.getByRole('button', { name: 'Create' }).click()
    await page.getByText('custom.fee').waitFor()
    await page.goto('/leads')
    await expect.poll(async () => (await cellOf(page, 'Ana Prado', 'Fee')).textContent()).toBe('40')
    await editCell(page, 'Ana Prado', 'Value', '500')
    await expect.poll(async () => (await cellOf(page, 'Ana Prado', 'Fee')).textContent()).toBe('100')
  })
})
