/** Today, board and record page without a mouse and without seeing: names, order of the focus, and what is said. */
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { findViolations } from './accessibility.ts'
import { addLeads, type Desk } from './desk.ts'
import { focused, focusIsSeen, heard, listenTo, walk } from './ears.ts'
import { expect, test } from './journey.ts'

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

async function planFor({ rapport }: Desk, full_name: string, due_at: string) {
  const lead = await rapport.leads.create({ body: { full_name, phone: '+14155550132' } })
  await rapport.leadFollowUps.create({ params: { id: lead.id }, body: { due_at, channel: 'call' } })
  return lead
}

/** Past the navigation, as the first stop of every page offers. */
async function skipToContent(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('a Skip to content')
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toMatch(/^main/)
}

const hears = (page: Page, words: string | RegExp) =>
  words instanceof RegExp
    ? expect.poll(() => heard(page)).toMatch(words)
    : expect.poll(() => heard(page)).toContain(words)

describe('by keyboard and ear alone', () => {
  test('a day is worked: every act has a name, is said when it is done, and leaves the focus in its place', async ({
    desk,
    page,
  }) => {
    await planFor(desk, 'Noor Haddad', inHours(-3))
    await planFor(desk, 'Ilse Brandt', inHours(-2))
    await desk.rapport.tasks.create({ body: { title: 'Send the price list', due_at: inHours(-1) } })
    await listenTo(page)
    await page.goto('/today')
    await page.getByRole('checkbox', { name: 'Complete “Send the price list”' }).waitFor()
    await hears(page, 'Today')
    expect(await findViolations(page)).toEqual([])
    await skipToContent(page)
    const stops = await walk(page)
    expect(stops.slice(0, 5)).toEqual([
      expect.stringMatching(/^button Noor Haddad/),
      'a Call Noor Haddad',
      'a Write to Noor Haddad',
      'button Put off Noor Haddad',
      'button Log: Noor Haddad',
    ])
    expect(stops.slice(5, 10).every((stop) => stop.includes('Ilse Brandt'))).toBe(true)
    expect(stops[10]).toBe('checkbox Complete “Send the price list”')

    for (const name of ['Ilse Brandt', 'Noor Haddad']) {
      await page.keyboard.press('k')
      await expect.poll(() => focused(page)).toContain(`button ${name}`)
    }
    expect(await focusIsSeen(page)).toBe(true)
    await page.keyboard.press('l')
    await expect.poll(() => focused(page)).toBe('textarea Outcome')
    await page.keyboard.type('Wants an offer')
    await page.keyboard.press('Enter')
    await hears(page, 'Follow-up 1 is done')
    await page.getByRole('dialog', { name: 'Plan the next follow-up' }).waitFor()
    await page.keyboard.press('Escape')
    await hears(page, '1 done · 2 to go')
    await expect.poll(() => focused(page)).toMatch(/^button Ilse Brandt/)

    await page.keyboard.press('s')
    await expect.poll(() => focused(page)).toMatch(/^menuitem /)
    await page.keyboard.press('Enter')
    await hears(page, 'Follow-up 1 is put off')
    await expect.poll(() => focused(page)).toMatch(/^(button|checkbox) /)

    await page.keyboard.press('k')
    await page.keyboard.press('k')
    await expect.poll(() => focused(page)).toMatch(/^button Send the price list/)
    await page.keyboard.press('l')
    await hears(page, 'Send the price list')
    await page.keyboard.press('z')
    expect(await findViolations(page)).toEqual([])
  })

  test('a board is one stop, gone through by arrows; a card is carried, said at each step, and keeps the focus', async ({
    desk,
    page,
  }) => {
    await addLeads(desk.rapport, [{ full_name: 'Second' }, { full_name: 'First' }])
    await listenTo(page)
    await page.goto('/board')
    await page.getByRole('article', { name: 'First' }).waitFor()
    await hears(page, 'Board')
    expect(await findViolations(page)).toEqual([])
    await skipToContent(page)
    const stops = await walk(page)
    expect(stops.filter((stop) => stop.startsWith('article'))).toEqual(['article First'])
    expect(stops.filter((stop) => !stop.includes(' '))).toEqual([])

    await page.getByRole('article', { name: 'First' }).focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => focused(page)).toBe('article Second')
    expect(await focusIsSeen(page)).toBe(true)
    await page.keyboard.press('Space')
    await hears(page, 'Lifted Second. New, position 2 of 2.')
    await page.keyboard.press('ArrowRight')
    await hears(page, /Second.*Contacted, position 1 of 1/)
    await page.keyboard.press('Space')
    await hears(page, 'Dropped Second in Contacted, position 1 of 1.')
    await expect.poll(() => focused(page)).toBe('article Second')

    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog', { name: 'Leads' })
    await panel.waitFor()
    await expect.poll(() => panel.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })
    await expect.poll(() => focused(page)).toBe('article Second')
  })

  test('a record is read and changed: landmarks and headings lead through it, and every stop has a name', async ({
    desk,
    page,
  }) => {
    const lead = await planFor(desk, 'Noor Haddad', inHours(2))
    const text = { type: 'text', text: 'Met at the fair' }
    await desk.rapport.notes.create({
      body: {
        record: { object: 'lead', id: lead.id },
        body: { type: 'doc', content: [{ type: 'paragraph', content: [text] }] },
      },
    })
    await listenTo(page)
    await page.goto(`/leads/${lead.id}`)
    await page.getByText('Met at the fair').first().waitFor()
    await hears(page, 'Noor Haddad')
    expect(await findViolations(page)).toEqual([])
    expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual(['Noor Haddad'])
    for (const name of ['Details', 'Related']) await page.getByRole('complementary', { name }).waitFor()
    for (const name of ['Follow-ups', 'Files', 'Notes', 'Timeline'])
      await page.getByRole('region', { name }).waitFor()
    await skipToContent(page)
    const stops = await walk(page)
    expect(stops.filter((stop) => !stop.includes(' '))).toEqual([])
    const order = ['More', 'Log', 'Filter'].map((name) =>
      stops.findIndex((stop) => stop.startsWith(`button ${name}`)),
    )
    expect(order).toEqual(order.toSorted((one, other) => one - other))
    expect(order).not.toContain(-1)
    expect(stops.length).toBeGreaterThan(20)
  })
})
