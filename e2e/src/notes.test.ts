import type { Lead, Note } from '@rapport/contracts'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import type { Desk } from './desk.ts'
import { expect, test } from './journey.ts'

const aLead = ({ rapport }: Desk, full_name = 'Noor Haddad'): Promise<Lead> =>
  rapport.leads.create({ body: { full_name } })
const line = (text: string): Note['body'] => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const write = ({ rapport }: Desk, { id }: Lead, body: Note['body']) =>
  rapport.notes.create({ body: { record: { object: 'lead', id }, body } })
const notesOf = async ({ rapport }: Desk, { id }: Lead) =>
  (await rapport.notes.list({ query: { object: 'lead', record_id: id } })).items

const section = (page: Page) => page.getByRole('region', { name: 'Notes' })
const editor = (page: Page) => section(page).getByRole('textbox', { name: 'Note', exact: true })
/** There, and what is typed goes into it. */
const ready = (page: Page) => editor(page).and(page.locator(':focus')).waitFor()
async function begin(page: Page): Promise<void> {
  await section(page).getByRole('button', { name: 'Write a note…' }).click()
  await ready(page)
}
const closed = (page: Page) => editor(page).waitFor({ state: 'detached' })
const saved = (page: Page) => section(page).getByText('Saved', { exact: true }).waitFor()

describe('a note', () => {
  test('has what was typed before its editor came', async ({ desk, page }) => {
    const lead = await aLead(desk)
    await page.route(/RichText/, async (route) => {
      await pause(1_000)
      await route.continue()
    })
    await page.goto(`/leads/${lead.id}`)
    await section(page).getByRole('button', { name: 'Write a note…' }).click()
    await page.keyboard.type('Called on')
    await ready(page)
    await page.keyboard.type(' Monday')
    await saved(page)
    expect(await notesOf(desk, lead)).toMatchObject([{ text: 'Called on Monday' }])
  })

  test('is written by keyboard with signs for its form, saves itself and reads the same', async ({
    desk,
    page,
  }) => {
    const lead = await aLead(desk)
    const other = await aLead(desk, 'Vera Lund')
    await page.goto(`/leads/${lead.id}`)
    await begin(page)
    await page.keyboard.type('## Call of Monday')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Wants **two** offers, see https://example.com today')
    await page.keyboard.press('Enter')
    await page.keyboard.type('[ ] Send the first')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Ask @ana')
    await page.getByRole('listbox', { name: 'Members' }).getByRole('option').first().waitFor()
    expect(await editor(page).getAttribute('aria-activedescendant')).toMatch(/-0$/)
    await page.keyboard.press('Enter')
    await page.keyboard.type('about #vera')
    await page.getByRole('option', { name: /Vera Lund/ }).waitFor()
    await page.keyboard.press('Enter')
    await saved(page)
    expect(await findViolations(page)).toEqual([])
    await photograph(page, 'notes-writing')
    await page.keyboard.press('Control+Enter')
    await closed(page)
    const [note] = await notesOf(desk, lead)
    expect(note?.body.content.map(({ type }) => type)).toEqual(['heading', 'paragraph', 'taskList'])
    expect(note?.text).toBe(
      'Call of Monday\nWants two offers, see https://example.com today\nSend the first\nAsk @… about #…',
    )
    expect(note?.records).toEqual([{ object: 'lead', id: other.id, title: 'Vera Lund' }])
    const card = section(page).getByRole('article', { name: 'Note' })
    await card.getByRole('heading', { name: 'Call of Monday' }).waitFor()
    await card.getByText('@Ana Lima').waitFor()
    expect(await card.getByRole('link', { name: 'Vera Lund' }).getAttribute('href')).toBe(
      `/leads/${other.id}`,
    )
    const timeline = page.getByRole('region', { name: 'Timeline' })
    await timeline.getByText('@Ana Lima').waitFor()
    await timeline.getByRole('link', { name: 'Vera Lund' }).waitFor()
    expect(await timeline.getByText(/@…|#…/).count()).toBe(0)
    expect(await findViolations(page)).toEqual([])
    await photograph(page, 'notes-read')
  })

  test('is formatted with the tools, which one reaches by key', async ({ desk, page }) => {
    const lead = await aLead(desk)
    await page.goto(`/leads/${lead.id}`)
    await begin(page)
    await page.keyboard.press('Alt+F10')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Bold')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.keyboard.type('In italics')
    await expect
      .poll(() => section(page).getByRole('button', { name: 'Italic' }).getAttribute('aria-pressed'))
      .toBe('true')
    await page.keyboard.press('Escape')
    await closed(page)
    const [note] = await notesOf(desk, lead)
    expect(note?.body.content[0]?.content?.[0]).toMatchObject({
      text: 'In italics',
      marks: [{ type: 'italic' }],
    })
  })

  test('takes from word processors what it knows and nothing else', async ({ desk, page }) => {
    const lead = await aLead(desk)
    await page.goto(`/leads/${lead.id}`)
    await begin(page)
    const html = `<!--StartFragment--><b style="font-weight:normal" id="docs-internal-guid-1"><p style="color:red">
      <span style="font-weight:700;font-size:24pt">Bold</span><span style="font-weight:400"> plain</span></p></b>
      <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·  </span>First</p>
      <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·  </span>Second</p>
      <script>window.ran = true</script><img src="x" onerror="window.ran = true"><iframe src="https://example.com"></iframe>
      <p><a href="javascript:window.ran=true">press</a></p>`
    // Into what has the focus at that moment, as keys do it.
    await page.evaluate((pasted) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/html', pasted)
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      )
    }, html)
    await editor(page).getByText('Bold').waitFor()
    await saved(page)
    const [note] = await notesOf(desk, lead)
    const kept = JSON.stringify(note?.body)
    expect(note?.body.content[0]?.content).toEqual([
      { type: 'text', text: 'Bold', marks: [{ type: 'bold' }] },
      { type: 'text', text: ' plain' },
    ])
    expect(note?.body.content[1]).toMatchObject({ type: 'bulletList' })
    expect(note?.text).toMatch(/First\s+Second\s+press/)
    expect(kept).not.toContain('javascript')
    expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  })

  test('is kept on the device while there is no connection, and saved when it is back', async ({
    desk,
    page,
    expectComplaint,
  }) => {
    expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
    const lead = await aLead(desk)
    await page.goto(`/leads/${lead.id}`)
    await begin(page)
    await page.keyboard.type('Before')
    await saved(page)
    await page.context().setOffline(true)
    await page.keyboard.type(' and after')
    await section(page)
      .getByText(/^No connection\. It is kept on this device/)
      .waitFor()
    expect((await notesOf(desk, lead))[0]?.text).toBe('Before')
    await page.context().setOffline(false)
    await saved(page)
    expect((await notesOf(desk, lead))[0]?.text).toBe('Before and after')
  })

  test('that somebody else has changed is not written over unasked; after a reload the words are still there', async ({
    desk,
    page,
    expectComplaint,
  }) => {
    expectComplaint(/409/)
    const lead = await aLead(desk)
    const note = await write(desk, lead, line('As it was'))
    await page.goto(`/leads/${lead.id}`)
    await section(page)
      .getByRole('button', { name: /^Edit note/ })
      .click()
    await ready(page)
    await desk.rapport.notes.update({ params: { id: note.id }, body: { body: line('Theirs') } })
    await page.keyboard.type(', mine')
    await section(page)
      .getByText(/has changed this note since/)
      .waitFor()
    expect(await findViolations(page)).toEqual([])
    await photograph(page, 'notes-conflict')
    await page.reload()
    await section(page).getByText('There are words here that were not saved.').waitFor()
    await section(page).getByText('Theirs').waitFor()
    await section(page).getByRole('button', { name: 'Go on writing' }).click()
    await editor(page).getByText('As it was, mine').waitFor()
    await ready(page)
    await page.keyboard.type('!')
    await section(page).getByRole('button', { name: 'Keep mine' }).click()
    await saved(page)
    expect((await notesOf(desk, lead))[0]?.text).toBe('As it was, mine!')
  })

  test('is pinned, brought back to how it was, deleted and taken back', async ({ desk, page }) => {
    const lead = await aLead(desk)
    const note = await write(desk, lead, line('First words'))
    await write(desk, lead, line('Another note'))
    const colleague = await addColleague(desk, 'admin')
    await colleague.rapport.notes.update({ params: { id: note.id }, body: { body: line('Other words') } })
    await page.goto(`/leads/${lead.id}`)
    const cards = section(page).getByRole('article', { name: 'Note' })
    const menu = (place: number) => cards.nth(place).getByRole('button', { name: /^More about/ })
    await menu(1).click()
    await page.getByRole('menuitem', { name: 'Pin' }).click()
    await cards.first().getByText('Pinned').waitFor()
    await cards.first().getByText('Other words').waitFor()
    await menu(0).click()
    await page.getByRole('menuitem', { name: 'History' }).click()
    const dialog = page.getByRole('dialog', { name: 'How this note was' })
    await dialog.getByRole('list', { name: 'Versions' }).getByRole('button').nth(1).click()
    await dialog.getByText('First words').waitFor()
    expect(await findViolations(page)).toEqual([])
    await photograph(page, 'notes-history')
    await dialog.getByRole('button', { name: 'Write it again like this' }).click()
    await cards.first().getByText('First words').waitFor()
    await menu(0).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect.poll(() => cards.count()).toBe(1)
    await page.keyboard.press('z')
    await expect.poll(() => cards.count()).toBe(2)
  })
})

