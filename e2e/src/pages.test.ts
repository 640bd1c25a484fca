import type { Page } from 'playwright-core'
import { describe, inject } from 'vitest'
import { findViolations, photograph } from './accessibility.ts'
import { openDesk, type Desk } from './desk.ts'
import { expect, test as base } from './journey.ts'
import {
  fillDay,
  fillDeals,
  fillDesk,
  fillPeople,
  importFiles,
  makeKeys,
  type SampleImports,
} from './sample.ts'

/** What each screen shows when it is ready, and how one gets there. */
type Sample = Desk & {
  imports: SampleImports
  people: Awaited<ReturnType<typeof fillPeople>>
  deals: Awaited<ReturnType<typeof fillDeals>>
}
type Screen = { name: string; visit: (page: Page, sample: Sample) => Promise<unknown> }

const publicScreens: Screen[] = [
  {
    name: 'log-in',
    visit: async (page) => {
      await page.goto('/login')
      await page.getByRole('button', { name: 'Log in' }).waitFor()
    },
  },
  {
    name: 'sign-up',
    visit: async (page) => {
      await page.goto('/signup')
      await page.getByRole('button', { name: 'Create account' }).click()
      await page.getByText('This is needed.').first().waitFor()
    },
  },
]

/** The settings pages are reached by their address and are ready when their data is there. */
function settingsScreens(): Screen[] {
  const ready: Record<string, string | RegExp> = {
    profile: 'Language',
    security: 'This device',
    organization: 'Currency',
    members: 'Owner',
    roles: /Lead generator/,
    teams: 'Teams',
    features: 'Imports',
    audit: 'Created',
    'follow-ups': 'Until',
    privacy: 'Request of a person',
  }
  return Object.entries(ready).map(([name, text]) => ({
    name,
    visit: async (page) => {
      await page.goto(`/settings/${name}`)
      await page.locator('main').getByText(text).locator('visible=true').first().waitFor()
    },
  }))
}

