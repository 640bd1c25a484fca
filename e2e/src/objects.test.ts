import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { findViolations } from './accessibility.ts'
import type { Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { cellOf, editCell, listedNames, openRow, panelOf, rowOf } from './screens.ts'

async function makeContracts({ rapport }: Desk): Promise<void> {
  await rapport.customObjects.create({
    body: { key: 'contracts', label: 'Contract', label_many: 'Contracts', icon: 'file-text', color: 'teal' },
  })
  await rapport.customFields.create({
    body: { object: 'contracts', key: 'worth', label: 'Worth', type: 'number' },
  })
  await rapport.customFields.create({
    body: { object: 'contracts', key: 'client', label: 'Client', type: 'relation', to: 'company' },
  })
}

const navigation = (page: Page) => page.getByRole('navigation', { name: 'Main' }).first()

describe('an object of one’s own', () => {
  test('is made on screen and has a list, records and fields at once, in every window', async ({
    desk,
    page,
    open,
  }) => {
    const other = await open(desk)
    await other.goto('/leads')
    await page.goto('/settings/objects')
    await page.getByRole('button', { name: 'New object' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New object' })
    await dialog.getByLabel('One of them is a').fill('Vehicle')
    await dialog.getByLabel('Many are').fill('Vehicles')
    await expect.poll(() => dialog.getByLabel('Key').inputValue()).toBe('vehicles')
    await dialog.getByRole('radio', { name: 'truck' }).check({ force: true })
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('list', { name: 'Your objects' }).getByText('Vehicles').first().waitFor()
    expect(await findViolations(page)).toEqual([])

    await navigation(other).getByRole('link', { name: 'Vehicles' }).click()
    await other.getByRole('heading', { name: 'Vehicles', exact: true }).waitFor()
    await other.keyboard.press('c')
    const form = other.getByRole('dialog', { name: 'New Vehicle' })
    await form.getByLabel('Name', { exact: true }).fill('Truck 7')
    await form.getByRole('button', { name: 'Create' }).click()
    const panel = panelOf(other, 'Vehicles')
    await panel.getByText('created this record').waitFor()
    await other.keyboard.press('Escape')
    await expect.poll(() => listedNames(other)).toEqual(['Truck 7'])

    await page.getByRole('link', { name: 'Fields of Vehicles' }).click()
    await page.getByRole('tab', { name: /^Vehicles/, selected: true }).waitFor()
  })

  test('has records that are edited, trashed, found by the palette and shown from the other side', async ({
    desk,
    page,
  }) => {
    await makeContracts(desk)
    const { rapport } = desk
    const company = await rapport.companies.create({ body: { name: 'Aurora Ltda' } })
    await rapport.customRecords.create({
      params: { object: 'contracts' },
      body: { name: 'Frame 2026', custom: { worth: 100, client: company.id } },
    })
    await rapport.customRecords.create({ params: { object: 'contracts' }, body: { name: 'Support' } })
    await page.goto('/objects/contracts')
    await editCell(page, 'Frame 2026', 'Worth', '250')
    await expect.poll(async () => (await cellOf(page, 'Frame 2026', 'Worth')).textContent()).toBe('250')
    await (await cellOf(page, 'Frame 2026', 'Client')).getByText('Aurora Ltda').waitFor()
    expect(await findViolations(page)).toEqual([])
    await openRow(page, 'Support')
    await page
      .getByRole('button', { name: /More|Actions/ })
      .last()
      .click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect.poll(() => listedNames(page)).toEqual(['Frame 2026'])

    await page.goto(`/companies/${company.id}`)
    const section = page.getByRole('region', { name: 'Contracts · Client' }).last()
    await section.getByRole('link', { name: /Frame 2026/ }).waitFor()
    await section.getByRole('button', { name: 'New Contract' }).click()
    const form = page.getByRole('dialog', { name: 'New Contract' })
    await form.getByLabel('Name', { exact: true }).fill('Annex')
    await form.getByRole('button', { name: 'Create' }).click()
    await section.getByRole('link', { name: /Annex/ }).waitFor()
    const { items } = await rapport.customRecords.list({
      params: { object: 'contracts' },
      query: { filter: JSON.stringify({ field: 'custom.client', op: 'eq', value: company.id }) },
    })
    expect(items.map(({ name }) => name).toSorted()).toEqual(['Annex', 'Frame 2026'])

    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Command palette' })
    await palette.getByRole('combobox').fill('Frame')
    await palette.getByRole('option', { name: /Frame 2026/ }).click()
    await page.getByRole('heading', { name: 'Frame 2026' }).first().waitFor()
    expect(page.url()).toContain('/objects/contracts/')
    expect(await findViolations(page)).toEqual([])
  })

  test('is gone from the screen when it is retired, and back with its records', async ({ desk, page }) => {
    await makeContracts(desk)
    await desk.rapport.customRecords.create({ params: { object: 'contracts' }, body: { name: 'Kept' } })
    await page.goto('/settings/objects')
    await navigation(page).getByRole('link', { name: 'Contracts' }).waitFor()
    await page.getByRole('button', { name: 'Actions for Contracts' }).click()
    await page.getByRole('menuitem', { name: 'Retire' }).click()
    await navigation(page).getByRole('link', { name: 'Contracts' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await navigation(page).getByRole('link', { name: 'Contracts' }).click()
    await rowOf(page, 'Kept').waitFor()
  })

  test('fits on a phone, in the dark and in Portuguese', async ({ desk, open }) => {
    await makeContracts(desk)
    await desk.rapport.customRecords.create({ params: { object: 'contracts' }, body: { name: 'Frame 2026' } })
    await desk.rapport.identity.updateMe({ body: { language: 'pt-BR' } })
    const page = await open(desk, {
      viewport: { width: 375, height: 740 },
      colorScheme: 'dark',
      locale: 'pt-BR',
      hasTouch: true,
    })
    const check = async () => {
      expect(await findViolations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
    }
    await page.goto('/settings/objects')
    await page.getByRole('list', { name: 'Seus objetos' }).waitFor()
    await check()
    await page.getByRole('button', { name: 'Novo objeto' }).click()
    await page.getByRole('dialog', { name: 'Novo objeto' }).waitFor()
    await check()
    await page.goto('/objects/contracts')
    await page.getByText('Frame 2026').tap()
    await page.getByText('criou este registro').waitFor()
    await check()
  })
})
