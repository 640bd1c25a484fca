/** Logging in at a real OpenID provider, in a real browser. */
import { createServer, type AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { client, startOpenIdProvider } from '../../apps/server/src/testing/openid-provider.ts'
import { findViolations, photograph } from './accessibility.ts'
import { aPerson, password, registerMember } from './desk.ts'
import { expect, test } from './journey.ts'
import { startServer, type RunningServer } from './server.ts'

const people = new Map<string, { email: string; email_verified: boolean; name: string }>()
let server: RunningServer
let provider: Awaited<ReturnType<typeof startOpenIdProvider>>

/** Its pages ask for a font on the internet, and have no icon. */
const providersOwn = /fonts\.googleapis|favicon/

/** The provider has to know where to send people back to before the server runs. */
async function findFreePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, 'localhost', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

beforeAll(async () => {
  const port = await findFreePort()
  provider = await startOpenIdProvider([`http://localhost:${port}/sign-in/oidc`], people)
  server = await startServer({
    ...client,
    PORT: String(port),
    OIDC_ISSUER: provider.issuer,
    OIDC_NAME: 'Acme',
  })
})
afterAll(async () => {
  await server?.stop()
  await provider?.stop()
})

/** The provider's own pages: who one is, and that Rapport may know. */
async function passProvider(page: Page, subject: string): Promise<void> {
  await page.waitForURL(`${provider.issuer}/**`)
  await page.getByPlaceholder('Enter any login').fill(subject)
  await page.getByPlaceholder('and password').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

describe('an account at a provider', () => {
  test('opens a new account, and the same one next time', async ({ open, expectComplaint }) => {
    expectComplaint(providersOwn)
    expectComplaint(/401|409/)
    const { email } = aPerson()
    people.set('clara', { email, email_verified: true, name: 'Clara Nunes' })
    const page = await open(undefined, { baseURL: server.url })
    await page.goto('/login?next=%2Fboard')
    await page.getByRole('button', { name: 'Continue with Acme' }).waitFor()
    await photograph(page, 'log-in-with-providers')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Continue with Acme' }).click()
    await passProvider(page, 'clara')
    await page.waitForURL('**/board')
    await page.getByRole('button', { name: 'Account of Clara Nunes' }).waitFor()

    await page.goto('/settings/security')
    await page.getByRole('region', { name: 'Other accounts' }).getByText(email).waitFor()
    await page.getByRole('button', { name: 'Unlink' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click()
    await page.getByText('This is the only way into your account.').first().waitFor()
  })

  test('is linked to an account that exists once its password is typed', async ({
    open,
    expectComplaint,
  }) => {
    expectComplaint(providersOwn)
    expectComplaint(/401|409/)
    const { email } = await registerMember(server.url, { organization_name: 'Aurora Imports' })
    people.set('ana', { email, email_verified: true, name: 'Ana' })
    const page = await open(undefined, { baseURL: server.url })
    await page.goto('/login')
    await page.getByRole('button', { name: 'Continue with Acme' }).click()
    await passProvider(page, 'ana')
    await page.getByRole('heading', { name: 'Is this your account?' }).waitFor()
    await photograph(page, 'provider-password')
    expect(await findViolations(page)).toEqual([])
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Link and log in' }).click()
    await page.waitForURL('**/leads')
    await page.getByRole('button', { name: 'Account of Ana Lima' }).waitFor()
  })

  test('is linked and unlinked in the settings', async ({ open, expectComplaint }) => {
    expectComplaint(providersOwn)
    expectComplaint(/401|409/)
    const member = await registerMember(server.url, { organization_name: 'Aurora Imports' })
    people.set('work', { email: 'work@example.com', email_verified: false, name: 'Work' })
    const page = await open(undefined, { baseURL: server.url })
    await page.context().addCookies([{ name: 'rapport_session', value: member.cookie, url: server.url }])
    await page.goto('/settings/security')
    await page.getByRole('button', { name: 'Link Acme' }).click()
    await passProvider(page, 'work')
    await page.waitForURL('**/settings/security')
    await page.getByText('work@example.com').waitFor()
    await page.getByRole('button', { name: 'Unlink' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click()
    await page.getByText('Acme is unlinked.').waitFor()
  })

  test('that is not vouched for is refused in words', async ({ open, expectComplaint }) => {
    expectComplaint(providersOwn)
    expectComplaint(/40[13]/)
    people.set('nobody', { email: 'nobody@example.com', email_verified: false, name: 'Nobody' })
    const page = await open(undefined, { baseURL: server.url })
    await page.goto('/login')
    await page.getByRole('button', { name: 'Continue with Acme' }).click()
    await passProvider(page, 'nobody')
    await page.getByText('Acme does not vouch for your e-mail address').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('link', { name: 'Back to log-in' }).click()
    await page.waitForURL('**/login')
  })
})
