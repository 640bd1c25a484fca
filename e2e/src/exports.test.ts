/** Files with what a list shows, written in the background and found again. */
import { readFile } from 'node:fs/promises'
import { describe } from 'vitest'
import { findViolations } from './accessibility.ts'
import { expect, test } from './journey.ts'
import { rowOf } from './screens.ts'

describe('an export', () => {
  test('of a list is written, told of, and saved with the shown columns', async ({ desk, page }) => {
    for (const full_name of ['Alma Prado', '=SUM(1)', 'Bento Reis'])
      await desk.rapport.leads.create({ body: { full_name, city: 'Braga' } })
    await page.goto('/leads?sort=full_name')
    await rowOf(page, 'Alma Prado').waitFor()
    await page.getByRole('button', { name: 'Export…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export 3 records' })
    await dialog.getByRole('radio', { name: /^CSV/ }).click()
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Export' }).click()
    await page.getByText('The file with 3 records is ready').first().waitFor()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).first().click()
    const file = await saved
    expect(file.suggestedFilename()).toMatch(/^leads \d{4}-\d\d-\d\d\.csv$/)
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines[1]).toContain("'=SUM(1)")
    expect(lines[2]).toContain('Alma Prado')
    // In the words of the screen, not as it is kept.
    expect(lines[2]).toContain('New')
    expect(lines[2]).not.toContain('new')
  })

  test('of what is selected is in the list of exports, from where it is saved again', async ({
    desk,
    page,
  }) => {
    for (const full_name of ['Chosen', 'Left']) await desk.rapport.leads.create({ body: { full_name } })
    await page.goto('/leads')
    await rowOf(page, 'Chosen').waitFor()
    await rowOf(page, 'Chosen').getByRole('checkbox').click()
    await page.getByRole('toolbar', { name: '1 selected' }).getByRole('button', { name: 'Export…' }).click()
    await page
      .getByRole('dialog', { name: 'Export 1 record' })
      .getByRole('button', { name: 'Export' })
      .click()
    await page.getByText('The file with 1 record is ready').first().waitFor()
    await page.goto('/settings/exports')
    const row = page.getByRole('list', { name: 'Exports' }).getByRole('listitem')
    await row.getByText('1 record').waitFor()
    const saved = page.waitForEvent('download')
    await row.getByRole('button', { name: /^Download leads/ }).click()
    expect((await saved).suggestedFilename()).toMatch(/\.xlsx$/)
    expect(await findViolations(page)).toEqual([])
  })
})
