import { describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import type { Desk } from './desk.ts'
import { expect, test } from './journey.ts'

const month = new Date().toISOString().slice(0, 7)
const inMonth = `${month}-15`

async function fill({ rapport }: Desk) {
  const { items } = await rapport.pipelines.list({ query: { object: 'deal' } })
  const stages = items[0]?.stages ?? []
  const stage = (name: string) => stages.find((one) => one.name === name)?.id
  const make = (name: string, value: number, more: object) =>
    rapport.deals.create({ body: { name, value, currency: 'EUR', ...more } })
  await make('Rollout at Vega', 1200.5, { expected_close: inMonth, stage_id: stage('Proposal') })
  await make('Renewal of Orion', 800, { expected_close: inMonth, forecast_category: 'committed' })
  await make('Pilot at Lyra', 300, { stage_id: stage('Won') })
  return { stage }
}

describe('the forecast', () => {
  test('is reached by keyboard, leads from a figure to its deals, and follows what others do', async ({
    desk,
    page,
  }) => {
    await fill(desk)
    await page.goto('/deals')
    await page.getByText('Rollout at Vega').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('v')
    const table = page.getByRole('table', { name: 'Forecast in EUR' })
    const total = table.getByRole('row', { name: /^Total/ })
    await total.getByRole('link', { name: '€2,000.50' }).waitFor()
    await total.getByRole('link', { name: '€1,200.50' }).waitFor()
    await total.getByRole('link', { name: '€300' }).waitFor()
    expect(await findViolations(page)).toEqual([])

    await desk.rapport.deals.create({
      body: { name: 'Extension', value: 99.5, currency: 'EUR', expected_close: inMonth },
    })
    await total.getByRole('link', { name: '€2,100' }).waitFor()
    const changes = page.getByRole('list', { name: 'Deals that changed' })
    await changes.getByRole('link', { name: 'Extension' }).waitFor()

    await total.getByRole('link', { name: '€800' }).click()
    await page.waitForURL(/\/deals\?filter=/)
    await page.getByText('Renewal of Orion').first().waitFor()
    await expect.poll(() => page.getByText('Rollout at Vega').count()).toBe(0)
    await page.goBack()
    await total.waitFor()
  })

  test('is grouped by owner, opens to the months, and keeps in the address what is shown', async ({
    desk,
    page,
  }) => {
    await fill(desk)
    await page.goto('/forecast?length=12&group=owner')
    const person = page.getByRole('button', { name: desk.session.user.full_name, exact: true }).last()
    await person.click()
    expect(await person.getAttribute('aria-expanded')).toBe('true')
    const name = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })
    const row = page.getByRole('row', { name: new RegExp(name.format(new Date(`${month}-01T00:00:00Z`))) })
    await row.getByRole('link', { name: '€2,000.50' }).waitFor()
    await page.getByRole('button', { name: 'Later' }).click()
    await page.getByText('Nothing is expected in these months').waitFor()
    expect(new URL(page.url()).searchParams.get('from')).toMatch(/-01$/)
  })

  test('fits a phone, in Portuguese and in the dark', async ({ desk, open }) => {
    await fill(desk)
    await desk.rapport.account.updatePreferences({ body: { language: 'pt-BR', theme: 'dark' } })
    const page = await open(desk, { viewport: { width: 375, height: 740 }, colorScheme: 'dark' })
    await page.goto('/forecast')
    await page.getByRole('table', { name: 'Previsão em EUR' }).waitFor()
    await page.getByText('O que mudou').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
    await photograph(page, 'forecast-phone-dark')
  })
})
