import type { Pipeline } from '@rapport/contracts'
import { describe } from 'vitest'
import type { Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { cardOf, cardsIn, dragCard, panelOf } from './screens.ts'

async function dealPipeline({ rapport }: Desk): Promise<Pipeline> {
  const { items } = await rapport.pipelines.list({ query: { object: 'deal' } })
  const [pipeline] = items
  if (!pipeline) throw new Error('A new organization has no pipeline of deals.')
  return pipeline
}

const stageNamed = (pipeline: Pipeline, name: string) => {
  const stage = pipeline.stages.find((each) => each.name === name)
  if (!stage) throw new Error(`There is no stage "${name}".`)
  return stage
}

const readDeal = ({ rapport }: Desk, id: string) => rapport.deals.get({ params: { id } })

describe('deals', () => {
  test('a deal made with "c" gets its value from its lines, and the quote is a PDF', async ({
    desk,
    page,
  }) => {
    const { rapport } = desk
    await rapport.companies.create({ body: { name: 'Meridiano' } })
    await rapport.products.create({ body: { name: 'Olive oil', price: 12.5, tax_rate: 10, unit: 'case' } })
    await page.goto('/leads')
    await page.getByRole('heading', { name: 'No leads yet' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.getByRole('heading', { name: 'No deals yet' }).waitFor()
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'New deal' })
    await dialog.getByLabel('Name').fill('Olive oil for a year')
    await dialog.getByRole('combobox', { name: 'Company' }).click()
    await page.getByRole('option', { name: 'Meridiano' }).click()
    await dialog.getByRole('button', { name: 'Create' }).click()

    const panel = panelOf(page, 'Deals')
    await panel.getByText('created this deal').waitFor()
    await panel.getByRole('button', { name: 'Add line' }).click()
    const line = page.getByRole('dialog', { name: 'Add line' })
    await line.getByRole('combobox', { name: 'Product' }).click()
    await page.getByRole('option', { name: /Olive oil/ }).click()
    await expect.poll(() => line.getByLabel('Unit price').inputValue()).toBe('12.5')
    await line.getByLabel('Quantity').fill('40')
    await line.getByLabel('Discount').fill('10')
    await line.getByText('$450').waitFor()
    await line.getByRole('button', { name: 'Add line' }).click()
    await line.waitFor({ state: 'hidden' })
    await panel.getByText('40 case × $12.50 · 10% off · 10% tax').waitFor()
    await panel.getByRole('button', { name: 'Value: $450' }).waitFor()
    await panel.getByText('$495').waitFor()

    const download = page.waitForEvent('download')
    await panel.getByRole('button', { name: 'Quote (PDF)' }).click()
    expect((await download).suggestedFilename()).toBe('Quote Olive oil for a year.pdf')

    await panel.getByRole('button', { name: 'More about Olive oil' }).click()
    await page.getByRole('menuitem', { name: 'Take off' }).click()
    await panel.getByText('Nothing is listed yet').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await panel.getByText('40 case × $12.50 · 10% off · 10% tax').waitFor()
  })

  test('a stage asks for what it needs when a card is dropped on it, and takes the card with the answer', async ({
    desk,
    page,
  }) => {
    const { rapport } = desk
    const pipeline = await dealPipeline(desk)
    const proposal = stageNamed(pipeline, 'Proposal')
    await rapport.pipelines.updateStage({
      params: { id: pipeline.id, stage_id: proposal.id },
      body: { version: proposal.version, required_fields: ['value', 'expected_close'] },
    })
    const deal = await rapport.deals.create({ body: { name: 'Tin mine' } })
    const first = pipeline.stages.find(({ id }) => id === deal.stage_id)?.name ?? ''
    await page.goto(`/board?pipeline=${pipeline.id}`)
    await cardOf(page, 'Tin mine').waitFor()
    await dragCard(page, 'Tin mine', { column: 'Proposal' })
    const dialog = page.getByRole('dialog', { name: 'Before it enters “Proposal”' })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => cardsIn(page, first)).toEqual(['Tin mine'])

    await dragCard(page, 'Tin mine', { column: 'Proposal' })
    await dialog.getByRole('button', { name: 'Move' }).click()
    await dialog.getByText('This is needed.').first().waitFor()
    await dialog.getByLabel('Value').fill('1,200')
    await dialog.getByLabel('Expected close').fill('2027-03-01')
    await dialog.getByRole('button', { name: 'Move' }).click()
    await expect.poll(() => cardsIn(page, 'Proposal')).toEqual(['Tin mine'])
    await expect
      .poll(() => readDeal(desk, deal.id))
      .toMatchObject({ stage_id: proposal.id, value: 1200, expected_close: '2027-03-01' })
  })

  test('a lost deal is asked for the reason, in its panel as on the board', async ({ desk, page }) => {
    const deal = await desk.rapport.deals.create({ body: { name: 'Copper' } })
    await page.goto(`/deals?deal=${deal.id}`)
    const panel = panelOf(page, 'Deals')
    await panel.getByRole('combobox', { name: 'Stage' }).click()
    await page.getByRole('option', { name: 'Lost' }).click()
    const dialog = page.getByRole('dialog', { name: 'Before it enters “Lost”' })
    await dialog.getByLabel('Lost because').fill('Too expensive')
    await dialog.getByRole('button', { name: 'Move' }).click()
    await expect
      .poll(() => readDeal(desk, deal.id))
      .toMatchObject({ status: 'lost', lost_reason: 'Too expensive' })
  })

  test('a card that stands too long says for how many days, and the rule is set in the pipeline', async ({
    desk,
    page,
  }) => {
    const pipeline = await dealPipeline(desk)
    const deal = await desk.rapport.deals.create({ body: { name: 'Old friend' } })
    const stage = pipeline.stages.find(({ id }) => id === deal.stage_id)?.name ?? ''
    await page.goto('/settings/pipelines')
    const section = page.getByRole('region', { name: 'Deals' })
    await section.getByRole('button', { name: `Rules of ${stage}` }).click()
    await page.getByRole('textbox', { name: 'Too long after days' }).fill('7')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await section.getByText('too long after 7 days').waitFor()
    await page.clock.setFixedTime(Date.now() + 12.5 * 24 * 3600_000)
    await page.goto(`/board?pipeline=${pipeline.id}`)
    await cardOf(page, 'Old friend').getByText('12 days in stage').waitFor()
  })

  test('the deals of a company are added up beside it, and a contact shows theirs', async ({
    desk,
    page,
  }) => {
    const { rapport } = desk
    const pipeline = await dealPipeline(desk)
    const company = await rapport.companies.create({ body: { name: 'Meridiano' } })
    const contact = await rapport.contacts.create({ body: { full_name: 'Inês' } })
    const won = await rapport.deals.create({
      body: { name: 'Won one', value: 900, company_id: company.id, stage_id: stageNamed(pipeline, 'Won').id },
    })
    await rapport.deals.create({ body: { name: 'Open one', value: 400, company_id: company.id } })
    await rapport.dealContacts.link({
      params: { id: won.id },
      body: { contact_id: contact.id, part: 'Buyer' },
    })
    await page.goto(`/companies/${company.id}`)
    const deals = page.getByRole('region', { name: 'Deals' }).locator('visible=true')
    await deals.getByText('Won · 1').waitFor()
    await deals.getByText('$900').first().waitFor()
    await deals.getByRole('link', { name: /Open one/ }).waitFor()
    await page.goto(`/contacts/${contact.id}`)
    await page.getByRole('link', { name: 'Won one Buyer · $900' }).locator('visible=true').waitFor()
  })

  test('a new deal is one command away from anywhere', async ({ page }) => {
    await page.goto('/contacts')
    await page.getByRole('heading', { name: 'No contacts yet' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('new deal')
    await page.getByRole('option', { name: 'New deal' }).click()
    await page.getByRole('dialog', { name: 'New deal' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/deals')
  })
})
