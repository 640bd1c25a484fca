/** How a person finds things on Rapport's screens: by their roles and names. */
import type { Locator, Page } from 'playwright-core'

export const rowOf = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('gridcell', { name, exact: true }) })

export const openRow = (page: Page, name: string): Promise<void> =>
  rowOf(page, name).getByRole('link', { name, exact: true }).click()

/** Cells are found by their column's name, wherever the column stands. */
export async function cellOf(page: Page, name: string, column: string): Promise<Locator> {
  const header = page.getByRole('columnheader', { name: column, exact: true })
  const place = await header.getAttribute('aria-colindex')
  return rowOf(page, name).locator(`[role=gridcell][aria-colindex="${place}"]`)
}

export async function editCell(page: Page, name: string, column: string, text: string): Promise<void> {
  await (await cellOf(page, name, column)).dblclick()
  const editor = page.getByRole('textbox', { name: `Edit ${column}` })
  await editor.fill(text)
  await editor.press('Enter')
}

/** The names in the table's first column, from top to bottom as they are seen. */
export const listedNames = (page: Page): Promise<string[]> =>
  page
    .locator('[role=row][data-row] [role=gridcell][aria-colindex="2"]')
    .evaluateAll((cells) =>
      cells
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((cell) => cell.textContent.trim()),
    )

export const cardOf = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true })

export const columnOf = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: new RegExp(`^${title}, \\d+ card`) })

/** The cards of a column, from top to bottom as they are seen. */
export const cardsIn = (page: Page, title: string): Promise<(string | null)[]> =>
  columnOf(page, title)
    .getByRole('article')
    .evaluateAll((cards) =>
      cards
        .filter((card) => getComputedStyle(card).visibility === 'visible')
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((card) => card.getAttribute('aria-label')),
    )

/** Drags a card with the mouse to the top of a column, or to the place of another card. */
export async function dragCard(
  page: Page,
  name: string,
  target: { column: string; onto?: string },
): Promise<void> {
  // At rest, and below nothing that is still fading.
  await cardOf(page, name).hover()
  const from = await boxOf(cardOf(page, name))
  const column = await boxOf(columnOf(page, target.column))
  const onto = target.onto === undefined ? null : await boxOf(cardOf(page, target.onto))
  const to = { x: column.x + column.width / 2, y: onto ? onto.y + 4 : column.y + 70 }
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x, from.y + from.height / 2, { steps: 3 })
  await page.mouse.move(to.x, to.y, { steps: 3 })
  await page.mouse.up()
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (!box) throw new Error('It is not on screen.')
  return box
}

/** The side panel of the record that is open. */
export const panelOf = (page: Page, title = 'Leads'): Locator => page.getByRole('dialog', { name: title })

/** Whether all of it can be seen: in the window, and of some height and width. */
export async function isInSight(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => {
    const { top, left, bottom, right } = element.getBoundingClientRect()
    const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    const inWindow = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth
    return inWindow && seen !== null && element.contains(seen)
  })
}
