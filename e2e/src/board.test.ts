import { describe } from 'vitest'
import { addLeads, type Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { cardOf, cardsIn, columnOf, dragCard } from './screens.ts'

/** New leads stand on top of their column. */
const threeCards = (desk: Desk) =>
  addLeads(desk.rapport, [{ full_name: 'Third' }, { full_name: 'Second' }, { full_name: 'First' }])

describe('the board', () => {
  test('a card dragged by mouse stays in its new column and place after a reload', async ({ desk, page }) => {
    await threeCards(desk)
    await page.goto('/board')
    await cardOf(page, 'First').waitFor()
    await dragCard(page, 'Second', { column: 'Contacted' })
    await expect.poll(() => cardsIn(page, 'Contacted')).toEqual(['Second'])
    await dragCard(page, 'Third', { column: 'Contacted', onto: 'Second' })
    await expect.poll(() => cardsIn(page, 'Contacted')).toEqual(['Third', 'Second'])
    await columnOf(page, 'New').getByRole('heading', { name: 'New 1' }).waitFor()
    await expect.poll(() => stagesOf(desk)).toEqual({ First: 'New', Second: 'Contacted', Third: 'Contacted' })

    await page.reload()
    await expect.poll(() => cardsIn(page, 'Contacted')).toEqual(['Third', 'Second'])
    expect(await cardsIn(page, 'New')).toEqual(['First'])
  })

  test('a card that a quick hand lets go of lands where it lets go', async ({ desk, page }) => {
    await threeCards(desk)
    await page.goto('/board')
    await cardOf(page, 'First').hover()
    const from = await cardOf(page, 'First').boundingBox()
    const to = await columnOf(page, 'Qualified').boundingBox()
    if (!from || !to) throw new Error('The board is not on screen.')
    await page.mouse.move(from.x + 20, from.y + 20)
    await page.mouse.down()
    await page.mouse.move(from.x + 40, from.y + 30, { steps: 3 })
    // The last way and the letting go in one go: nothing is drawn between them.
    await page.evaluate(
      ([clientX, clientY]) => {
        for (const type of ['mousemove', 'mouseup'])
          document.body.dispatchEvent(new MouseEvent(type, { clientX, clientY, bubbles: true }))
      },
      [to.x + to.width / 2, to.y + 80] as const,
    )
    await expect.poll(() => cardsIn(page, 'Qualified')).toEqual(['First'])
    await expect.poll(() => stagesOf(desk)).toEqual({ First: 'Qualified', Second: 'New', Third: 'New' })
    await page.mouse.up()
  })

  test('a card carried by the keyboard is announced, and its place survives a reload', async ({
    desk,
    page,
  }) => {
    await threeCards(desk)
    await page.goto('/board')
    await cardOf(page, 'First').focus()
    await page.keyboard.press('Space')
    await page.getByText('Lifted First. New, position 1 of 3.').waitFor({ state: 'attached' })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.getByText('Dropped First in New, position 2 of 3.').waitFor({ state: 'attached' })
    await expect.poll(() => cardsIn(page, 'New')).toEqual(['Second', 'First', 'Third'])

    await cardOf(page, 'Third').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await expect.poll(() => cardsIn(page, 'Qualified')).toEqual(['Third'])
    await expect.poll(() => stagesOf(desk)).toEqual({ First: 'New', Second: 'New', Third: 'Qualified' })
    await page.reload()
    await expect.poll(() => cardsIn(page, 'Qualified')).toEqual(['Third'])
    expect(await cardsIn(page, 'New')).toEqual(['Second', 'First'])
  })

  test('Escape puts a lifted card back without telling the server', async ({ desk, page }) => {
    await threeCards(desk)
    await page.goto('/board')
    await cardOf(page, 'First').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => cardsIn(page, 'Contacted')).toEqual(['First'])
    await page.keyboard.press('Escape')
    await expect.poll(() => cardsIn(page, 'New')).toEqual(['First', 'Second', 'Third'])
    expect(await stagesOf(desk)).toEqual({ First: 'New', Second: 'New', Third: 'New' })
  })

  test('a name typed into a column becomes a card on its top', async ({ desk, page }) => {
    await threeCards(desk)
    await page.goto('/board')
    await columnOf(page, 'Contacted').getByRole('button', { name: 'Add a lead' }).click()
    await page.getByRole('textbox', { name: 'Add a lead' }).fill('Typed on the board')
    await page.keyboard.press('Enter')
    await expect.poll(() => cardsIn(page, 'Contacted')).toEqual(['Typed on the board'])
  })
})

async function stagesOf(desk: Desk): Promise<Record<string, string | undefined>> {
  const { items } = await desk.rapport.leads.list()
  const names = new Map(desk.pipeline.stages.map(({ id, name }) => [id, name]))
  return Object.fromEntries(items.map((lead) => [lead.full_name, names.get(lead.stage_id)]))
}
