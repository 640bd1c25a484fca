import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { addLeads, type Desk } from './desk.ts'
import { expect, test } from './journey.ts'
import { rowOf } from './screens.ts'
import { fillDay, fillDeals, fillDesk, fillPeople } from './sample.ts'

const settings = [
  'profile',
  'security',
  'notifications',
  'exports',
  'organization',
  'members',
  'roles',
  'teams',
  'features',
  'api-keys',
  'audit',
  'privacy',
  'follow-ups',
]

describe('the shell', () => {
  test('the palette finds a lead by a part of its name and goes there', async ({ desk, page }) => {
    await addLeads(desk.rapport, [{ full_name: 'Rosa Guimarães' }, { full_name: 'Somebody Else' }])
    await page.goto('/board')
    await page.getByRole('heading', { name: 'Board' }).waitFor()
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Command palette' })
    await palette.getByRole('combobox').fill('guimar')
    await palette.getByRole('option', { name: /Rosa Guimarães/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Rosa Guimarães', level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/leads\/[0-9a-f-]{36}$/)

    // The two keys belong together only within a second, which a busy machine may let pass.
    await expect
      .poll(async () => {
        await page.keyboard.press('g')
        await page.keyboard.press('l')
        return new URL(page.url()).pathname
      })
      .toBe('/leads')
    await rowOf(page, 'Somebody Else').waitFor()
  })

  test('the banner tells of a lost connection, and goes when it is back', async ({
    page,
    expectComplaint,
  }) => {
    expectComplaint(/ERR_INTERNET_DISCONNECTED|WebSocket/)
    await page.goto('/leads')
    await page.getByRole('button', { name: 'Live: changes by others appear at once' }).waitFor()
    const banner = page.getByText('You are offline. What you see may be old; changes will not be saved.')
    await page.context().setOffline(true)
    await banner.waitFor()
    await page.context().setOffline(false)
    await banner.waitFor({ state: 'hidden' })
    await page.getByText('Connected again').first().waitFor()
    await page.getByRole('button', { name: 'Live: changes by others appear at once' }).waitFor()
  })

  test('switching to Portuguese leaves no English text and no key on any page', async ({ desk, page }) => {
    await fillDesk(desk)
    await fillDay(desk)
    const { items } = await desk.rapport.leads.list({ query: { q: 'Mariana' } })
    const people = await fillPeople(desk, items[0]?.id ?? '')
    const { company_id, contact_id } = people
    const { deal_id, pipeline_id } = await fillDeals(desk, people)
    const products = await desk.rapport.products.list()
    const channel = await desk.rapport.chat.createChannel({ body: { kind: 'private', name: 'arrivals' } })
    await desk.rapport.chat.post({
      params: { id: channel.id },
      body: { client_id: 'first', body: 'Wants a quote for two containers' },
    })
    const addresses = [
      '/today',
      '/leads',
      '/contacts',
      `/contacts?contact=${contact_id}`,
      `/contacts/${contact_id}`,
      '/companies',
      `/companies/${company_id}`,
      `/leads?lead=${items[0]?.id}`,
      `/leads/${items[0]?.id}`,
      '/board',
      `/board?pipeline=${pipeline_id}`,
      '/deals',
      '/deals?new=1',
      `/deals?deal=${deal_id}`,
      `/deals/${deal_id}`,
      '/products',
      `/products/${products.items[0]?.id}`,
      '/imports',
      '/settings/pipelines',
      '/chat',
      `/chat/${channel.id}`,
      `/chat/${channel.id}?panel=files`,
      `/chat/${channel.id}?panel=reminders`,
      ...settings.map((name) => `/settings/${name}`),
    ]
    const english: string[][] = []
    for (const address of addresses) english.push(await readPage(page, address))

    await page.getByRole('button', { name: 'Language' }).click()
    await page.getByRole('menuitemradio', { name: 'Português (Brasil)' }).click()
    await expect.poll(() => page.getAttribute('html', 'lang')).toBe('pt-BR')

    const data = await dataOf(desk)
    for (const [index, address] of addresses.entries()) {
      const shown = await readPage(page, address)
      expect(
        shown.filter((text) => rawKey.test(text)),
        `keys on ${address}`,
      ).toEqual([])
      const left = shown.filter((text) => english[index]?.includes(text) && !isData(text, data))
      expect(
        left.filter((text) => !alike.test(text)),
        `English on ${address}`,
      ).toEqual([])
    }
    // Some sixty pages, each twice.
  }, 240_000)
})

const rawKey =
  /\b(account|apiKeys|audit|auth|board|bulk|chat|common|deals|disputes|features|followUps|imports|members|notifications|organization|permissions|pipelines|presence|privacy|records|roles|security|shell|table|tags|teams|today|undo)\.[a-z_]+(\.[a-z_]+)*\b/

/** Words that both languages spell alike. */
const alike =
  /^(Status|Total|Emoji|Push|LinkedIn|E-mail(: .*)?|WhatsApp|[A-Z][a-z]+\/[A-Z][A-Za-z_]+|Follow-ups?( \d)?( · Rapport)?|Rapport|Ctrl|CSV|(\d+ )?leads?( · Rapport)?)$/i

/** Every text on a page: what is written, what is read aloud, what is hinted. */
async function readPage(page: Page, address: string): Promise<string[]> {
  await page.goto(address)
  await page.locator('main h1').waitFor()
  await page.waitForLoadState('networkidle')
  const texts = await page.evaluate(() => {
    const found: string[] = [document.title.replace(/^\(\d+\) /, '')]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) found.push(walker.currentNode.textContent ?? '')
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '')
    return found.map((text) => text.replaceAll(/\s+/g, ' ').trim())
  })
  return [...new Set(texts)].filter((text) => /\p{Letter}{2}/u.test(text))
}

/** What the organization wrote itself stays as it is in every language. */
async function dataOf(desk: Desk): Promise<string> {
  const { items } = await desk.rapport.leads.list()
  const people = await desk.rapport.contacts.list()
  const companies = await desk.rapport.companies.list()
  const { user, organization } = desk.session
  return JSON.stringify([
    items,
    people.items,
    companies.items,
    (await desk.rapport.deals.list({ query: { include: 'company' } })).items,
    (await desk.rapport.products.list()).items,
    (await desk.rapport.pipelines.list()).items,
    await desk.rapport.lostReasons.get(),
    'Sponsor · Meridiano Participações',
    'Decision maker · Meridiano Participações',
    (await desk.rapport.followUps.list()).items,
    'Customs clearance',
    'arrivals',
    user,
    organization,
    'Wants a quote for two containers',
  ])
}

const isData = (text: string, data: string) => {
  const known = text.replaceAll(/^\(\d+\) |[“”]| · Rapport$/g, '')
  return data.includes(known) || /^\p{Lu}{2}$/u.test(text) || text.startsWith('Wants a quote')
}