const screens: Screen[] = [
  {
    name: 'leads',
    visit: async (page) => {
      await page.goto('/leads')
      await page.getByText('Priya Raman').waitFor()
    },
  },
  {
    name: 'new-lead',
    visit: async (page) => {
      await page.goto('/leads')
      await page.getByRole('button', { name: 'New lead' }).click()
      await page.getByRole('dialog', { name: 'New lead' }).waitFor()
    },
  },
  {
    name: 'lead-panel',
    visit: async (page) => {
      await page.goto('/leads')
      await page.getByRole('link', { name: /Mariana Duarte/ }).click()
      await page.getByText('logged a call').waitFor()
    },
  },
  {
    name: 'lead-page',
    visit: async (page, desk) => {
      const { items } = await desk.rapport.leads.list({ query: { q: 'Mariana' } })
      await page.goto(`/leads/${items[0]?.id}`)
      await page.getByText('logged a call').waitFor()
    },
  },
  {
    name: 'today',
    visit: async (page) => {
      await page.goto('/today')
      await page.getByRole('region', { name: 'Overdue' }).getByText('Mariana Duarte').first().waitFor()
    },
  },
  {
    name: 'dashboard',
    visit: async (page) => {
      await page.goto('/dashboard')
      await page
        .getByRole('region', { name: 'Open pipeline' })
        .getByText('when the month began')
        .first()
        .waitFor()
    },
  },
  {
    name: 'forecast',
    visit: async (page) => {
      await page.goto('/forecast')
      await page.getByRole('heading', { name: 'What changed' }).waitFor()
    },
  },
  {
    name: 'plan-follow-up',
    visit: async (page) => {
      await page.goto('/leads')
      await page.getByRole('link', { name: /Otávio Ferraz/ }).click()
      await page.getByRole('button', { name: 'Plan follow-up' }).click()
      await page.getByRole('dialog', { name: 'Plan follow-up' }).waitFor()
    },
  },
  {
    name: 'contacts',
    visit: async (page) => {
      await page.goto('/contacts')
      await page.getByText('Inês Valadares').waitFor()
    },
  },
  {
    name: 'new-contact',
    visit: async (page) => {
      await page.goto('/contacts')
      await page.getByRole('button', { name: 'New contact' }).click()
      await page.getByRole('dialog', { name: 'New contact' }).waitFor()
    },
  },
  {
    name: 'contact-page',
    visit: async (page, { people }) => {
      await page.goto(`/contacts/${people.contact_id}`)
      await page.getByText('linked the lead').waitFor()
    },
  },
  {
    name: 'companies',
    visit: async (page) => {
      await page.goto('/companies')
      await page.getByText('Quasar Metais').waitFor()
    },
  },
  {
    name: 'company-panel',
    visit: async (page, { people }) => {
      await page.goto(`/companies?company=${people.company_id}`)
      await page.getByText('Subsidiaries').locator('visible=true').first().waitFor()
    },
  },
  {
    name: 'company-page',
    visit: async (page, { people }) => {
      await page.goto(`/companies/${people.company_id}`)
      await page.getByText('Won · 1').locator('visible=true').waitFor()
    },
  },
  {
    name: 'deals',
    visit: async (page) => {
      await page.goto('/deals')
      await page.getByText('Two containers a month').waitFor()
    },
  },
  {
    name: 'new-deal',
    visit: async (page) => {
      await page.goto('/deals?new=1')
      await page.getByRole('dialog', { name: 'New deal' }).waitFor()
    },
  },
  {
    name: 'deal-panel',
    visit: async (page, { deals }) => {
      await page.goto(`/deals?deal=${deals.deal_id}`)
      await page.getByText('Customs clearance').first().waitFor()
    },
  },
  {
    name: 'deal-page',
    visit: async (page, { deals }) => {
      await page.goto(`/deals/${deals.deal_id}`)
      await page.getByText('Customs clearance').first().waitFor()
    },
  },
  {
    name: 'deal-line',
    visit: async (page, { deals }) => {
      await page.goto(`/deals/${deals.deal_id}`)
      await page.getByRole('button', { name: /^Edit line: Customs/ }).click()
      await page.getByRole('dialog', { name: 'Edit line' }).waitFor()
    },
  },
  {
    name: 'products',
    visit: async (page) => {
      await page.goto('/products')
      await page.getByText('Import consulting').waitFor()
    },
  },
  {
    name: 'product-panel',
    visit: async (page) => {
      await page.goto('/products')
      await page.getByText('Import consulting').click()
      await page.getByRole('dialog', { name: 'Products' }).getByText('created this product').waitFor()
    },
  },
  {
    name: 'deal-board',
    visit: async (page, { deals }) => {
      await page.clock.setFixedTime(Date.now() + 12.5 * 24 * 3600_000)
      await page.goto(`/board?pipeline=${deals.pipeline_id}`)
      await page.getByText('12 days in stage').first().waitFor()
    },
  },
  {
    name: 'stage-question',
    visit: async (page, { deals }) => {
      await page.goto(`/deals?deal=${deals.deal_id}`)
      await page.getByRole('combobox', { name: 'Stage' }).click()
      await page.getByRole('option', { name: 'Lost' }).click()
      await page.getByRole('dialog', { name: 'Before it enters “Lost”' }).waitFor()
    },
  },
  {
    name: 'board',
    visit: async (page) => {
      await page.goto('/board')
      await page.getByRole('article', { name: 'Wei Zhang' }).waitFor()
    },
  },
  {
    name: 'imports',
    visit: async (page) => {
      await page.goto('/imports')
      await page.getByText('fair-2026.csv').waitFor()
    },
  },
  {
    name: 'import-columns',
    visit: async (page, { imports }) => {
      await page.goto(`/imports/${imports.waiting}`)
      await page.getByRole('heading', { name: 'What does each column hold?' }).waitFor()
    },
  },
  {
    name: 'import-check',
    visit: async (page, { imports }) => {
      await page.goto(`/imports/${imports.waiting}`)
      await page.getByRole('button', { name: 'Check the file' }).click()
      await page.getByText('to be agreed').waitFor()
    },
  },
  {
    name: 'import-result',
    visit: async (page, { imports }) => {
      await page.goto(`/imports/${imports.done}`)
      await page.getByRole('heading', { name: 'The import is done' }).waitFor()
    },
  },
  {
    name: 'pipelines',
    visit: async (page) => {
      await page.goto('/settings/pipelines')
      await page.getByText('too long after 5 days').waitFor()
    },
  },
  {
    name: 'api-keys',
    visit: async (page) => {
      await page.goto('/settings/api-keys')
      await page.getByText('Leads: see, create').waitFor()
    },
  },
  ...settingsScreens(),
  {
    name: 'person-request',
    visit: async (page) => {
      await page.goto('/settings/privacy')
      await page.getByRole('button', { name: 'Request of a person' }).click()
      await page.getByLabel('E-mail address or telephone number').fill('mariana@example.com')
      await page.getByRole('button', { name: 'Find' }).click()
      await page.getByRole('dialog', { name: 'All data about one person' }).waitFor()
    },
  },
  {
    name: 'palette',
    visit: async (page) => {
      await page.goto('/leads')
      await page.getByText('Priya Raman').waitFor()
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog', { name: 'Command palette' }).waitFor()
    },
  },
]

const themes = ['light', 'dark'] as const
const shapes = [
  { shape: 'desktop', viewport: { width: 1440, height: 900 }, hasTouch: false },
  { shape: 'phone', viewport: { width: 390, height: 844 }, hasTouch: true },
]

let filled: Promise<Sample> | null = null

/** One organization for all: they only look. */
const test = base.extend<{ sample: Sample }>({
  sample: async ({}, give) => {
    filled ??= openSample()
    await give(await filled)
  },
})

async function openSample(): Promise<Sample> {
  const desk = await openDesk(inject('serverUrl'))
  const imports = await importFiles(desk)
  await fillDesk(desk)
  await fillDay(desk)
  await makeKeys(desk)
  const { items } = await desk.rapport.leads.list({ query: { q: 'Mariana' } })
  const people = await fillPeople(desk, items[0]?.id ?? '')
  const deals = await fillDeals(desk, people)
  return { ...desk, imports, people, deals }
}

describe.for(shapes)('on a $shape', ({ shape, viewport, hasTouch }) => {
  test.for([...publicScreens, ...screens])(
    '$name has no serious accessibility violation in light or dark, and nothing is wider than the window',
    async ({ name, visit }, { open, sample, expectComplaint }) => {
      const isPublic = publicScreens.some((screen) => screen.name === name)
      if (isPublic) expectComplaint(/401.*users\/me/)
      const page = await open(isPublic ? undefined : sample, { viewport, hasTouch, isMobile: hasTouch })
      await visit(page, sample)
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme })
        await photograph(page, `${name}-${shape}-${colorScheme}`)
        expect(await findViolations(page), colorScheme).toEqual([])
      }
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
    },
  )
})
