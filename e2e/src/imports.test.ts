import { readFile } from 'node:fs/promises'
import { describe } from 'vitest'
import { bookOf } from '../../apps/server/src/testing/workbooks.ts'
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

  test('contacts below the title of a report come in with companies that are made for them, and go with them', async ({
    desk,
    page,
  }) => {
    const file =
      'Our contacts;;\nBy;Ana;\n\nName;E-mail;Company\nAna;a@x.example;Sol Foods\nBo;b@x.example;SOL FOODS\nCy;c@x.example;Lua Bank\n'
    await page.goto('/imports?object=contact')
    await page
      .getByLabel('Choose a file')
      .and(page.locator('input'))
      .setInputFiles({ name: 'report.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    const row = page.getByRole('combobox', { name: 'Names in row' })
    await row.waitFor()
    expect(await row.textContent()).toContain('4')

    await page.getByRole('button', { name: 'Link them, and make what is missing' }).click()
    const column = page.getByRole('combobox', { name: 'What “Company” becomes' })
    expect(await column.evaluate((one) => one === document.activeElement)).toBe(true)
    const option = page.getByRole('checkbox', { name: 'Make companies that the file names' })
    expect(await option.isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByText('2 companies will be made').waitFor()
    await page.getByText('Sol Foods · Lua Bank').waitFor()
    await page.getByRole('button', { name: 'Import 3 rows' }).click()
    await page.getByRole('heading', { name: 'The import is done' }).waitFor()
    await page.getByText('Companies made').waitFor()
    const names = async () =>
      (await desk.rapport.companies.list({ query: { limit: 200 } })).items.map(({ name }) => name)
    expect(await names()).toEqual(expect.arrayContaining(['Sol Foods', 'Lua Bank']))

    await page.getByRole('button', { name: 'Take the import back' }).click()
    await page.getByText('The companies that were made for it (2) go to the trash, too.').waitFor()
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.getByRole('heading', { name: 'The import was undone' }).waitFor()
    expect(await names()).not.toContain('Sol Foods')
  })

  test('rows of which something cannot be read come in with it as text, once that is chosen beside the check', async ({
    desk,
    page,
  }) => {
    const file = 'Name;E-mail;Phone\nOda;oda@x.example;\nPia;pia at x;unknown\nRui;r@x.example;;too;wide\n'
    await page.goto('/imports?object=contact')
    await page
      .getByLabel('Choose a file')
      .and(page.locator('input'))
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByRole('heading', { name: 'Rows that cannot be read' }).waitFor()
    expect(await page.getByRole('table').getByRole('row').count()).toBe(3)

    const choice = page.getByRole('checkbox', { name: 'Bring in rows of which something cannot be read' })
    await choice.click()
    await page.getByRole('heading', { name: 'Rows of which something is kept as text' }).waitFor()
    expect(await choice.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.getByRole('button', { name: 'Import 2 rows' }).click()
    await page.getByRole('heading', { name: 'The import is done' }).waitFor()
    await page.getByText('With values kept as text').waitFor()
    await page.getByRole('button', { name: 'Download the failed rows' }).waitFor()
    const { items } = await desk.rapport.contacts.list({ query: { q: 'Pia' } })
    expect(items[0]).toMatchObject({ email: null, custom: { e_mail: 'pia at x', phone: 'unknown' } })
  })

  test('deals come in with dates and fields of their own, and are taken back as a whole', async ({
    desk,
    page,
  }) => {
    const rows = Array.from(
      { length: 30 },
      (_, at) =>
        `OP${at},${['Moses', 'Darcel'][at % 2]},${['Won', 'Engaging'][at % 2]},10/${20 + (at % 5)}/2016,${at * 10}`,
    )
    const file = `opportunity_id,sales_agent,deal_stage,close_date,close_value\n${rows.join('\n')}\n`
    await page.goto('/imports?object=deal')
    await page
      .getByLabel('Choose a file')
      .and(page.locator('input'))
      .setInputFiles({ name: 'pipeline.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    await page.getByRole('heading', { name: 'What does each column hold?' }).waitFor()

    await page.getByRole('button', { name: 'Make fields of them' }).click()
    await page.getByRole('button', { name: 'Make 1 field' }).click()
    await page.getByText('1 field is there').waitFor()
    await page.getByRole('button', { name: 'Check the file' }).click()
    const missing = page.getByText('Some stages are not in your pipelines')
    await missing.waitFor()
    await page.getByRole('button', { name: 'Add 1 stage to' }).click()
    await missing.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Import 30 rows' }).click()
    await page.getByRole('heading', { name: 'The import is done' }).waitFor()
    const { items } = await desk.rapport.deals.list({ query: { q: 'OP2', limit: 50 } })
    expect(items.find(({ external_id }) => external_id === 'OP2')).toMatchObject({
      status: 'won',
      value: 20,
      expected_close: '2016-10-22',
      custom: { sales_agent: 'Moses' },
    })
    const [pipeline] = (await desk.rapport.pipelines.list({ query: { object: 'deal' } })).items
    const added = pipeline?.stages.findIndex(({ name }) => name === 'Engaging') ?? -1
    expect(pipeline?.stages[added + 1]?.type).toBe('won')
    const engaging = await desk.rapport.deals.list({ query: { q: 'OP1', limit: 50 } })
    expect(engaging.items.find(({ external_id }) => external_id === 'OP1')).toMatchObject({
      stage_id: pipeline?.stages[added]?.id,
      custom: { sales_agent: 'Darcel' },
    })

    await page.getByRole('button', { name: 'Take the import back' }).click()
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.getByRole('heading', { name: 'The import was undone' }).waitFor()
    const left = await desk.rapport.deals.list({ query: { q: 'OP2', limit: 50 } })
    expect(left.items).toEqual([])
  })

  test('of a workbook with several sheets, the one that is chosen comes in', async ({ desk, page }) => {
    const people = [
      ['name', 'email'],
      ['Ana Prado', 'ana@example.com'],
    ]
    const fair = [
      ['full name', 'city'],
      ['Bo Lund', 'Rio'],
      ['Cy Marsh', 'Lima'],
    ]
    const buffer = await bookOf([
      { name: 'About', rows: [['Our export']] },
      { name: 'People', rows: people },
      { name: 'Fair 2026', rows: fair },
    ])
    await page.goto('/imports')
    await page
      .getByLabel('Choose a file')
      .and(page.locator('input'))
      .setInputFiles({ name: 'book.xlsx', mimeType: 'application/octet-stream', buffer })
    const sheet = page.getByRole('combobox', { name: 'Sheet' })
    await sheet.waitFor()
    expect(await sheet.textContent()).toContain('People')
    await sheet.click()
    await page.getByRole('option', { name: 'Fair 2026' }).click()
    await page.getByRole('combobox', { name: 'What “full name” becomes' }).waitFor()
    expect(await sheet.textContent()).toContain('Fair 2026')

    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByRole('button', { name: 'Import 2 rows' }).click()
    await page.getByRole('heading', { name: 'The import is done' }).waitFor()
    const { items } = await desk.rapport.leads.list({ query: { q: 'Bo Lund', limit: 50 } })
    expect(items).toMatchObject([{ full_name: 'Bo Lund', city: 'Rio' }])
  })
})
