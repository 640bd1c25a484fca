import type { Board } from './api.ts'

/**
 * What somebody has scrolled to stays: an answer tells the first cards of each column only. Those below them are known
 * from pages and events; where the two do not meet any more, the column begins anew.
 */
export function keepLoaded(answer: Board, known: Board | undefined): Board {
  const told = new Set(answer.columns.flatMap(({ items }) => items.map(({ id }) => id)))
  const columns = answer.columns.map((column) => {
    const before = known?.columns.find(({ stage }) => stage.id === column.stage.id)
    const last = column.items.findLast(({ id }) => before?.items.some((card) => card.id === id))
    if (!before || !last || column.next_cursor === null) return column
    const below = before.items.slice(before.items.findIndex(({ id }) => id === last.id) + 1)
    const kept = below.filter(({ id }) => !told.has(id))
    return kept.length === 0
      ? column
      : { ...column, items: [...column.items, ...kept], next_cursor: before.next_cursor }
  })
  return { ...answer, columns }
}
