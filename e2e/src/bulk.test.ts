/** Changes of many records, and the way back from one's own last change. */
import { describe } from 'vitest'
import { addColleague } from './colleague.ts'
import type { Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { editCell, listedNames, rowOf } from './screens.ts'

const many = 130

async function addMany(desk: Desk): Promise<void> {
  const names = Array.from({ length: many }, (_, n) => `Lead ${n}`)
  for (let start = 0; start < many; start += 10)
    await Promise.all(
      names
        .slice(start, start + 10)
        .map((full_name) => desk.rapport.leads.create({ body: { full_name, city: 'Braga' } })),
    )
  await desk.rapport.leads.create({ body: { full_name: 'Elsewhere', city: 'Faro' } })
}

async function countIn(desk: Desk, city: string): Promise<number | undefined> {
  const filter = JSON.stringify({ field: 'city', op: 'eq', value: city })
  return (await desk.rapport.leads.list({ query: { filter, count: 'exact', limit: 1 } })).total
}

const inBraga = `/leads?filter=${encodeURIComponent(JSON.stringify([{ field: 'city', op: 'eq', value: 'Braga' }]))}`

describe('a change of many records', () => {
  test('reaches all that a filter finds, loaded or not, and goes back with "z"', async ({ desk, page }) => {
    await addMany(desk)
    await page.goto(inBraga)
    await rowOf(page, `Lead ${many - 1}`).waitFor()
    await page.getByRole('columnheader', { name: 'Select all' }).click()
    await page.getByText('All 100 loaded rows are selected.').waitFor()
    await page.getByRole('button', { name: `Select all ${many} that match` }).click()
    await page.getByText(`All ${many} that match are selected.`).waitFor()
    await page
      .getByRole('toolbar', { name: `${many} selected` })
      .getByRole('button', { name: 'Edit field…' })
      .click()

    const dialog = page.getByRole('dialog', { name: `Edit ${many} records` })
    await dialog.getByLabel('Field').click()
    await page.getByRole('option', { name: 'City' }).click()
    await dialog.getByRole('textbox', { name: 'City' }).fill('Porto')
    await dialog.getByRole('button', { name: 'Change' }).click()
    await page.getByText(`${many} records changed`).first().waitFor()
    expect(await countIn(desk, 'Porto')).toBe(many)
    expect(await countIn(desk, 'Faro')).toBe(1)

    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
    await page.keyboard.press('z')
    await page.getByText(`Undone on ${many} records`).first().waitFor()
    expect(await countIn(desk, 'Braga')).toBe(many)
    await rowOf(page, `Lead ${many - 1}`).waitFor()
  })

  test('tells which records were refused and why, and changes the others', async ({ desk, open }) => {
    const colleague = await addColleague(desk, 'sales')
    await desk.rapport.leads.create({ body: { full_name: 'Not theirs' } })
    for (const full_name of ['Theirs', 'Theirs too'])
      await colleague.rapport.leads.create({ body: { full_name } })
    const page = await open(colleague)
    await page.goto('/leads')
    await rowOf(page, 'Not theirs').waitFor()
    await page.getByRole('columnheader', { name: 'Select all' }).click()
    await page.getByRole('toolbar', { name: '3 selected' }).getByRole('button', { name: 'Delete' }).click()
    await page.getByText('2 records moved to the trash').first().waitFor()
    await page.getByText('1 record was not changed').first().waitFor()
    await page.getByRole('button', { name: 'Show' }).click()
    const dialog = page.getByRole('dialog', { name: '1 record was not changed' })
    await dialog.getByRole('link', { name: 'Not theirs' }).waitFor()
    await dialog.getByText('Your role lets you change only your own records.').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => listedNames(page)).toEqual(['Not theirs'])
  })

  test('is asked for on a phone by a long press', async ({ desk, open }) => {
    for (const full_name of ['Alma', 'Bento']) await desk.rapport.leads.create({ body: { full_name } })
    const page = await open(desk, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await page.goto('/leads')
    const item = page.getByRole('listitem').filter({ hasText: 'Alma' })
    await item.getByRole('link').dispatchEvent('pointerdown')
    await page.getByRole('toolbar', { name: '1 selected' }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Bento' }).getByRole('button').click()
    await page.getByRole('toolbar', { name: '2 selected' }).getByRole('button', { name: 'Assign…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Assign 2 records' })
    await dialog.getByLabel('Owner').click()
    await page.getByRole('option', { name: 'Nobody' }).click()
    await dialog.getByRole('button', { name: 'Assign' }).click()
    await page.getByText('2 records assigned').first().waitFor()
    const { items } = await desk.rapport.leads.list()
    expect(items.map(({ owner_id }) => owner_id)).toEqual([null, null])
  })
})

describe('the last change', () => {
  test('is taken back after a reload, too, and is told by the name of its record', async ({
    desk,
    page,
    expectComplaint,
  }) => {
    expectComplaint(/404 .*crm\/undo/)
    await desk.rapport.leads.create({ body: { full_name: 'Rosa Prado', city: 'Braga' } })
    await page.goto('/leads')
    await editCell(page, 'Rosa Prado', 'Company', 'Prado & Filhos')
    await expect
      .poll(async () => (await desk.rapport.leads.list()).items[0]?.company_name)
      .toBe('Prado & Filhos')
    await page.reload()
    await rowOf(page, 'Rosa Prado').waitFor()
    await page.keyboard.press('z')
    await page.getByText('Undone: Rosa Prado is as it was before').first().waitFor()
    expect((await desk.rapport.leads.list()).items[0]?.company_name).toBeNull()
    await page.keyboard.press('z')
    await page.getByText('Undone: Rosa Prado is in the trash').first().waitFor()
    await expect.poll(() => listedNames(page)).toEqual([])
    await page.keyboard.press('z')
    await page.getByText('There is nothing to undo').first().waitFor()
  })
})

test('the row below a table tells what all records come to that it finds, and follows their changes', async ({
  desk,
  page,
}) => {
  for (const [full_name, estimated_value, score] of [
    ['Uma', 100.5, 40],
    ['Dora', 200, 60],
  ] as const)
    await desk.rapport.leads.create({ body: { full_name, estimated_value, score } })
  const euros = { full_name: 'Trina', estimated_value: 7000, currency: 'EUR' }
  const { id } = await desk.rapport.leads.create({ body: euros })
  await page.goto('/leads')
  await page.getByRole('gridcell', { name: '$300.5 + €7K' }).waitFor()
  await desk.rapport.leads.remove({ params: { id } })
  await page.getByRole('gridcell', { name: '$300.50', exact: true }).waitFor()
})
