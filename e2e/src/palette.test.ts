/** The palette: what is found, what can be done with what is selected or open, and what was opened last. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { describe } from 'vitest'
import { findViolations } from './accessibility.ts'
import { expect, test } from './journey.ts'
import { rowOf } from './screens.ts'

async function openPalette(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('combobox').waitFor()
  return palette
}

const groupOf = (palette: Locator, name: string) => palette.getByRole('group', { name, exact: true })

describe('the palette', () => {
  test('finds each kind by itself, notes too, also by a misspelt word, and marks what was meant', async ({
    desk,
    page,
  }) => {
    const { rapport } = desk
    const lead = await rapport.leads.create({ body: { full_name: 'Guilherme Gonçalves' } })
    await rapport.companies.create({ body: { name: 'Gonçalves Ltda' } })
    const text = 'Ask Gonçalves about the harbour dues'
    await rapport.notes.create({
      body: {
        record: { object: 'lead', id: lead.id },
        body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
      },
    })
    await page.goto('/board')
    await page.getByRole('heading', { name: 'Board' }).waitFor()
    const palette = await openPalette(page)
    await palette.getByRole('combobox').fill('goncalvse')
    await groupOf(palette, 'Leads')
      .getByRole('option', { name: /Guilherme Gonçalves/ })
      .waitFor()
    await groupOf(palette, 'Companies')
      .getByRole('option', { name: /Gonçalves Ltda/ })
      .waitFor()
    expect(await groupOf(palette, 'Notes').getByRole('option').locator('mark').first().textContent()).toBe(
      'Gonçalves',
    )
    expect(await findViolations(page)).toEqual([])
    await groupOf(palette, 'Notes').getByRole('option').click()
    await page.getByRole('heading', { name: 'Guilherme Gonçalves', level: 1 }).waitFor()

    await page.goto('/deals')
    await page.getByRole('heading', { name: 'Deals', level: 1 }).waitFor()
    const later = await openPalette(page)
    await groupOf(later, 'Recent').getByRole('option', { name: 'Guilherme Gonçalves' }).click()
    await page.getByRole('heading', { name: 'Guilherme Gonçalves', level: 1 }).waitFor()
  })

  test('takes what is typed before it is there, and no shortcut of the page does', async ({ desk, page }) => {
    const { rapport } = desk
    await rapport.leads.create({ body: { full_name: 'Nadia Gomes' } })
    await page.route(/AppPalette/, async (route) => {
      await pause(1_000)
      await route.continue()
    })
    await page.goto('/leads')
    await rowOf(page, 'Nadia Gomes').waitFor()
    await page.keyboard.press('Control+k')
    // `n` makes a new lead where no palette is being opened.
    await page.keyboard.type('nadja')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('ia gom')
    const palette = page.getByRole('dialog', { name: 'Command palette' })
    await groupOf(palette, 'Leads')
      .getByRole('option', { name: /Nadia Gomes/ })
      .waitFor()
    expect(await palette.getByRole('combobox').inputValue()).toBe('nadia gom')
    expect(await page.getByRole('dialog').count()).toBe(1)
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('go')
    await expect.poll(() => palette.getByRole('combobox').inputValue()).toBe('go')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('m')
    await expect.poll(() => palette.getByRole('combobox').inputValue()).toBe('gom')
  })

  test('finds what was said, and leads to its place', async ({ desk, page }) => {
    const { rapport } = desk
    const { id } = await rapport.chat.createChannel({ body: { kind: 'public', name: 'Harbour' } })
    const params = { id }
    await rapport.chat.post({ params, body: { client_id: 'a', body: 'The berths were paid in advance' } })
    await page.goto('/leads')
    await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor()
    const palette = await openPalette(page)
    await palette.getByRole('combobox').fill('berth')
    const found = groupOf(palette, 'Messages').getByRole('option')
    expect(await found.locator('mark').textContent()).toBe('berth')
    await found.click()
    await page.waitForURL(`**/chat/${id}?message=*`)
    await page.getByText('The berths were paid in advance').waitFor()
  })

  test('does to what is selected what the bar does, by keyboard alone', async ({ desk, page }) => {
    for (const full_name of ['Stays', 'Goes']) await desk.rapport.leads.create({ body: { full_name } })
    await page.goto('/leads')
    await rowOf(page, 'Goes').waitFor()
    await rowOf(page, 'Goes').getByRole('checkbox').click()
    await page.getByRole('toolbar', { name: '1 selected' }).waitFor()
    const palette = await openPalette(page)
    await groupOf(palette, '1 selected').getByRole('option', { name: 'Assign…' }).waitFor()
    await page.keyboard.type('dele')
    await palette.getByRole('option', { name: 'Delete', selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await rowOf(page, 'Goes').waitFor({ state: 'detached' })
    await rowOf(page, 'Stays').waitFor()
  })

  test('does to the open record what its menu does', async ({ desk, page }) => {
    const lead = await desk.rapport.leads.create({ body: { full_name: 'Open Now' } })
    await page.goto(`/leads/${lead.id}`)
    await page.getByRole('heading', { name: 'Open Now', level: 1 }).waitFor()
    const palette = await openPalette(page)
    await groupOf(palette, 'Open Now').getByRole('option', { name: 'Convert…' }).click()
    await page.getByRole('dialog').getByText('Open Now').first().waitFor()
  })

  test('fills a phone, and is closed by a finger', async ({ desk, open }) => {
    const page = await open(desk, { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true })
    await page.goto('/leads')
    await page
      .getByRole('button', { name: /Search/ })
      .first()
      .tap()
    const palette = page.getByRole('dialog', { name: 'Command palette' })
    await palette.getByRole('combobox').waitFor()
    await expect.poll(async () => (await palette.boundingBox())?.width).toBe(375)
    expect(await findViolations(page)).toEqual([])
    await palette.getByRole('button', { name: 'Close' }).tap()
    await palette.waitFor({ state: 'detached' })
  })
})
