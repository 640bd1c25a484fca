/** What a browser test starts from: an organization, its owner's window, and an ear for everything that goes wrong. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, expect, inject, test as base } from 'vitest'
import { photograph } from './accessibility.ts'
import { openBrowser } from './browser.ts'
import { openDesk, type Desk, type Member } from './desk.ts'

export { expect } from 'vitest'

/** Generous: machines that run tests are often busy with others. */
const step_ms = 20_000

/** Opens a window for a member, or for nobody. It has its own cookies and storage. */
export type OpenWindow = (member?: Member, options?: BrowserContextOptions) => Promise<Page>

type Journey = {
  desk: Desk
  open: OpenWindow
  /** The owner's window. */
  page: Page
  /** Tells that a complaint in the browser's console is part of the story. */
  expectComplaint: (about: RegExp) => void
}

type Ear = { complaints: string[]; expected: RegExp[] }

const ears = new WeakMap<object, Ear>()

function earOf(test: object): Ear {
  const ear = ears.get(test) ?? { complaints: [], expected: [] }
  ears.set(test, ear)
  return ear
}

let browser: Promise<Browser> | null = null

/** One browser per test file; a window of its own keeps each test apart. */
function sharedBrowser(): Promise<Browser> {
  browser ??= openBrowser()
  return browser
}
afterAll(async () => (await browser)?.close())

export const test = base.extend<Journey>({
  desk: async ({}, give) => give(await openDesk(inject('serverUrl'))),

  expectComplaint: async ({ task }, give) => give((about) => void earOf(task).expected.push(about)),

  open: async ({ task }, give) => {
    const contexts: BrowserContext[] = []
    const ear = earOf(task)
    await give(async (member, options = {}) => {
      const context = await openContext(member, options)
      contexts.push(context)
      const page = await context.newPage()
      listen(page, ear)
      return page
    })
    if (task.result?.errors?.length) await photographFailure(task.name, contexts, ear)
    await Promise.all(contexts.map((context) => context.close()))
    const unexpected = ear.complaints.filter((text) => !ear.expected.some((about) => about.test(text)))
    expect(unexpected, 'complaints in the console').toEqual([])
  },

  page: async ({ desk, open }, give) => give(await open(desk)),
})

/** What its windows showed when a test failed, and what the console said: a rare failure tells its reason at once. */
async function photographFailure(
  name: string,
  contexts: BrowserContext[],
  { complaints }: Ear,
): Promise<void> {
  const pages = contexts.flatMap((context) => context.pages())
  const names = pages.map((_page, index) => `failed-${name.replaceAll(/[^A-Za-z0-9]+/g, '-')}-${index}`)
  await Promise.all(pages.map((page, index) => photograph(page, names[index] ?? 'failed')))
  console.error(`At ${pages.map((page) => page.url()).join(', ')}; see ${names.join(', ')}.`, ...complaints)
}

async function openContext(
  member: Member | undefined,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  const url = inject('serverUrl')
  const context = await (
    await sharedBrowser()
  ).newContext({
    baseURL: url,
    locale: 'en-US',
    timezoneId: 'America/Sao_Paulo',
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  context.setDefaultTimeout(step_ms)
  if (member)
    await context.addCookies([
      { name: 'rapport_session', value: member.cookie, url, httpOnly: true, sameSite: 'Lax' },
    ])
  return context
}

/** Errors and warnings about security policies reach the console; uncaught exceptions the page. */
function listen(page: Page, ear: Ear): void {
  page.on('pageerror', (error) => ear.complaints.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    const text = `${message.text()} (${message.location().url})`
    if (message.type() === 'error' || /Content Security Policy/.test(text)) ear.complaints.push(text)
  })
}
