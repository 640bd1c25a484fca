import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Attachment, Lead } from '@rapport/contracts'
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import type { Desk } from './desk.ts'
import { expect, test } from './journey.ts'

const aLead = ({ rapport }: Desk): Promise<Lead> =>
  rapport.leads.create({ body: { full_name: 'Noor Haddad' } })
const filesOf = async ({ rapport }: Desk, { id }: Lead): Promise<Attachment[]> =>
  (await rapport.attachments.list({ query: { object: 'lead', record_id: id } })).items
const section = (page: Page) => page.getByRole('region', { name: 'Files' })
const chooser = (page: Page) => section(page).locator('input[data-files]')
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** A picture that a browser draws, as PNG. */
async function aPicture(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 400
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('There is no canvas.')
    for (let x = 0; x < 8; x += 1) {
      pen.fillStyle = `hsl(${x * 45} 70% 55%)`
      pen.fillRect(x * 80, 0, 80, 400)
    }
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })
  return Buffer.from(base64, 'base64')
}

/** The smallest document with a line of text. */
const pdf = Buffer.from(
  `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F1 24 Tf 40 100 Td (Offer of May) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF`,
)

describe('files', () => {
  test('are chosen, shown with their picture, seen large one after the other, and saved byte for byte', async ({
    desk,
    page,
  }) => {
    const lead = await aLead(desk)
    await page.goto(`/leads/${lead.id}`)
    await section(page).getByText('Drop files here, or paste a picture.').waitFor()
    const picture = await aPicture(page)
    await chooser(page).setInputFiles([
      { name: 'Stripes.png', mimeType: 'image/png', buffer: picture },
      { name: 'Offer.pdf', mimeType: 'application/pdf', buffer: pdf },
    ])
    await section(page)
      .getByRole('button', { name: /^Stripes\.png/ })
      .waitFor()
    await section(page)
      .getByRole('button', { name: /^Offer\.pdf/ })
      .waitFor()
    // The picture, and the first page of the document.
    await expect.poll(() => section(page).locator('img').count()).toBe(2)
    expect(await findViolations(page)).toEqual([])
    await photograph(page, 'files-list')
    await section(page)
      .getByRole('button', { name: /^Stripes\.png/ })
      .click()
    await page.getByRole('dialog', { name: 'Stripes.png' }).locator('img').waitFor()
    expect(await findViolations(page)).toEqual([])
    await photograph(page, 'files-image')
    const other = page.getByRole('button', { name: 'Next file' })
    await ((await other.isEnabled()) ? other : page.getByRole('button', { name: 'File before' })).click()
    const document = page.getByRole('dialog', { name: 'Offer.pdf' })
    const drawn = document.getByRole('img', { name: 'Offer.pdf, page 1' })
    await drawn.waitFor()
    await expect
      .poll(() =>
        drawn.evaluate((canvas: HTMLCanvasElement) => {
          const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
            data: [],
          }
          return [...data].some((value, index) => index % 4 < 3 && value < 100)
        }),
      )
      .toBe(true)
    await photograph(page, 'files-pdf')
    const saving = page.waitForEvent('download')
    await document.getByRole('button', { name: 'Save' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('Offer.pdf')
    expect(hash(await readFile(await saved.path()))).toBe(hash(pdf))
  })

  test('go on where they stopped when the connection breaks, and arrive byte for byte', async ({
    desk,
    page,
    expectComplaint,
  }) => {
    expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
    const lead = await aLead(desk)
    const bytes = randomBytes(6_500_000)
    await page.goto(`/leads/${lead.id}`)
    await section(page).waitFor()
    const offsets: number[] = []
    await page.route('**/pieces', async (route) => {
      const offset = Number(
        /name="offset"\r\n\r\n(\d+)/.exec(route.request().postDataBuffer()?.toString('latin1') ?? '')?.[1],
      )
      offsets.push(offset)
      if (offsets.length === 4) await page.context().setOffline(true)
      await route.continue()
    })
    await chooser(page).setInputFiles({
      name: 'Film.bin',
      mimeType: 'application/octet-stream',
      buffer: bytes,
    })
    await section(page).getByText('Waits for the connection and goes on by itself').waitFor()
    const [arrived] = await filesOf(desk, lead)
    const { received } = arrived?.versions[0] ?? { received: 0 }
    expect(received).toBeGreaterThan(1_000_000)
    expect(received).toBeLessThan(bytes.length)
    const before = offsets.length
    await page.context().setOffline(false)
    await section(page)
      .getByRole('button', { name: /^Film\.bin/ })
      .waitFor()
    expect(Math.min(...offsets.slice(before))).toBeGreaterThanOrEqual(received - 1024 * 1024)
    const [file] = await filesOf(desk, lead)
    const content = await desk.rapport.attachments.content({ params: { id: file?.id ?? '', number: '1' } })
    expect(hash(Buffer.from(await content.arrayBuffer()))).toBe(hash(bytes))
  })

  test('are paused by hand and go on from there', async ({ desk, page, expectComplaint }) => {
    expectComplaint(/ERR_ABORTED|Failed to load resource/)
    const lead = await aLead(desk)
    await page.goto(`/leads/${lead.id}`)
    await section(page).waitFor()
    let pieces = 0
    let held = () => {}
    await page.route('**/pieces', async (route) => {
      pieces += 1
      if (pieces !== 3) return route.continue()
      // The third one is on its way until somebody has pressed the button, and does not arrive.
      await new Promise<void>((resolve) => (held = resolve))
      await route.abort().catch(() => undefined)
    })
    const buffer = randomBytes(4_500_000)
    await chooser(page).setInputFiles({ name: 'Film.bin', mimeType: 'application/octet-stream', buffer })
    await expect.poll(() => pieces).toBe(3)
    await page.getByRole('button', { name: 'Pause the upload of Film.bin' }).press('Enter')
    held()
    await section(page)
      .getByText(/^Paused at [\d.]+%$/)
      .waitFor()
    expect((await filesOf(desk, lead))[0]?.versions[0]?.received).toBe(2 * 1024 * 1024)
    await page.getByRole('button', { name: 'Go on with the upload of Film.bin' }).press('Enter')
    await section(page)
      .getByRole('button', { name: /^Film\.bin/ })
      .waitFor()
    const [file] = await filesOf(desk, lead)
    const content = await desk.rapport.attachments.content({ params: { id: file?.id ?? '', number: '1' } })
    expect(hash(Buffer.from(await content.arrayBuffer()))).toBe(hash(buffer))
  })

  test('that are programs are refused with words; versions, names and the trash work by menu', async ({
    desk,
    page,
    expectComplaint,
  }) => {
    expectComplaint(/422/)
    const lead = await aLead(desk)
    await page.goto(`/leads/${lead.id}`)
    await section(page).waitFor()
    await chooser(page).setInputFiles({
      name: 'setup.exe',
      mimeType: 'text/plain',
      buffer: Buffer.from('MZ'),
    })
    await section(page).getByRole('alert').getByText('Programs are not taken.').waitFor()
    await section(page).getByRole('button', { name: 'Stop sending setup.exe' }).click()
    await chooser(page).setInputFiles({
      name: 'plan.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('one'),
    })
    const menu = section(page).getByRole('button', { name: 'More about plan.txt' })
    await menu.click()
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('menuitem', { name: 'Add a new version…' }).click()
    await (
      await choosing
    ).setFiles({ name: 'plan-2.txt', mimeType: 'text/plain', buffer: Buffer.from('two!') })
    await section(page)
      .getByText(/Version 2/)
      .waitFor()
    await menu.click()
    await page.getByRole('menuitem', { name: 'Versions' }).click()
    const dialog = page.getByRole('dialog', { name: 'Versions of plan.txt' })
    await expect.poll(() => dialog.getByRole('listitem').count()).toBe(2)
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await menu.click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByLabel('Name of the file').fill('Plan of May.txt')
    await page.keyboard.press('Enter')
    await section(page)
      .getByRole('button', { name: /^Plan of May\.txt/ })
      .waitFor()
    await section(page).getByRole('button', { name: 'More about Plan of May.txt' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await section(page).getByText('Drop files here').waitFor()
    await page.keyboard.press('z')
    await section(page)
      .getByRole('button', { name: /^Plan of May\.txt/ })
      .waitFor()
    await page
      .getByRole('region', { name: 'Timeline' })
      .getByText('added a new version of plan.txt')
      .waitFor()
  })

  test('are dropped and pasted, on a phone, too, in both schemes', async ({ desk, open }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const lead = await aLead(desk)
      const page = await open(desk, { viewport: { width: 375, height: 720 }, colorScheme })
      await page.goto(`/leads/${lead.id}`)
      await section(page).waitFor()
      await section(page).evaluate((element) => {
        const carried = new DataTransfer()
        carried.items.add(new File(['dropped'], 'Dropped with a rather long name of a file.txt'))
        element.dispatchEvent(
          new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }),
        )
        const clipboardData = new DataTransfer()
        clipboardData.items.add(new File(['pasted'], 'Pasted.txt'))
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
      })
      await section(page)
        .getByRole('button', { name: /^Dropped/ })
        .waitFor()
      await section(page)
        .getByRole('button', { name: /^Pasted/ })
        .waitFor()
      await section(page).scrollIntoViewIfNeeded()
      expect(await findViolations(page), colorScheme).toEqual([])
      await photograph(page, `files-phone-${colorScheme}`)
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
    }
  })
})
