/** What a person who works by keyboard and screen reader has of a page: what is said, and where the focus is. */
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    heard?: string[]
  }
}

/** From the next page on, all that live regions say is kept. */
export async function listenTo(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: string[] = []
    window.heard = heard
    const live = '[aria-live="polite"], [aria-live="assertive"], [role=status], [role=alert], output'
    const hear = (node: Node) => {
      const element = node instanceof Element ? node : node.parentElement
      const region = element?.closest(live) ?? (node instanceof Element ? node.querySelector(live) : null)
      const text = region?.textContent.trim()
      if (text && heard.at(-1) !== text) heard.push(text)
    }
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        hear(target)
        for (const node of addedNodes) hear(node)
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
}

export const heard = (page: Page): Promise<string> => page.evaluate(() => (window.heard ?? []).join('\n'))

/** What a screen reader calls where the focus is: its role and its name. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return 'nowhere'
    const labelled = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => (id === '' ? '' : (document.getElementById(id)?.textContent ?? '')))
      .join(' ')
      .trim()
    const labels =
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
        ? [...(element.labels ?? [])].map((label) => label.textContent).join(' ')
        : ''
    const own = element.getAttribute('aria-label') ?? ''
    const text = element instanceof HTMLInputElement ? '' : element.textContent
    const name = [labelled, own, labels, text, element.getAttribute('title') ?? ''].find(
      (one) => one.trim() !== '',
    )
    const role = element.getAttribute('role') ?? element.localName
    return `${role} ${(name ?? '').replace(/\s+/g, ' ').trim().slice(0, 120)}`.trim()
  })

/** Where Tab goes, stop by stop, until it has been there before or leaves the page. */
export async function walk(page: Page, most = 120): Promise<string[]> {
  const stops: string[] = []
  const seen = new Set<string>()
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab')
    const place = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return ''
      element.setAttribute('data-walked', element.getAttribute('data-walked') ?? String(performance.now()))
      return element.getAttribute('data-walked') ?? ''
    })
    if (place === '' || seen.has(place)) break
    seen.add(place)
    stops.push(await focused(page))
  }
  return stops
}

/** Whether the focus is inside the window, and drawn: an outline, a shadow or a border of its own. */
export const focusIsSeen = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return false
    const { top, left, bottom, right } = element.getBoundingClientRect()
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    const drawn = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    return drawn && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
  })
