import { describe } from 'vitest'
import { findViolations } from './accessibility.ts'
import { expect, test } from './journey.ts'

const month = new Date().toISOString().slice(0, 7)

describe('goals', () => {
  test('are set on screen, show how far one is, and stand beside the forecast', async ({ desk, page }) => {
    await page.goto('/settings/goals')
    await page.getByText('No goals yet').waitFor()
    await page.getByRole('button', { name: 'New goal' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New goal' })
    await dialog.getByRole('textbox', { name: 'Goal' }).fill('2,000')
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Create' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const progress = page.getByRole('progressbar', { name: 'The organization · Won value' })
    await progress.waitFor()

    const { items } = await desk.rapport.pipelines.list({ query: { object: 'deal' } })
    const won = items[0]?.stages.find(({ type }) => type === 'won')
    const { currency } = desk.session.organization
    await desk.rapport.deals.create({ body: { name: 'Pilot', value: 500, currency, stage_id: won?.id } })
    await expect.poll(() => progress.getAttribute('aria-valuenow')).toBe('25')
    expect(await findViolations(page)).toEqual([])

    await page.goto('/forecast')
    const name = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })
    const row = page.getByRole('row', { name: new RegExp(name.format(new Date(`${month}-01T00:00:00Z`))) })
    await row.getByText('$1,500').waitFor()

    await page.goto('/settings/goals')
    await page.getByRole('button', { name: 'Actions for The organization · Won value' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('No goals yet').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await progress.waitFor()
  })
})
