import { describe } from 'vitest'
import { findViolations } from './accessibility.ts'
import type { Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { cellOf, editCell, listedNames, openRow, panelOf } from './screens.ts'

/** The day that is so many days from now, where the account is; neither the browser nor the server is there. */
function dayFromNow(days: number): string {
  const date = new Date()
  date.setDate(date.getDate() + days)
  return date.toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' })
}

async function fillDesk({ rapport }: Desk): Promise<void> {
  await rapport.account.updatePreferences({ body: { time_zone: 'Asia/Tokyo' } })
  await rapport.customFields.create({
    body: { object: 'lead', key: 'renewal', label: 'Renewal', type: 'date' },
  })
  await rapport.customFields.create({
    body: { object: 'lead', key: 'demo', label: 'Demo', type: 'datetime' },
  })
  await rapport.leads.create({ body: { full_name: 'Ana Prado' } })
  await rapport.leads.create({ body: { full_name: 'Bruno Reis', custom: { renewal: dayFromNow(40) } } })
}

const customOf = async ({ rapport }: Desk, name: string) => {
  const { items } = await rapport.leads.list({ query: { limit: 10 } })
  return items.find(({ full_name }) => full_name === name)?.custom ?? {}
}

describe('a date', () => {
  test('is typed in words, in a cell, in the panel and in a filter', async ({ desk, page }) => {
    await fillDesk(desk)
    await page.goto('/leads')
    await (await cellOf(page, 'Ana Prado', 'Renewal')).scrollIntoViewIfNeeded()
    await editCell(page, 'Ana Prado', 'Renewal', 'in 3 days')
    await expect.poll(async () => (await customOf(desk, 'Ana Prado'))['renewal']).toBe(dayFromNow(3))

    await openRow(page, 'Ana Prado')
    const panel = panelOf(page)
    await panel.getByRole('button', { name: /^Demo:/ }).click()
    const demo = panel.getByRole('textbox', { name: 'Demo' })
    await demo.fill('tomorrow 3pm')
    await page.getByText(/3:00/).first().waitFor()
    expect(await findViolations(page)).toEqual([])
    await demo.press('Enter')
    const afternoon = `${dayFromNow(1)}T06:00:00.000Z`
    await expect
      .poll(async () => new Date(String((await customOf(desk, 'Ana Prado'))['demo'])).toISOString())
      .toBe(afternoon)

    await page.goto('/leads')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('option', { name: 'Renewal' }).click()
    await page.getByRole('combobox', { name: 'Condition for Renewal' }).click()
    await page.getByRole('option', { name: 'is on or before' }).click()
    await page.getByRole('textbox', { name: /Renewal/ }).fill('in 10 days')
    await page.keyboard.press('Enter')
    await expect.poll(() => listedNames(page)).toEqual(['Ana Prado'])
  })

  test('is picked from a month with the mouse, and with arrow keys', async ({ desk, page }) => {
    await fillDesk(desk)
    await page.goto('/leads')
    await openRow(page, 'Bruno Reis')
    const panel = panelOf(page)
    await panel.getByRole('button', { name: /^Renewal:/ }).click()
    await panel.getByRole('button', { name: 'Pick a day' }).click()
    await page.getByRole('button', { name: 'Next month' }).click()
    await page.getByRole('dialog', { name: 'Pick a day' }).getByText('15', { exact: true }).click()
    const renewal = panel.getByRole('textbox', { name: 'Renewal' })
    await renewal.press('ArrowDown')
    await renewal.press('Enter')
    await expect.poll(async () => String((await customOf(desk, 'Bruno Reis'))['renewal']).slice(8)).toBe('16')
  })

  test('is read in the language of the account, and what is none is refused', async ({ desk, page }) => {
    await fillDesk(desk)
    await desk.rapport.identity.updateMe({ body: { language: 'pt-BR' } })
    await page.goto('/leads')
    await openRow(page, 'Ana Prado')
    const panel = panelOf(page)
    const type = async (text: string) => {
      await panel.getByRole('button', { name: /^Renewal:/ }).click()
      await panel.getByRole('textbox', { name: 'Renewal' }).fill(text)
      await panel.getByRole('textbox', { name: 'Renewal' }).press('Enter')
    }
    await type('depois de amanhã')
    await expect.poll(async () => (await customOf(desk, 'Ana Prado'))['renewal']).toBe(dayFromNow(2))
    await type('qualquer dia')
    await page.getByText('Isto não é uma data.').first().waitFor()
    expect((await customOf(desk, 'Ana Prado'))['renewal']).toBe(dayFromNow(2))
  })
})
