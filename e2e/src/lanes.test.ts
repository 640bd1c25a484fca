import { describe } from 'vitest'
import { findViolations } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import { addLeads, type Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { cardOf, cardsIn, columnOf, dragCard } from './screens.ts'

const leadNamed = async ({ rapport }: Desk, name: string) =>
  (await rapport.leads.list()).items.find(({ full_name }) => full_name === name)

describe('a board in lanes', () => {
  test('shows a row for each owner, and a drag between rows changes owner and stage at once', async ({
    desk,
    page,
  }) => {
    const bruno = (await addColleague(desk, 'sales')).session.user.id
    await addLeads(desk.rapport, [
      { full_name: 'Of Bruno', owner_id: bruno, estimated_value: 900 },
      { full_name: 'Of Ana', estimated_value: 100 },
      { full_name: 'Of nobody', owner_id: null },
    ])
    await page.goto('/board')
    await cardOf(page, 'Of Ana').waitFor()
    await page.getByRole('button', { name: 'Arrange' }).click()
    await page.getByRole('combobox', { name: 'Lanes' }).click()
    await page.getByRole('option', { name: 'Owner', exact: true }).click()
    await page.keyboard.press('Escape')
    await expect.poll(() => cardsIn(page, 'New, Bruno Souza')).toEqual(['Of Bruno'])
    await expect.poll(() => cardsIn(page, 'New, Ana Lima')).toEqual(['Of Ana'])
    await expect.poll(() => cardsIn(page, 'New, No Owner')).toEqual(['Of nobody'])
    expect(await findViolations(page)).toEqual([])

    await dragCard(page, 'Of Ana', { column: 'Contacted, Bruno Souza' })
    await expect.poll(() => cardsIn(page, 'Contacted, Bruno Souza')).toEqual(['Of Ana'])
    await expect
      .poll(() => leadNamed(desk, 'Of Ana'))
      .toMatchObject({ owner_id: bruno, stage_id: desk.stage('Contacted').id, version: 2 })

    await page.getByRole('button', { name: 'Bruno Souza', exact: true }).click()
    await columnOf(page, 'New, Bruno Souza').waitFor({ state: 'detached' })
    await page.reload()
    await expect.poll(() => cardsIn(page, 'New, No Owner')).toEqual(['Of nobody'])
    await columnOf(page, 'New, Bruno Souza').waitFor({ state: 'detached' })
  })

  test('is gone through by the keyboard: down from the end of a column comes the next row', async ({
    desk,
    page,
  }) => {
    await addLeads(desk.rapport, [
      { full_name: 'Fresh', status: 'new' },
      { full_name: 'At work', status: 'working' },
    ])
    await page.goto('/board?group=status')
    await cardOf(page, 'Fresh').focus()
    await page.keyboard.press('ArrowDown')
    await expect
      .poll(() => cardOf(page, 'At work').evaluate((card) => card === document.activeElement))
      .toBe(true)
    await cardOf(page, 'Fresh').focus()
    await page.keyboard.press('Space')
    await page.getByText('Lifted Fresh. New, New, position 1 of 1.').waitFor({ state: 'attached' })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.getByText('Dropped Fresh in New, Working, position 1 of 2.').waitFor({ state: 'attached' })
    await expect.poll(() => cardsIn(page, 'New, Working')).toEqual(['Fresh', 'At work'])
    await expect
      .poll(() => leadNamed(desk, 'Fresh'))
      .toMatchObject({ status: 'working', stage_id: desk.stage('New').id, version: 2 })
  })
})

describe('a board', () => {
  test('is saved as a view with its filter, lanes and card fields, and found again beside the tables', async ({
    desk,
    page,
  }) => {
    await addLeads(desk.rapport, [
      { full_name: 'From the fair', source: 'Fair', city: 'Recife', status: 'working' },
      { full_name: 'From the site', source: 'Site' },
    ])
    const filter = encodeURIComponent(JSON.stringify([{ field: 'source', op: 'eq', value: 'Fair' }]))
    await page.goto(`/board?group=status&filter=${filter}`)
    await cardOf(page, 'From the fair').waitFor()
    await page.getByRole('button', { name: 'Fields on cards' }).click()
    await page.getByRole('checkbox', { name: 'City' }).click()
    await page.keyboard.press('Escape')
    await cardOf(page, 'From the fair').getByText('Recife').waitFor()
    await page.getByRole('button', { name: 'Save as new view' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Fair by status')
    await page.getByRole('button', { name: 'Save', exact: true }).click()

    await page.waitForURL(/\/leads\?view=/)
    await expect.poll(() => cardsIn(page, 'New, Working')).toEqual(['From the fair'])
    await cardOf(page, 'From the fair').getByText('Recife').waitFor()
    await page.goto('/board')
    await cardOf(page, 'From the site').waitFor()
    await page.getByRole('button', { name: 'View: All leads' }).click()
    await page.getByRole('menuitemradio', { name: 'Fair by status' }).click()
    await expect.poll(() => cardsIn(page, 'New, Working')).toEqual(['From the fair'])
  })

  test('asks of what is lost why, with the reasons of the organization', async ({ desk, page }) => {
    await desk.rapport.lostReasons.set({ body: { reasons: ['Moved away', 'Too small'] } })
    await addLeads(desk.rapport, [{ full_name: 'Going' }])
    await page.goto('/board')
    await dragCard(page, 'Going', { column: 'Lost' })
    const dialog = page.getByRole('dialog', { name: 'Before it enters “Lost”' })
    await dialog.getByRole('button', { name: 'Too small' }).click()
    await dialog.getByRole('button', { name: 'Move', exact: true }).click()
    await expect
      .poll(() => leadNamed(desk, 'Going'))
      .toMatchObject({ lost_reason: 'Too small', status: 'lost', stage_id: desk.stage('Lost').id })
    await page.goto('/settings/pipelines')
    await page.getByRole('textbox', { name: 'Another reason' }).fill('No answer')
    await page.keyboard.press('Enter')
    await expect
      .poll(async () => (await desk.rapport.lostReasons.get()).reasons)
      .toEqual(['Moved away', 'Too small', 'No answer'])
  })

  test('is used by finger: a card that is held goes where the finger takes it', async ({ desk, open }) => {
    await addLeads(desk.rapport, [{ full_name: 'Held' }])
    const page = await open(desk, { viewport: { width: 900, height: 800 }, hasTouch: true })
    await page.goto('/board')
    const from = await cardOf(page, 'Held').boundingBox()
    const to = await columnOf(page, 'Contacted').boundingBox()
    if (!from || !to) throw new Error('The card or the column is not on screen.')
    const finger = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
    const start = { x: from.x + from.width / 2, y: from.y + from.height / 2 }
    await touch('touchStart', start.x, start.y)
    await page.getByText('Lifted Held.').waitFor({ state: 'attached' })
    for (const step of [0.3, 0.6, 1])
      await touch('touchMove', start.x + (to.x + to.width / 2 - start.x) * step, start.y)
    await touch('touchEnd')
    await expect.poll(() => cardsIn(page, 'Contacted')).toEqual(['Held'])
    await expect.poll(() => leadNamed(desk, 'Held')).toMatchObject({ stage_id: desk.stage('Contacted').id })
  })
})
