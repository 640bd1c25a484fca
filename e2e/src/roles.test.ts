import { describe } from 'vitest'
import { addColleague } from './colleague.ts'
import { addLeads } from './desk.ts'
import { expect, test } from './journey.ts'
import { cardOf, cardsIn, cellOf, dragCard, panelOf, rowOf } from './screens.ts'

describe('a viewer', () => {
  test('sees the leads and nothing that would create or change one', async ({ desk, open }) => {
    await addLeads(desk.rapport, [{ full_name: 'Only to look at', company_name: 'Glass & Co' }])
    const page = await open(await addColleague(desk, 'viewer'))
    await page.goto('/leads')
    await rowOf(page, 'Only to look at').waitFor()
    expect(await page.getByRole('button', { name: 'New lead' }).count()).toBe(0)
    expect(await page.getByRole('navigation', { name: 'Main' }).first().innerText()).not.toContain('Imports')
    await page.keyboard.press('c')
    expect(await page.getByRole('dialog').count()).toBe(0)

    await rowOf(page, 'Only to look at').getByRole('gridcell').first().click()
    await page.getByRole('toolbar', { name: '1 selected' }).waitFor()
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Clear selection' }).click()

    const company = await cellOf(page, 'Only to look at', 'Company')
    await company.dblclick()
    const panel = panelOf(page)
    await panel.waitFor()
    expect(await page.getByRole('textbox', { name: 'Edit Company' }).count()).toBe(0)
    expect(await page.getByRole('grid').getAttribute('aria-readonly')).toBe('true')
    expect(await panel.getByRole('button', { name: 'Company: Glass & Co' }).isDisabled()).toBe(true)
    await panel.getByText('created this lead').waitFor()
    expect(await panel.getByRole('button', { name: 'Log', exact: true }).count()).toBe(0)
    await panel.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Copy link' }).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Delete lead' }).count()).toBe(0)
  })

  test('cannot move a card, add one, import a file or change a pipeline', async ({ desk, open }) => {
    await addLeads(desk.rapport, [{ full_name: 'Fixed card' }])
    const page = await open(await addColleague(desk, 'viewer'))
    await page.goto('/board')
    await cardOf(page, 'Fixed card').waitFor()
    expect(await page.getByRole('button', { name: 'Add a lead' }).count()).toBe(0)
    await dragCard(page, 'Fixed card', { column: 'Contacted' })
    expect(await cardsIn(page, 'New')).toEqual(['Fixed card'])

    await page.goto('/settings/pipelines')
    await page.getByRole('region', { name: 'Deals' }).getByRole('textbox').first().waitFor()
    expect(await page.getByRole('button', { name: 'New pipeline' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Add stage' }).count()).toBe(0)
    await page.goto('/imports')
    await page.getByText('You do not have permission for this.').waitFor()
  })
})
