/** Two people at one record: what both changed is decided by a person, and nothing typed is lost. */
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import { addLeads, type Desk, type LeadDraft } from './desk.ts'
import { expect, test, type OpenWindow } from './journey.ts'
import { cellOf, editCell, openRow, panelOf } from './screens.ts'

const lead: LeadDraft = { full_name: 'Contested', city: 'Lyon', source: 'Fair', company_name: 'Acme' }

describe('when two people change one record', () => {
  test('different fields merge by themselves', async ({ desk, open, expectComplaint }) => {
    expectComplaint(/409/)
    const { page, id } = await aStaleScreen(desk, open)
    await openBeside(page, id)
    await desk.rapport.leads.update({ params: { id }, body: { city: 'Paris' } })
    await setField(page, 'Source', 'Web')
    await expect
      .poll(async () => desk.rapport.leads.get({ params: { id } }))
      .toMatchObject({ city: 'Paris', source: 'Web' })
    expect(await page.getByRole('dialog', { name: 'changed by both' }).count()).toBe(0)
  })

  test('the second sees who changed the same field to what, and chooses in the panel', async ({
    desk,
    open,
    expectComplaint,
  }) => {
    expectComplaint(/409/)
    const { page, id } = await aStaleScreen(desk, open)
    await openBeside(page, id)
    await desk.rapport.leads.update({ params: { id }, body: { city: 'Paris', source: 'Call' } })
    await setField(page, 'City', 'Nice')
    const dialog = disputeOn(page)
    await dialog.getByText(`${desk.session.user.full_name}, `).waitFor()
    expect(await findViolations(page)).toEqual([])
    await photograph(page, 'dispute')
    await page.emulateMedia({ colorScheme: 'dark' })
    await photograph(page, 'dispute-dark')
    await dialog.getByRole('radio', { name: /^Paris/ }).click()
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await panelOf(page).getByRole('button', { name: 'City: Paris' }).waitFor()
    await panelOf(page).getByRole('button', { name: 'Source: Call' }).waitFor()
  })

  test('their own value stands when they choose it, by keyboard alone', async ({
    desk,
    open,
    expectComplaint,
  }) => {
    expectComplaint(/409/)
    const { page, id } = await aStaleScreen(desk, open)
    await openBeside(page, id)
    await desk.rapport.leads.update({ params: { id }, body: { city: 'Paris' } })
    await setField(page, 'City', 'Nice')
    const dialog = disputeOn(page)
    await dialog.getByText(`${desk.session.user.full_name}, `).waitFor()
    const mine = dialog.getByRole('radio', { name: /^Nice/ })
    await expect.poll(() => mine.evaluate((radio) => radio === document.activeElement)).toBe(true)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(async () => (await desk.rapport.leads.get({ params: { id } })).city).toBe('Nice')
  })

  test('a cell of the table keeps what was typed when the choice is put off', async ({
    desk,
    open,
    expectComplaint,
  }) => {
    expectComplaint(/409/)
    const { page, id } = await aStaleScreen(desk, open)
    await desk.rapport.leads.update({ params: { id }, body: { company_name: 'Theirs' } })
    await editCell(page, 'Contested', 'Company', 'Mine')
    await disputeOn(page).getByRole('button', { name: 'Decide later' }).click()
    const cell = await cellOf(page, 'Contested', 'Company')
    await expect.poll(() => cell.getAttribute('aria-invalid')).toBe('true')
    await cell.click()
    await page.keyboard.press('Enter')
    const editor = page.getByRole('textbox', { name: 'Edit Company' })
    expect(await editor.inputValue()).toBe('Mine')
    await editor.press('Escape')
    expect((await desk.rapport.leads.get({ params: { id } })).company_name).toBe('Theirs')
    await editCell(page, 'Contested', 'Company', 'Mine again')
    await expect
      .poll(async () => (await desk.rapport.leads.get({ params: { id } })).company_name)
      .toBe('Mine again')
  })

  test('on a phone, both values and the buttons are within the screen', async ({
    desk,
    open,
    expectComplaint,
  }) => {
    expectComplaint(/409/)
    const { page, id } = await aStaleScreen(desk, open, { viewport: { width: 375, height: 700 } })
    await page.goto(`/leads/${id}`)
    await page.getByRole('button', { name: 'City: Lyon' }).waitFor()
    await desk.rapport.leads.update({ params: { id }, body: { city: 'Paris' } })
    await setField(page, 'City', 'Nice')
    const dialog = disputeOn(page)
    await dialog.getByText(`${desk.session.user.full_name}, `).waitFor()
    await photograph(page, 'dispute-phone')
    const box = await dialog.boundingBox()
    expect((box?.x ?? -1) >= 0 && (box?.width ?? 999) <= 375).toBe(true)
    expect((box?.y ?? 0) + (box?.height ?? 999)).toBeLessThanOrEqual(701)
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await expect.poll(async () => (await desk.rapport.leads.get({ params: { id } })).city).toBe('Nice')
  })
})

describe('on a record that two have open', () => {
  test('each sees the other, which field is being edited, and when the other is gone', async ({
    desk,
    page,
    open,
  }) => {
    const [made] = await addLeads(desk.rapport, [lead])
    const other = await open(await addColleague(desk, 'sales'))
    await page.goto(`/leads/${made?.id}`)
    await other.goto('/leads')
    await openRow(other, 'Contested')
    await page.getByText('Bruno Souza is viewing').waitFor()
    await panelOf(other).getByText('Ana Lima is viewing').waitFor()
    await other.getByRole('button', { name: /^City: / }).click()
    await page.getByText('Bruno Souza is editing City').waitFor()
    expect(await findViolations(page)).toEqual([])
    await photograph(page, 'presence')
    await page.setViewportSize({ width: 375, height: 700 })
    await photograph(page, 'presence-phone')
    await other.keyboard.press('Escape')
    await page.getByText('Bruno Souza is viewing').waitFor()
    await other.close()
    await page.getByText('Bruno Souza is viewing').waitFor({ state: 'hidden' })
  })
})

const disputeOn = (page: Page) => page.getByRole('dialog', { name: 'Contested: changed by both of you' })

/** A colleague's window on the leads, which real time no longer reaches. */
async function aStaleScreen(desk: Desk, open: OpenWindow, options = {}): Promise<{ page: Page; id: string }> {
  const [made] = await addLeads(desk.rapport, [lead])
  const page = await open(await addColleague(desk, 'sales'), options)
  await page.routeWebSocket(/\/api\/realtime/, () => undefined)
  await page.goto('/leads')
  await page.getByText('Contested').first().waitFor()
  return { page, id: made?.id ?? '' }
}

/** Ready when all that was read of it has arrived: what comes later it cannot know. */
async function openBeside(page: Page, id: string): Promise<void> {
  const read = page.waitForResponse((answer) => new RegExp(`/leads/${id}(\\?|$)`).test(answer.url()))
  const told = page.waitForResponse((answer) => answer.url().includes(`/leads/${id}/timeline`))
  await openRow(page, 'Contested')
  await Promise.all([read, told])
  await page.waitForLoadState('networkidle')
}

async function setField(page: Page, label: string, text: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^${label}: `) })
    .first()
    .click()
  const editor = page.getByRole('textbox', { name: label, exact: true })
  await editor.fill(text)
  await editor.press('Enter')
}
