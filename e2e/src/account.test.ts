/** What people do with their own account, with a mail server that delivers. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import { aPerson } from './desk.ts'
import { expect, test, type OpenWindow } from './journey.ts'
import { openMailbox, type Mailbox } from './mailbox.ts'
import { startServer, type RunningServer } from './server.ts'

let mailbox: Mailbox
let server: RunningServer
beforeAll(async () => {
  mailbox = await openMailbox()
  server = await startServer({ SMTP_URL: mailbox.url })
})
afterAll(async () => {
  await server?.stop()
  await mailbox?.stop()
})

const fresh = 'an unusual horse of mine'
type Person = ReturnType<typeof aPerson>

/** `/settings/profile#…` → `profile` */
const nameOf = (path: string) => path.split('#')[0]?.split('/').at(-1) ?? path

const openHere = (open: OpenWindow, options = {}) => open(undefined, { baseURL: server.url, ...options })

async function signUp(page: Page, person: Person): Promise<void> {
  await page.goto('/signup')
  await page.getByLabel('Your name').fill(person.full_name)
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByLabel('Organization').fill('Aurora Imports')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/leads')
}

async function logIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.waitForURL('**/leads')
}

async function confirm(page: Page, { email }: Person): Promise<void> {
  await page.goto(await mailbox.linkTo(email, '/verify-email'))
  await page.getByText('Done: your address is confirmed.').waitFor()
}

test('a person confirms the address by the mailed link, and the reminder is gone', async ({
  open,
  expectComplaint,
}) => {
  expectComplaint(/401.*users\/me/)
  const page = await openHere(open)
  const person = aPerson()
  await signUp(page, person)
  await page.getByText(`Confirm your address: we sent a link to ${person.email}.`).waitFor()
  await confirm(page, person)
  expect(new URL(page.url()).hash).toBe('')
  await page.getByRole('link', { name: 'Go to Rapport' }).click()
  await page.getByRole('heading', { name: 'Leads', exact: true }).waitFor()
  expect(await page.getByText('Confirm your address').count()).toBe(0)
})

test('a lost password is replaced through the mail, and the link works once', async ({
  open,
  expectComplaint,
}) => {
  expectComplaint(/401.*users\/me/)
  expectComplaint(/422.*reset-password/)
  const page = await openHere(open)
  const person = aPerson()
  await signUp(page, person)
  await page.getByRole('button', { name: `Account of ${person.full_name}` }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await page.waitForURL('**/login', { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  // Both pages ask for the address: without the wait it may be typed into the one that is leaving.
  await page.getByRole('button', { name: 'Send link' }).waitFor()
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByRole('button', { name: 'Send link' }).click()
  await page.getByText('Look into your mail').waitFor()
  const link = await mailbox.linkTo(person.email, '/reset-password')

  await page.goto(link)
  const field = page.getByLabel('New password', { exact: true })
  await field.fill('password123')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByText('Anybody would guess this one early.').waitFor()
  await field.fill(fresh)
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByText('Your new password is set. Log in with it.').waitFor()
  await logIn(page, { ...person, password: fresh })

  const other = await openHere(open)
  await other.goto(link)
  await other.getByLabel('New password', { exact: true }).fill('yet another horse of mine')
  await other.getByRole('button', { name: 'Set password' }).click()
  await other.getByText('This link was used already or has expired.').waitFor()
})

test('a session that is ended from another device closes there within seconds', async ({
  open,
  expectComplaint,
}) => {
  expectComplaint(/401/)
  const [here, there] = [await openHere(open), await openHere(open)]
  const person = aPerson()
  await signUp(here, person)
  await confirm(here, person)
  await logIn(there, person)
  await here.goto('/settings/security')
  const sessions = here.getByRole('list', { name: 'Sessions' })
  await sessions.getByText('This device').waitFor()
  expect(await sessions.getByRole('listitem').count()).toBe(2)
  await sessions.getByRole('button', { name: /^End session/ }).click()
  await there.waitForURL(/\/login\?.*reason=ended/, { timeout: 10_000 })
  await expect.poll(() => sessions.getByRole('listitem').count()).toBe(1)
})

test('changing the password asks for the old one and ends the other sessions', async ({
  open,
  expectComplaint,
}) => {
  expectComplaint(/401|422/)
  const [here, there] = [await openHere(open), await openHere(open)]
  const person = aPerson()
  await signUp(here, person)
  await confirm(here, person)
  await logIn(there, person)
  await here.goto('/settings/security')
  await here.getByLabel('Current password', { exact: true }).fill('not my password')
  await here.getByLabel('New password', { exact: true }).fill(fresh)
  await here.getByRole('button', { name: 'Change password' }).click()
  await here.getByText('This is not your password.').waitFor()
  await here.getByLabel('Current password', { exact: true }).fill(person.password)
  await here.getByRole('button', { name: 'Change password' }).click()
  await here.getByText('Password changed').waitFor()
  await there.waitForURL(/\/login\?.*reason=ended/, { timeout: 10_000 })
  await logIn(there, { ...person, password: fresh })
})

test('theme and language follow the account to another device', async ({ open, expectComplaint }) => {
  expectComplaint(/401.*users\/me/)
  const here = await openHere(open)
  const person = aPerson()
  await signUp(here, person)
  await confirm(here, person)
  await here.goto('/settings/profile')
  await here.getByRole('combobox', { name: 'Theme' }).click()
  await here.getByRole('option', { name: 'Dark' }).click()
  await expect.poll(() => here.locator('html').getAttribute('data-theme')).toBe('dark')
  await here.getByRole('combobox', { name: 'Language' }).click()
  await here.getByRole('option', { name: 'Português' }).click()
  await here.getByRole('heading', { name: 'Perfil' }).waitFor()
  const there = await openHere(open)
  await logIn(there, person)
  await expect.poll(() => there.locator('html').getAttribute('data-theme')).toBe('dark')
  await there.getByRole('button', { name: 'Novo lead' }).first().waitFor()
})

describe.for([
  { shape: 'desktop', options: { viewport: { width: 1280, height: 900 } } },
  { shape: 'phone', options: { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true } },
])('on a $shape', ({ shape, options }) => {
  test('the account pages have no serious accessibility violation and fit the window', async ({
    open,
    expectComplaint,
  }) => {
    expectComplaint(/401.*users\/me|422.*verify-email/)
    const page = await openHere(open, options)
    const look = async (path: string) => {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await photograph(page, `${nameOf(path)}-${shape}-${colorScheme}`)
        expect(await findViolations(page), `${path} in ${colorScheme}`).toEqual([])
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, path).toBeLessThanOrEqual(0)
    }
    for (const path of ['/forgot-password', '/reset-password#token=none', '/verify-email#token=none'])
      await look(path)
    await signUp(page, aPerson())
    for (const path of ['/settings/profile', '/settings/security']) await look(path)
  })
})
