import { describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import type { Desk } from './desk.ts'
import { expect, test } from './journey.ts'

const grace = { full_name: 'Grace Hopper', email: 'grace@navy.example', phone: '+44 20 7946 0001' }

/** Two records of one person, and a note on the one that will be lost. */
async function twoOfGrace({ rapport }: Desk) {
  const winner = await rapport.contacts.create({
    body: { ...grace, position: 'Rear admiral', city: 'Arlington', country: 'US', tags: ['Speaker'] },
  })
  const loser = await rapport.contacts.create({
    body: { ...grace, full_name: 'Grace Hoper', city: 'New York', tags: ['Navy'] },
  })
  await rapport.contacts.create({ body: { full_name: 'Alan Turing', email: 'alan@bletchley.example' } })
  await rapport.contacts.logActivity({
    params: { id: loser.id },
    body: { type: 'call', body: 'About COBOL.' },
  })
  return { winner, loser }
}

describe('possible duplicates', () => {
  test('are found, compared, merged by choice of fields, and taken apart again', async ({ desk, page }) => {
    const { rapport } = desk
    const { winner, loser } = await twoOfGrace(desk)
    await page.goto('/contacts')
    await page.getByRole('button', { name: 'Duplicates' }).click()
    await page.waitForURL('**/duplicates?object=contact')
    await page.getByText('No possible duplicates').waitFor()
    await page.getByRole('button', { name: 'Look for duplicates' }).click()
    const pair = page.getByRole('list', { name: 'Duplicates' }).getByRole('listitem').first()
    await pair.getByText('E-mail the same').waitFor()
    await photograph(page, 'duplicates')
    expect(await findViolations(page)).toEqual([])

    await page.keyboard.press('m')
    const dialog = page.getByRole('dialog', { name: 'Make one of them' })
    await dialog
      .getByRole('radio', { name: /^Grace Hopper/ })
      .first()
      .waitFor()
    await dialog.getByRole('radiogroup', { name: 'City' }).getByRole('radio', { name: 'New York' }).click()
    await photograph(page, 'merge-dialog')
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Merge' }).click()
    await page.getByText('Merged into Grace Hopper').first().waitFor()
    await page.getByText('No possible duplicates').waitFor()
    const merged = await rapport.contacts.get({ params: { id: winner.id } })
    expect(merged).toMatchObject({ full_name: 'Grace Hopper', city: 'New York', position: 'Rear admiral' })
    expect(merged.tags.map(({ name }) => name).toSorted()).toEqual(['Navy', 'Speaker'])

    await page.goto(`/contacts/${winner.id}`)
    await page.getByText('About COBOL.').waitFor()
    await page.goto(`/contacts/${loser.id}`)
    const notice = page.getByRole('region', { name: 'Duplicates' }).locator('visible=true')
    await notice.getByRole('link', { name: 'Grace Hopper' }).waitFor()
    await photograph(page, 'merged-into')
    await notice.getByRole('button', { name: 'Take the merge back' }).click()
    await page.getByText('The merge was taken back').first().waitFor()
    await expect
      .poll(async () => (await rapport.contacts.get({ params: { id: loser.id } })).deleted_at)
      .toBeNull()
    expect(await rapport.contacts.get({ params: { id: winner.id } })).toMatchObject({ city: 'Arlington' })
  })

  test('are told on the page of a record, and stay two when one says so', async ({ desk, page }) => {
    const { rapport } = desk
    const { winner } = await twoOfGrace(desk)
    await rapport.duplicates.scan({ body: { object: 'contact' } })
    await expect
      .poll(async () => (await rapport.duplicates.list({ query: { object: 'contact' } })).items.length)
      .toBe(1)
    await page.goto(`/contacts/${winner.id}`)
    const notice = page.getByRole('region', { name: 'Duplicates' }).locator('visible=true')
    await notice.getByText('1 possible duplicate').waitFor()
    await photograph(page, 'duplicate-notice')
    await page.goto('/duplicates?object=contact')
    await page.getByRole('button', { name: /^Not a duplicate:/ }).click()
    await page.getByText('No possible duplicates').waitFor()
    const { items } = await rapport.duplicates.list({ query: { object: 'contact', state: 'dismissed' } })
    expect(items).toHaveLength(1)
  })

  test('are told quietly while one types a new record', async ({ desk, page }) => {
    await twoOfGrace(desk)
    await page.goto('/contacts')
    await page.getByRole('button', { name: 'New contact' }).click()
    const dialog = page.getByRole('dialog', { name: 'New contact' })
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('grace@navy.example')
    const there = dialog.getByRole('status', { name: 'May be there already' })
    await there.getByRole('link', { name: 'Grace Hopper' }).waitFor()
    await there.getByText('E-mail the same').first().waitFor()
    await photograph(page, 'duplicate-entry')
    expect(await findViolations(page)).toEqual([])
    // It stands in nobody's way.
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Grace of another navy')
    await dialog.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByText('Grace of another navy').first().waitFor()
  })
})
