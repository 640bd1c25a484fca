import { describe } from 'vitest'
import { aPerson, password } from './desk.ts'
import { expect, test } from './journey.ts'

describe('accounts', () => {
  test('signing up creates an organization and lands on its empty list of leads', async ({
    open,
    expectComplaint,
  }) => {
    expectComplaint(/401.*users\/me/) // nobody is logged in yet, and the page asks
    const page = await open()
    const person = aPerson('Carla Mendes')
    await page.goto('/signup')
    await page.getByLabel('Your name').fill(person.full_name)
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByLabel('Organization').fill('Mendes & Filhos')
    await page.getByRole('button', { name: 'Create account' }).click()

    await page.waitForURL('**/leads')
    await page.getByRole('heading', { name: 'No leads yet' }).waitFor()
    await page.getByText('Mendes & Filhos').first().waitFor()
  })

  test('logging out ends the session, and logging in leads back to where one was', async ({
    desk,
    page,
    expectComplaint,
  }) => {
    expectComplaint(/401/)
    await page.goto('/board')
    await page.getByRole('button', { name: 'Account of Ana Lima' }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await page.waitForURL('**/login')

    await page.goto('/board')
    await page.waitForURL('**/login?next=%2Fboard')
    await page.getByLabel('E-mail').fill(desk.email)
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByText(/^E-mail and password do not match/).waitFor()

    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.waitForURL('**/board')
    await page.getByRole('heading', { name: 'Board' }).waitFor()
    expect(await page.evaluate(() => document.cookie)).not.toContain('rapport_session')
  })
})
