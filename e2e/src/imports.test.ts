import { readFile } from 'node:fs/promises'
import { describe } from 'vitest'
import { expect, test } from './journey.ts'
import { aLeadExport, brokenRows, exportedRows } from './lead-export.ts'

const good = exportedRows - brokenRows

describe('imports', () => {
  test('a file without a name column comes in whole: matched, checked, run, and what cannot be read given back', async ({
    desk,
    page,
  }) => {
    await page.goto('/imports')
    await page
      .getByLabel('Choose a file')
      .and(page.locator('input'))
      .setInputFiles({ name: 'old-system.csv', mimeType: 'text/csv', buffer: Buffer.from(aLeadExport()) })

    await page.getByRole('heading', { name: 'What does each column hold?' }).waitFor()
    await page.getByText('No column holds the name').waitFor()
    const guesses = { 'Lead Source': 'Source', Country: 'Country', City: 'City', 'Expected Value': 'Value' }
    for (const [column, field] of Object.entries(guesses))
      expect(await page.getByRole('combobox', { name: `What “${column}” becomes` }).textContent()).toContain(
        field,
      )

    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByRole('heading', { name: 'Rows that cannot be read' }).waitFor()
    expect(await page.getByRole('cell', { name: 'to be agreed' }).count()).toBe(brokenRows)
    await page.getByRole('button', { name: `Import ${good} rows` }).click()

    await page.getByRole('heading', { name: 'The import is done' }).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the failed rows' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('old-system-errors.csv')
    const lines = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/)
    expect(lines).toHaveLength(brokenRows + 1)
    expect(lines[1]).toContain('to be agreed')

    await page.getByRole('link', { name: 'See the leads' }).click()
    await page.getByText(`${good} leads`).waitFor()
    const { items, total } = await desk.rapport.leads.list({ query: { count: 'exact', q: '660007' } })
    expect(total).toBe(1)
    expect(items[0]?.full_name).toContain('660007')
    expect(items[0]?.custom).toMatchObject({ last_activity: 'SMS Sent', do_not_email: 'No' })
  })
})