test('who is mentioned hears of it, and all see a note as it is written', async ({ desk, page, open }) => {
  const colleague = await addColleague(desk, 'admin')
  const lead = await aLead(desk)
  const other = await open(colleague)
  await other.goto('/products')
  await other.getByRole('heading', { name: 'No products yet' }).waitFor()
  await page.goto(`/leads/${lead.id}`)
  await section(page).waitFor()
  await write(desk, lead, {
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Look at this, ' },
          { type: 'mention', attrs: { id: colleague.session.user.id } },
        ],
      },
    ],
  })
  await section(page).getByText('Look at this,').waitFor()
  await other.getByText(/mentioned you in a note/).waitFor()
  await other.getByRole('button', { name: 'Open', exact: true }).click()
  await other.waitForURL(/\/leads\//)
  await section(other).getByText('Look at this,').waitFor()
})

test('on a phone, in both schemes, a note is written and read without anything out of reach', async ({
  desk,
  open,
}) => {
  const lead = await aLead(desk)
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await open(desk, { viewport: { width: 375, height: 720 }, colorScheme, hasTouch: true })
    await page.goto(`/leads/${lead.id}`)
    await begin(page)
    await page.keyboard.type('> Written on the way')
    await saved(page)
    expect(await findViolations(page), colorScheme).toEqual([])
    await photograph(page, `notes-phone-${colorScheme}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    await section(page).getByRole('button', { name: /^Done/ }).click()
    await closed(page)
    expect(await findViolations(page), colorScheme).toEqual([])
  }
})
