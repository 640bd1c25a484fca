import { describe } from 'vitest'
import { addColleague } from './colleague.ts'
import { findViolations, photograph } from './accessibility.ts'
import { addLeads } from './desk.ts'
import { expect, test } from './journey.ts'
import { cellOf, listedNames, openRow, panelOf } from './screens.ts'

describe('tags', () => {
  test('are put on a record in its cell and its panel, made while typing, and filtered by', async ({
    desk,
    page,
  }) => {
    const { rapport } = desk
    const [ana, bia] = await addLeads(rapport, [{ full_name: 'Ana', tags: ['VIP'] }, { full_name: 'Bia' }])
    const namesOf = async (id = '') =>
      (await rapport.leads.get({ params: { id } })).tags.map(({ name }) => name)
    await page.goto('/leads')
    await (await cellOf(page, 'Bia', 'Tags')).dblclick()
    const search = page.getByRole('combobox', { name: 'Search' })
    await search.fill('vi')
    await page.keyboard.press('Enter')
    await search.fill('Trade fair')
    await page.getByRole('option', { name: 'Make “Trade fair”' }).click()
    await page.keyboard.press('Tab')
    await expect.poll(() => namesOf(bia?.id)).toEqual(['Trade fair', 'VIP'])

    await openRow(page, 'Ana')
    const panel = panelOf(page, 'Leads')
    await panel.getByRole('combobox', { name: 'Tags: VIP' }).click()
    await page.getByRole('combobox', { name: 'Find or make a tag' }).fill('trade')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await panel.getByRole('combobox', { name: 'Tags: Trade fair, VIP' }).waitFor()
    await expect.poll(() => namesOf(ana?.id)).toEqual(['Trade fair', 'VIP'])
    await panel.getByText('Tags: VIP → Trade fair and VIP').waitFor()
    await photograph(page, 'tags-panel')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Escape')

    await rapport.leads.update({ params: { id: ana?.id ?? '' }, body: { tags: { remove: ['VIP'] } } })
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('option', { name: 'Tags' }).click()
    await page.getByRole('option', { name: 'VIP' }).click()
    await page.keyboard.press('Escape')
    await expect.poll(() => listedNames(page)).toEqual(['Bia'])
    await photograph(page, 'tags-filtered')
  })

  test('are given to a new record while it is made, new ones too', async ({ desk, page }) => {
    await desk.rapport.tags.create({ body: { name: 'VIP', color: 'amber' } })
    await page.goto('/leads?new=1')
    const dialog = page.getByRole('dialog', { name: 'New lead' })
    await dialog.getByLabel('Name', { exact: true }).fill('Caio')
    await dialog.getByRole('combobox', { name: 'Tags' }).click()
    const search = page.getByPlaceholder('Find or make a tag')
    await search.fill('vi')
    await page.keyboard.press('Enter')
    await search.fill('Fair')
    await page.getByRole('option', { name: 'Make “Fair”' }).click()
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect
      .poll(async () =>
        (await desk.rapport.leads.list()).items.map(({ tags }) => tags.map(({ name }) => name)),
      )
      .toEqual([['Fair', 'VIP']])
  })

  test('are renamed, recoloured, merged and deleted for all records at once', async ({ desk, page }) => {
    const { rapport } = desk
    const [lead] = await addLeads(rapport, [{ full_name: 'Ana', tags: ['Hot', 'hot lead', 'Old'] }])
    const tagsOf = async () => (await rapport.leads.get({ params: { id: lead?.id ?? '' } })).tags
    await page.goto('/settings/tags')
    const row = (name: string) =>
      page
        .getByRole('listitem')
        .filter({ has: page.getByRole('textbox', { name: `Name of ${name}`, exact: true }) })
    await row('Hot').getByText('on 1 record').waitFor()
    await row('Hot').getByRole('textbox').fill('Warm')
    await page.keyboard.press('Enter')
    await row('Warm').getByRole('combobox', { name: 'Colour of Warm' }).click()
    await page.getByRole('option', { name: 'Pink' }).click()
    await expect.poll(async () => (await tagsOf()).find(({ name }) => name === 'Warm')?.color).toBe('pink')

    await row('hot lead').getByRole('button', { name: 'Actions for hot lead' }).click()
    await page.getByRole('menuitem', { name: 'Merge into another…' }).click()
    const merging = page.getByRole('dialog', { name: 'Merge “hot lead”' })
    await merging.getByRole('combobox', { name: 'Merge into' }).click()
    await page.getByRole('option', { name: 'Warm' }).click()
    await merging.getByRole('button', { name: 'Merge', exact: true }).click()
    await page.getByText('“Warm” is on 1 record now').first().waitFor()

    await row('Old').getByRole('button', { name: 'Actions for Old' }).click()
    await page.getByRole('menuitem', { name: 'Delete…' }).click()
    const deleting = page.getByRole('dialog', { name: 'Delete “Old”?' })
    await deleting.getByText('It is taken off 1 record.').waitFor()
    await deleting.getByRole('button', { name: 'Delete the tag' }).click()
    await expect.poll(async () => (await tagsOf()).map(({ name }) => name)).toEqual(['Warm'])

    await page.getByRole('textbox', { name: 'Name of the tag' }).fill('Fresh')
    await page.keyboard.press('Enter')
    await row('Fresh').getByText('on 0 records').waitFor()
    await photograph(page, 'tags-settings')
    expect(await findViolations(page)).toEqual([])
  })

  test('show on every screen of others at once, and fit a phone in the dark', async ({ desk, open }) => {
    const { rapport } = desk
    const [lead] = await addLeads(rapport, [{ full_name: 'Ana', tags: ['Hot'] }])
    const colleague = await addColleague(desk, 'caller')
    await rapport.leads.update({
      params: { id: lead?.id ?? '' },
      body: { owner_id: colleague.session.user.id },
    })
    const phone = await open(colleague, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    await phone.goto(`/leads/${lead?.id}`)
    await phone.getByRole('combobox', { name: 'Tags: Hot' }).waitFor()
    const { items } = await rapport.tags.list()
    await rapport.tags.update({ params: { id: items[0]?.id ?? '' }, body: { name: 'Boiling' } })
    await phone.getByRole('combobox', { name: 'Tags: Boiling' }).click()
    // A role that makes no tags is offered those that are there.
    await phone.getByRole('combobox', { name: 'Find or make a tag' }).fill('New one')
    await phone.getByText('Nothing found').waitFor()
    await photograph(phone, 'tags-phone-dark')
    await phone.goto('/settings/tags')
    await phone.getByText('Boiling').waitFor()
    expect(await phone.getByRole('button', { name: 'New tag' }).count()).toBe(0)
    expect(await findViolations(phone)).toEqual([])
  })
})
