import { describe, inject } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import { expect, test } from './journey.ts'

const callWith = (secret: string) =>
  fetch(new URL('/api/crm/leads', inject('serverUrl')), { headers: { authorization: `Bearer ${secret}` } })

describe('API keys', () => {
  test('are made, shown once, limited, given a new secret and revoked', async ({ page }) => {
    await page.goto('/settings/api-keys')
    await page.getByRole('button', { name: 'New key' }).click()
    const form = page.getByRole('dialog', { name: 'New key' })
    await form.getByLabel('Name').fill('Website')
    await form.getByRole('group', { name: 'Leads' }).getByRole('checkbox', { name: 'create' }).click()
    await photograph(page, 'api-key-new')
    expect(await findViolations(page)).toEqual([])
    await form.getByRole('button', { name: 'Create' }).click()

    const shown = page.getByRole('dialog', { name: 'The key is made' })
    const first = await shown.getByLabel('Secret key').inputValue()
    expect(first).toMatch(/^rap_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$/)
    await photograph(page, 'api-key-secret')
    expect(await findViolations(page)).toEqual([])
    // A stray Escape does not lose the only sight of it.
    await page.keyboard.press('Escape')
    await shown.getByText('You have not copied the key').waitFor()
    await shown.getByRole('button', { name: 'I have copied it' }).click()
    const row = page.getByRole('listitem').filter({ hasText: 'Website' })
    await row.getByText('Leads: see, create').waitFor()
    await photograph(page, 'api-keys')
    expect(await page.content()).not.toContain(first.slice(13))
    expect((await callWith(first)).status).toBe(200)

    await row.getByRole('button', { name: 'What to do with Website' }).click()
    await page.getByRole('menuitem', { name: 'Change what it may do' }).click()
    const scopes = page.getByRole('dialog', { name: 'Website' })
    await scopes.getByRole('combobox', { name: 'Which: Leads, see' }).click()
    await page.getByRole('option', { name: 'own' }).click()
    await scopes.getByRole('button', { name: 'Save' }).click()
    await row.getByText('Leads: see (own), create').waitFor()

    await row.getByRole('button', { name: 'What to do with Website' }).click()
    await page.getByRole('menuitem', { name: 'Give it a new secret' }).click()
    await photograph(page, 'api-key-rotate')
    await page.getByRole('button', { name: 'Make a new secret' }).click()
    const rotated = page.getByRole('dialog', { name: 'The new secret' })
    const second = await rotated.getByLabel('Secret key').inputValue()
    await rotated.getByRole('button', { name: 'I have copied it' }).click()
    await row.getByText(/^Two secrets until/).waitFor()
    expect((await callWith(first)).status).toBe(200)
    expect((await callWith(second)).status).toBe(200)

    await row.getByRole('button', { name: 'What to do with Website' }).click()
    await page.getByRole('menuitem', { name: 'Revoke' }).click()
    await page.getByRole('button', { name: 'Revoke the key' }).click()
    await page.getByRole('heading', { name: 'Revoked in the last 90 days' }).waitFor()
    expect((await callWith(second)).status).toBe(401)
  })

  test('fit on a phone, in the dark and in Portuguese', async ({ desk, open }) => {
    await desk.rapport.apiKeys.create({
      body: { name: 'Integração do site', scopes: ['leads:read:own', 'leads:create', 'pipelines:read'] },
    })
    await desk.rapport.identity.updateMe({ body: { language: 'pt-BR' } })
    const page = await open(desk, {
      viewport: { width: 375, height: 740 },
      colorScheme: 'dark',
      locale: 'pt-BR',
      hasTouch: true,
    })
    await page.goto('/settings/api-keys')
    await page.getByText('Leads: ver (próprios), criar').waitFor()
    await photograph(page, 'api-keys-phone')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Nova chave' }).click()
    await page.getByRole('dialog', { name: 'Nova chave' }).waitFor()
    await photograph(page, 'api-key-new-phone')
    expect(await findViolations(page)).toEqual([])
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(375)
  })
})

describe('the documentation of the API', () => {
  test('works under the policy that allows no inline script and no inline style', async ({ page }) => {
    await page.goto('/api/docs')
    // The page draws operations as they come into view.
    await page.locator('.opblock').first().waitFor()
    await photograph(page, 'api-docs')
  })
})
