import type { Page } from 'playwright-core'
import { describe, inject } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import { aPerson, addLeads, password, registerMember } from './desk.ts'
import { expect, test } from './journey.ts'
import { rowOf } from './screens.ts'

const memberOf = (page: Page, name: string) =>
  page
    .getByRole('region', { name: /^Members of/ })
    .getByRole('listitem')
    .filter({ hasText: name })

/** Invites through the dialog and answers the link that it shows once. */
async function invite(page: Page, email: string, role = 'Sales'): Promise<string> {
  await page.goto('/settings/members')
  await page.evaluate(() => {
    const clipboard = { writeText: async (text: string) => void (window.name = text) }
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true })
  })
  await page.getByRole('button', { name: 'Invite people' }).click()
  await page.getByLabel('E-mail addresses').fill(email)
  await page.getByRole('radio', { name: role }).click()
  await page.getByRole('button', { name: 'Send 1 invitation' }).click()
  await page.getByRole('button', { name: `Copy the link for ${email}` }).click()
  await page.getByText('Link copied').first().waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  const link = await page.evaluate(() => window.name)
  return new URL(link).pathname + new URL(link).hash
}

async function signUp(page: Page, full_name: string): Promise<void> {
  await page.getByLabel('Your name').fill(full_name)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await page.waitForURL('**/leads')
}

describe('invitations', () => {
  test('a new person joins by the link, and appears on the inviter’s screen at once', async ({
    desk,
    page,
    open,
    expectComplaint,
  }) => {
    expectComplaint(/401.*users\/me/) // nobody is logged in yet, and the page asks
    expectComplaint(/409.*inspect/) // the link is opened once more after it was used
    await addLeads(desk.rapport, [{ full_name: 'Waiting for Gil' }])
    const { email } = aPerson()
    const link = await invite(page, email)
    await page.getByText(email).first().waitFor()

    const guest = await open()
    await guest.goto(link)
    await guest.getByRole('heading', { name: 'Join Aurora Imports' }).waitFor()
    expect(guest.url()).not.toContain('token')
    expect(await guest.getByLabel('E-mail').inputValue()).toBe(email)
    expect(await findViolations(guest)).toEqual([])
    await photograph(guest, 'accept-invitation')
    await signUp(guest, 'Gil Guest')
    await rowOf(guest, 'Waiting for Gil').waitFor()

    await memberOf(page, 'Gil Guest').getByText(email).waitFor()
    await expect.poll(() => page.getByRole('region', { name: 'Invitations' }).count()).toBe(0)
    expect(await findViolations(page)).toEqual([])
    await photograph(page, 'members')

    await guest.goto(link)
    await guest.getByRole('heading', { name: 'This invitation has been accepted' }).waitFor()
  })

  test('a person with an account logs in on the way, and only with the invited address', async ({
    desk,
    page,
    open,
    expectComplaint,
  }) => {
    expectComplaint(/401.*users\/me/)
    const elsewhere = { full_name: 'Carla Dias', organization_name: 'Elsewhere' }
    const carla = await registerMember(inject('serverUrl'), elsewhere)
    const other = await registerMember(inject('serverUrl'), { ...elsewhere, full_name: 'Olga Other' })
    const link = await invite(page, carla.email, 'Viewer')

    const window = await open(other)
    await window.goto(link)
    await window.getByRole('heading', { name: 'This invitation is for somebody else' }).waitFor()
    await window.getByRole('button', { name: 'Log out and go on' }).click()
    await window.getByRole('link', { name: 'Log in' }).click()
    await window.getByLabel('E-mail').fill(carla.email)
    await window.getByLabel('Password', { exact: true }).fill(password)
    await window.getByRole('button', { name: 'Log in' }).click()
    await window.getByRole('button', { name: 'Join Aurora Imports' }).click()
    await window.waitForURL('**/leads')
    await window
      .getByRole('button', { name: /^Aurora Imports: organizations/ })
      .first()
      .click()
    await window.getByRole('menuitemradio', { name: 'Elsewhere' }).waitFor()
    expect((await desk.rapport.members.list()).items.map(({ email }) => email)).toContain(carla.email)
  })

  test('one that was taken back opens nothing', async ({ page, open, expectComplaint }) => {
    expectComplaint(/401.*users\/me|409/)
    const { email } = aPerson()
    const link = await invite(page, email)
    await page.getByRole('button', { name: `Take back the invitation to ${email}` }).click()
    await page.getByText(`The invitation to ${email} was taken back`).first().waitFor()
    const guest = await open()
    await guest.goto(link)
    await guest.getByRole('heading', { name: 'This invitation was taken back' }).waitFor()
  })
})

describe('a member who is deactivated', () => {
  test('is out within seconds, wherever they are, and their leads are somebody else’s', async ({
    desk,
    page,
    open,
    expectComplaint,
  }) => {
    expectComplaint(/403/)
    const bruno = await addColleague(desk, 'sales')
    await addLeads(bruno.rapport, [{ full_name: 'Lead of Bruno' }])
    const window = await open(bruno)
    await window.goto('/leads')
    await rowOf(window, 'Lead of Bruno').waitFor()
    await window.getByRole('button', { name: 'Live: changes by others appear at once' }).waitFor()

    await page.goto('/settings/members')
    await page.getByRole('button', { name: 'Actions for Bruno Souza' }).click()
    await page.getByRole('menuitem', { name: 'Deactivate…' }).click()
    await page.getByText('They own 1 record.').waitFor()
    await page.getByText('Give the records to somebody else').click()
    await page.getByRole('combobox', { name: 'New owner of the records' }).click()
    await page.getByRole('option', { name: /Ana Lima/ }).click()
    await page.getByRole('button', { name: 'Deactivate', exact: true }).click()

    await window.getByRole('heading', { name: 'You are no longer a member of Aurora Imports' }).waitFor({
      timeout: 10_000,
    })
    expect(await window.getByText('Lead of Bruno').count()).toBe(0)
    await window.getByRole('button', { name: 'Elsewhere' }).waitFor()
    await expect.poll(() => window.getByRole('button', { name: 'Aurora Imports' }).count()).toBe(0)
    await expect
      .poll(async () => (await desk.rapport.leads.list()).items.map(({ owner_id }) => owner_id))
      .toEqual([desk.session.user.id])
    await expect.poll(() => memberOf(page, 'Bruno Souza').count()).toBe(0)
  })
})

test('ownership passes on with the own password', async ({ desk, page, expectComplaint }) => {
  expectComplaint(/422/)
  const heir = await addColleague(desk, 'sales')
  await page.goto('/settings/members')
  await page.getByRole('button', { name: 'Actions for Bruno Souza' }).click()
  await page.getByRole('menuitem', { name: 'Transfer ownership…' }).click()
  await page.getByLabel('Your password').fill('not the password')
  await page.getByRole('button', { name: 'Transfer ownership' }).click()
  await page.getByText('This is not your password.').waitFor()
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Transfer ownership' }).click()
  await memberOf(page, 'Bruno Souza').getByText('Owner').waitFor()
  const roles = new Map((await heir.rapport.members.list()).items.map(({ user_id, role }) => [user_id, role]))
  expect(roles.get(desk.session.user.id)).toBe('admin')
})
