import type { FollowUp, Lead } from '@rapport/contracts'
import type { Locator } from 'playwright-core'
import { describe } from 'vitest'
import { findViolations } from './accessibility.ts'
import type { Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { panelOf } from './screens.ts'

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

type Planned = { lead: Lead; followUp: FollowUp }

async function planFor({ rapport }: Desk, full_name: string, due_at: string): Promise<Planned> {
  const lead = await rapport.leads.create({
    body: { full_name, phone: '+14155550132', country: 'US', state: 'California' },
  })
  const followUp = await rapport.leadFollowUps.create({
    params: { id: lead.id },
    body: { due_at, channel: 'call', note: 'Ask for the budget' },
  })
  return { lead, followUp }
}

const rowOf = (region: Locator, name: string) => region.getByRole('button', { name: new RegExp(`^${name}`) })
const followUpsOf = async ({ rapport }: Desk, { id }: Lead) =>
  (await rapport.leadFollowUps.list({ params: { id } })).items

describe('today', () => {
  test('is worked by keyboard: what came of it is logged and the next one planned with one key each', async ({
    desk,
    page,
  }) => {
    const first = await planFor(desk, 'Noor Haddad', inHours(-2))
    await planFor(desk, 'Ilse Brandt', inHours(-1))
    await page.goto('/leads')
    await page.getByText('Noor Haddad').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    const overdue = page.getByRole('region', { name: 'Overdue' })
    await rowOf(overdue, 'Noor Haddad').waitFor()
    const call = overdue.getByRole('link', { name: 'Call Noor Haddad' })
    expect(await call.getAttribute('href')).toBe('tel:+14155550132')
    await overdue.getByText(/there/).first().waitFor()
    expect(await findViolations(page)).toEqual([])

    await page.keyboard.press('j')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Noor Haddad')
    await page.keyboard.press('l')
    await page.getByRole('dialog', { name: 'What came of follow-up 1?' }).waitFor()
    await page.keyboard.type('Wants an offer by Friday')
    await page.keyboard.press('Enter')
    const next = page.getByRole('dialog', { name: 'Plan the next follow-up' })
    await next.waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await next.waitFor({ state: 'hidden' })
    await rowOf(overdue, 'Noor Haddad').waitFor({ state: 'hidden' })
    await expect
      .poll(async () =>
        (await followUpsOf(desk, first.lead)).map(({ number, status, outcome }) => [number, status, outcome]),
      )
      .toEqual([
        [1, 'done', 'Wants an offer by Friday'],
        [2, 'open', null],
      ])
    await page.getByText('1 done · 1 to go').waitFor()
  })

  test('puts off until tomorrow with two keys, and z takes that back', async ({ desk, page }) => {
    const { lead, followUp } = await planFor(desk, 'Tomás Rocha', inHours(-3))
    await page.goto('/today')
    const overdue = page.getByRole('region', { name: 'Overdue' })
    await rowOf(overdue, 'Tomás Rocha').waitFor()
    await page.keyboard.press('s')
    await page.getByRole('menuitem', { name: /^Tomorrow/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Follow-up 1 is put off').waitFor()
    const upcoming = page.getByRole('region', { name: 'Next seven days' })
    await rowOf(upcoming, 'Tomás Rocha').waitFor()
    await page.getByRole('menuitem', { name: /^Tomorrow/ }).waitFor({ state: 'hidden' })
    await page.keyboard.press('z')
    await rowOf(overdue, 'Tomás Rocha').waitFor()
    await expect.poll(async () => (await followUpsOf(desk, lead))[0]?.due_at).toBe(followUp.due_at)
  })

  test('says what is due the moment it is due, wherever one is', async ({ desk, page }) => {
    await page.goto('/products')
    await page.getByRole('heading', { name: 'No products yet' }).waitFor()
    await planFor(desk, 'Ada Moreau', inHours(3 / 3600))
    await page.getByText('Due now: Ada Moreau').waitFor()
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.waitForURL(/\/leads\//)
  })

  test('is empty and says what would fill it', async ({ page }) => {
    await page.goto('/today')
    await page.getByRole('heading', { name: 'Nothing is due' }).waitFor()
  })
})

test('the rhythm of follow-ups is set under settings, and the next proposal follows it', async ({
  desk,
  page,
}) => {
  const lead = await desk.rapport.leads.create({ body: { full_name: 'Vera Lund' } })
  await page.goto('/settings/follow-ups')
  await page.getByLabel('Until', { exact: true }).fill('08:00')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('This must be later than the beginning.').waitFor()
  await page.getByLabel('Until', { exact: true }).fill('20:00')
  await page.getByLabel('Days until the first').fill('0')
  for (const day of ['Sat', 'Sun']) await page.getByRole('checkbox', { name: day }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The rhythm of follow-ups is saved').waitFor()
  expect(await findViolations(page)).toEqual([])
  const { next_proposed } = await desk.rapport.leadFollowUps.list({ params: { id: lead.id } })
  expect(next_proposed?.due_at.slice(0, 10)).toBe(new Date().toISOString().slice(0, 10))
})

describe('a lead', () => {
  test('shows its follow-ups: one is planned, skipped, taken up again, and told on the timeline', async ({
    desk,
    page,
  }) => {
    const lead = await desk.rapport.leads.create({ body: { full_name: 'Vera Lund' } })
    await page.goto('/leads')
    await page.getByRole('link', { name: 'Vera Lund' }).click()
    const section = panelOf(page).getByRole('region', { name: 'Follow-ups' })
    await section.getByText('Next: follow-up 1').waitFor()
    await section.getByRole('button', { name: 'Plan it' }).click()
    const dialog = page.getByRole('dialog', { name: 'Plan the next follow-up' })
    await dialog.getByLabel('Note').fill('Met at the fair')
    await dialog.getByRole('button', { name: 'Plan it' }).click()
    await section.getByText('Met at the fair').waitFor()
    await section.getByRole('button', { name: 'Log' }).click()
    const log = page.getByRole('dialog', { name: 'What came of follow-up 1?' })
    await log.getByRole('button', { name: 'Skip it' }).click()
    await page
      .getByRole('dialog', { name: 'Plan the next follow-up' })
      .getByRole('button', { name: 'Not now' })
      .click()
    await section.getByText('Skipped').waitFor()
    await section.getByRole('button', { name: 'Take up follow-up 1 again' }).click()
    await section.getByText('Skipped').waitFor({ state: 'hidden' })
    await panelOf(page).getByText('took up follow-up 1 again (Call)').waitFor()
    await expect.poll(async () => (await followUpsOf(desk, lead))[0]?.status).toBe('open')
  })
})
