import { describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import type { Desk } from './desk.ts'
import { focused } from './ears.ts'
import { expect, test } from './journey.ts'

async function fill({ rapport, session }: Desk) {
  const { items } = await rapport.pipelines.list({ query: { object: 'deal' } })
  const won = items[0]?.stages.find(({ type }) => type === 'won')
  const { currency } = session.organization
  const make = (name: string, value: number, more = {}) =>
    rapport.deals.create({ body: { name, value, currency, owner_id: session.user.id, ...more } })
  await make('Rollout at Vega', 1200)
  await make('Pilot at Lyra', 300, { stage_id: won?.id })
  await rapport.leads.create({ body: { full_name: 'Noor Haddad', source: 'Fair' } })
  return make
}

describe('the dashboard', () => {
  test('tells how things stand, follows what happens, and has a table behind each chart', async ({
    desk,
    page,
  }) => {
    const make = await fill(desk)
    await page.goto('/leads')
    await page.getByText('Noor Haddad').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    const open = page.getByRole('region', { name: 'Open pipeline' })
    await open.getByText('$1.2K').waitFor()
    await page.getByRole('region', { name: 'What happened' }).getByText('Pilot at Lyra').waitFor()
    const sources = page.getByRole('region', { name: 'New leads by source' })
    await sources.getByRole('link', { name: 'Fair' }).waitFor()
    expect(await findViolations(page)).toEqual([])

    await make('Extension', 800)
    await open.getByText('$2K').waitFor()
    await page.getByRole('button', { name: 'Pipeline by stage as a table' }).click()
    const table = page.getByRole('table', { name: 'Pipeline by stage' })
    await table.getByRole('cell', { name: '$2,000' }).waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  test('is arranged by keyboard and stays so', async ({ desk, page, open }) => {
    await fill(desk)
    await page.goto('/dashboard')
    await page.getByRole('button', { name: 'Arrange' }).click()
    const sheet = page.getByRole('dialog', { name: 'Arrange' })
    await sheet.getByRole('button', { name: 'Remove Won by month' }).click()
    const handle = sheet.getByRole('button', { name: /Won of those closed/ }).first()
    expect(await findViolations(page)).toEqual([])
    const order = async () => (await desk.rapport.dashboards.get()).widgets.map(({ widget }) => widget)
    await expect.poll(order).not.toContain('won_by_month')
    await handle.focus()
    for (const place of [1, 0]) {
      await page.keyboard.press('ArrowUp')
      await expect.poll(async () => (await order())[place]).toBe('win_rate')
      // The card has moved, and the focus with it: the next arrow moves the same one.
      expect(await focused(page)).toMatch(/^button .*Won of those closed/)
    }
    const elsewhere = await open(desk)
    await elsewhere.goto('/dashboard')
    await elsewhere.getByRole('region', { name: 'Won of those closed' }).waitFor()
    expect(await elsewhere.getByRole('region', { name: 'Won by month' }).count()).toBe(0)
    const first = elsewhere.locator('[data-widget]').first()
    expect(await first.getAttribute('data-widget')).toBe('win_rate')
  })

  test('fits a phone, in Portuguese and in the dark', async ({ desk, open }) => {
    await fill(desk)
    await desk.rapport.account.updatePreferences({ body: { language: 'pt-BR', theme: 'dark' } })
    const page = await open(desk, { viewport: { width: 375, height: 740 }, colorScheme: 'dark' })
    await page.goto('/dashboard')
    await page.getByRole('region', { name: 'Funil em aberto' }).getByText('1,2 mil').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
    await photograph(page, 'dashboard-phone-dark')
  })
})
