import { createHmac } from 'node:crypto'
import type { CDPSession, Page } from 'playwright-core'
import { describe } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import { addColleague } from './colleague.ts'
import { password } from './desk.ts'
import { expect, test } from './journey.ts'

const step_s = 30

/** The code that an authenticator app shows, some steps from now (RFC 6238). */
function codeOf(secret: string, steps = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(secret, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / step_s) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

const section = (page: Page, name: string) => page.getByRole('region', { name })

/** Through the dialog, as a person would; answers the app's secret and the recovery codes. */
async function setUpTwoFactor(page: Page): Promise<{ secret: string; recovery_codes: string[] }> {
  await page.getByRole('button', { name: 'Set up' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up two-factor' })
  await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  const secret = (await dialog.locator('code').innerText()).replaceAll(' ', '')
  await dialog.getByLabel('Code from the app').fill(codeOf(secret))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  const codes = page.getByRole('dialog', { name: 'Recovery codes' })
  await codes.getByRole('listitem').first().waitFor()
  const recovery_codes = await codes.getByRole('listitem').allInnerTexts()
  await codes.getByRole('button', { name: 'I have saved them' }).click()
  await codes.waitFor({ state: 'hidden' })
  return { secret, recovery_codes }
}

async function typePassword(page: Page, email: string): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
}

/** A device with a fingerprint reader that always recognises its owner: the browser's own, over real cryptography. */
async function withPasskeys(page: Page): Promise<CDPSession> {
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return device
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await section(page, 'Passkeys').getByText(name, { exact: true }).waitFor()
}

describe('two-factor', () => {
  test('is set up with an app, asked for at the next log-in, and stood in for by a recovery code', async ({
    desk,
    page,
    open,
    expectComplaint,
  }) => {
    expectComplaint(/401/)
    await page.goto('/settings/security')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Set up' }).click()
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
    await photograph(page, 'two-factor-set-up')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    const { secret, recovery_codes } = await setUpTwoFactor(page)
    expect(recovery_codes).toHaveLength(10)
    await section(page, 'Two-factor').getByText('10 recovery codes left').waitFor()

    const window = await open()
    await typePassword(window, desk.email)
    await window.getByRole('heading', { name: 'One more step' }).waitFor()
    await photograph(window, 'second-step')
    expect(await findViolations(window)).toEqual([])
    await window.getByLabel('Code').fill('000000')
    await window.getByRole('button', { name: 'Log in', exact: true }).click()
    await window.getByText('This code is wrong or was used before.').waitFor()
    await window.getByLabel('Code').fill(codeOf(secret, 1))
    await window.getByRole('button', { name: 'Log in', exact: true }).click()
    await window.waitForURL('**/leads')

    const another = await open()
    await typePassword(another, desk.email)
    await another.getByRole('button', { name: 'Use a recovery code' }).click()
    await another.getByLabel('Recovery code').fill(recovery_codes[0]?.toUpperCase() ?? '')
    await another.getByRole('button', { name: 'Log in', exact: true }).click()
    await another.waitForURL('**/leads')
    await another.goto('/settings/security')
    await section(another, 'Two-factor').getByText('9 recovery codes left').waitFor()

    await another.getByRole('button', { name: 'Turn off' }).click()
    const dialog = another.getByRole('dialog', { name: 'Turn two-factor off?' })
    await dialog.getByLabel('Your password').fill(password)
    await dialog.getByLabel('Code from the app, or a recovery code').fill(recovery_codes[1] ?? '')
    await dialog.getByRole('button', { name: 'Turn off' }).click()
    await another.getByRole('button', { name: 'Set up' }).waitFor()
  })

  test('is asked of all members by an organization that wants it', async ({
    desk,
    page,
    open,
    expectComplaint,
  }) => {
    expectComplaint(/403|401/)
    await page.goto('/settings/security')
    await setUpTwoFactor(page)
    await page.getByRole('switch', { name: 'Ask two-factor of all members' }).click()
    await page.getByText('From now on all members need two-factor.').waitFor()

    const window = await open(await addColleague(desk, 'sales'))
    await window.goto('/board')
    await window.getByRole('heading', { name: 'Two-factor is needed' }).waitFor()
    await photograph(window, 'two-factor-pending')
    expect(await findViolations(window)).toEqual([])
    await setUpTwoFactor(window)
    await window.waitForURL('**/leads')
    await window.getByRole('heading', { name: 'Leads', exact: true }).waitFor()
  })
})

/** As the server answers a quarter of an hour after the log-in, which no test waits for; once. */
const asIfLongAgo = (page: Page) =>
  page.route(
    '**/api/users/me/two-factor',
    (route) =>
      route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 403, code: 'confirmation_required', detail: '', request_id: 'old' }),
      }),
    { times: 1 },
  )

describe('a change to the ways in', () => {
  test('asks once more who one is when the log-in is long ago, and then goes on by itself', async ({
    page,
    expectComplaint,
  }) => {
    expectComplaint(/403/)
    await page.goto('/settings/security')
    await asIfLongAgo(page)
    await page.getByRole('button', { name: 'Set up' }).click()
    const question = page.getByRole('dialog', { name: 'Is it you?' })
    await question.getByLabel('Your password').fill('not the password')
    await question.getByRole('button', { name: 'Confirm' }).click()
    await question.getByText('That is not right. Try again.').waitFor()
    await photograph(page, 'confirm-identity')
    expect(await findViolations(page)).toEqual([])
    await question.getByLabel('Your password').fill(password)
    await question.getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  })
})

describe('a passkey', () => {
  test('is made, renamed, used to log in without a password, and removed', async ({
    page,
    expectComplaint,
  }) => {
    expectComplaint(/401/)
    await withPasskeys(page)
    await page.goto('/settings/security')
    await addPasskey(page, 'Laptop')
    await page.getByRole('button', { name: 'What to do with Laptop' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByRole('dialog', { name: 'Rename the passkey' }).getByLabel('Name').fill('Work laptop')
    await page.getByRole('button', { name: 'Save' }).click()
    await section(page, 'Passkeys').getByText('Work laptop').waitFor()
    await photograph(page, 'security-settings')
    expect(await findViolations(page)).toEqual([])

    await page.getByRole('button', { name: 'Account of Ana Lima' }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await page.waitForURL('**/login')
    await photograph(page, 'log-in')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Continue with a passkey' }).click()
    await page.waitForURL('**/leads')

    await page.goto('/settings/security')
    await page.getByRole('button', { name: 'What to do with Work laptop' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Remove the passkey' }).click()
    await page.getByText('Work laptop opens your account no more.').waitFor()
  })

  test('answers the second step instead of a code', async ({ desk, page, expectComplaint }) => {
    expectComplaint(/401/)
    await withPasskeys(page)
    await page.goto('/settings/security')
    await addPasskey(page, 'Laptop')
    await setUpTwoFactor(page)
    await page.getByRole('button', { name: 'Account of Ana Lima' }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await page.waitForURL('**/login')
    await typePassword(page, desk.email)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.waitForURL('**/leads')
  })
})
