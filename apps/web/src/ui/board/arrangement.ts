import type { BoardColumnData, BoardMove } from './types.ts'

/** Where cards stand, and where they would stand: pure, so that dragging by mouse, finger and keyboard agree. */
export type Target = { column: string; index: number }
export type Standing = { column: string; index: number; columnIndex: number }

export function indexCards<Card>(
  columns: readonly BoardColumnData<Card>[],
  cardId: (card: Card) => string,
): ReadonlyMap<string, Standing> {
  const standing = new Map<string, Standing>()
  columns.forEach(({ id, cards }, columnIndex) => {
    cards.forEach((card, index) => standing.set(cardId(card), { column: id, index, columnIndex }))
  })
  return standing
}

/** The columns as they look with one card elsewhere. Columns that do not change stay the same objects. */
export function arrange<Card>(
  columns: readonly BoardColumnData<Card>[],
  from: Standing,
  to: Target,
): readonly BoardColumnData<Card>[] {
  const moved = columns[from.columnIndex]?.cards[from.index]
  if (moved === undefined || (from.column === to.column && from.index === to.index)) return columns
  return columns.map((column) => {
    if (column.id !== from.column && column.id !== to.column) return column
    const cards = [...column.cards]
    if (column.id === from.column) cards.splice(from.index, 1)
    if (column.id === to.column) cards.splice(to.index, 0, moved)
    return { ...column, cards }
  })
}

/** What to tell the caller about a drop; null when nothing moved. */
export function describeMove<Card>(
  columns: readonly BoardColumnData<Card>[],
  cardId: (card: Card) => string,
  id: string,
  from: Standing,
  to: Target,
): BoardMove | null {
  if (from.column === to.column && from.index === to.index) return null
  const cards = columns.find((column) => column.id === to.column)?.cards.filter((card) => cardId(card) !== id)
  if (!cards) return null
  const above = cards[to.index - 1]
  const below = cards[to.index]
  return {
    id,
    fromColumn: from.column,
    toColumn: to.column,
    afterId: above === undefined ? null : cardId(above),
    beforeId: below === undefined ? null : cardId(below),
    index: to.index,
  }
}

/** Whether the caller's columns show the move already: the right column, beside a neighbour it was dropped at. */
export function hasArrived<Card>(
  columns: readonly BoardColumnData<Card>[],
  cardId: (card: Card) => string,
  standing: Standing | undefined,
  move: BoardMove,
): boolean {
  if (!standing || standing.column !== move.toColumn) return false
  if (move.fromColumn !== move.toColumn) return true
  const cards = columns[standing.columnIndex]?.cards ?? []
  const above = cards[standing.index - 1]
  const below = cards[standing.index + 1]
  const afterId = above === undefined ? null : cardId(above)
  const beforeId = below === undefined ? null : cardId(below)
  return afterId === move.afterId || beforeId === move.beforeId
}

/** Where an arrow key carries a lifted card. */
export function stepTarget<Card>(
  columns: readonly BoardColumnData<Card>[],
  id: string,
  cardId: (card: Card) => string,
  target: Target,
  key: string,
): Target {
  const at = columns.findIndex((column) => column.id === target.column)
  const beside = columnBeside(columns, at, key)
  const roomIn = (column: BoardColumnData<Card> | undefined) =>
    column ? column.cards.length - (column.cards.some((card) => cardId(card) === id) ? 1 : 0) : 0
  if (key === 'ArrowUp' && (target.index > 0 || !beside))
    return { ...target, index: Math.max(0, target.index - 1) }
  if (key === 'ArrowDown' && (target.index < roomIn(columns[at]) || !beside))
    return { ...target, index: Math.min(roomIn(columns[at]), target.index + 1) }
  if (!beside) return target
  if (key === 'ArrowUp') return { column: beside.id, index: roomIn(beside) }
  return { column: beside.id, index: key === 'ArrowDown' ? 0 : Math.min(roomIn(beside), target.index) }
}

/** The next column of the same lane, or the same column of the next lane. */
function columnBeside<Card>(
  columns: readonly BoardColumnData<Card>[],
  at: number,
  key: string,
): BoardColumnData<Card> | undefined {
  const lane = columns[at]?.lane
  const by = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1
  if (key === 'ArrowRight' || key === 'ArrowLeft') {
    const next = columns[at + by]
    return next?.lane === lane ? next : undefined
  }
  const lanes = [...new Set(columns.map((column) => column.lane))]
  const place = at - columns.findIndex((column) => column.lane === lane)
  const to = lanes[lanes.indexOf(lane) + by]
  return to === undefined ? undefined : columns.filter((column) => column.lane === to)[place]
}

/** Where the focus goes when no card is lifted; empty columns are passed over. */
export function stepFocus<Card>(
  columns: readonly BoardColumnData<Card>[],
  from: Standing,
  key: string,
): Card | undefined {
  const cards = columns[from.columnIndex]?.cards ?? []
  const own =
    key === 'ArrowUp' ? cards[from.index - 1] : key === 'ArrowDown' ? cards[from.index + 1] : undefined
  if (own !== undefined) return own
  if (key === 'Home') return cards[0]
  if (key === 'End') return cards.at(-1)
  let column = columnBeside(columns, from.columnIndex, key)
  for (; column; column = columnBeside(columns, columns.indexOf(column), key)) {
    const { cards: next } = column
    if (next.length === 0) continue
    if (key === 'ArrowUp') return next.at(-1)
    return next[key === 'ArrowDown' ? 0 : Math.min(from.index, next.length - 1)]
  }
  return undefined
}
