/** axe-core on what is on screen, and a picture of it for people to look at. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe, { type AxeResults, type Result } from 'axe-core'
import type { Page } from 'playwright-core'

const directory = join(import.meta.dirname, '..', 'screenshots')

/** Serious and critical violations, each with the elements it is about. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(settleDown)
  await page.evaluate(axe.source)
  await page.evaluate(holdStill)
  const { violations } = await page.evaluate((): Promise<AxeResults> =>
    // Base UI's focus guards are focusable and hidden on purpose: they catch Tab at the edges of a layer.
    window.axe.run({ exclude: ['[data-base-ui-focus-guard]'] }, { resultTypes: ['violations'] }),
  )
  await page.evaluate(() => window.moveAgain())
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(describe)
}

/** What fades has other colours on the way than when it is there; what turns for ever is not waited for. */
async function settleDown(): Promise<void> {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
  await Promise.allSettled(ending.map(({ finished }) => finished))
}

/** A message that begins to fade while its colours are looked at is there or gone, and nothing in between. */
function holdStill(): void {
  const still = new CSSStyleSheet()
  still.replaceSync('*, ::before, ::after { transition: none !important }')
  document.adoptedStyleSheets.push(still)
  window.moveAgain = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still)
  }
}

declare global {
  interface Window {
    axe: typeof axe
    moveAgain: () => void
  }
}

const describe = ({ id, help, nodes }: Result): string =>
  `${id}: ${help}\n${nodes.map(({ html, any }) => `  ${html.slice(0, 200)}\n    ${any[0]?.message ?? ''}`).join('\n')}`

export async function photograph(page: Page, name: string): Promise<void> {
  mkdirSync(directory, { recursive: true })
  await page.screenshot({ path: join(directory, `${name}.png`), animations: 'disabled' })
}
