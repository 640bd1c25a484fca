import type { Filter, Pipeline, Stage } from '@rapport/contracts'
import { queryOptions } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { kindOf } from '../records/kinds.ts'
import type { CardPlace } from '../records/moves.ts'
import type { ListedRecord } from '../records/stores.ts'
import { keepLoaded } from './keepLoaded.ts'
import { conditionOf, isInLane, type Lane } from './lanes.ts'

/** Cards are records of the kind that the pipeline is for. */
export type BoardColumn = {
  stage: Stage
  count: number
  values: { currency: string; value: number; weighted: number }[]
  items: ListedRecord[]
  next_cursor: string | null
}
export type Board = { pipeline: Pipeline; columns: BoardColumn[] }

export type BoardView = {
  pipeline_id: string
  include?: string | undefined
  filter?: Filter | undefined
  q?: string | undefined
  /** Only the cards of one lane. */
  lane?: Lane | undefined
}

export const boardKeys = { all: ['board'] as const, view: (view: BoardView) => ['board', view] as const }

/** As the API takes it. */
export function filterOf({ filter, lane }: Pick<BoardView, 'filter' | 'lane'>): Filter | undefined {
  if (!lane) return filter
  return filter ? { and: [filter, conditionOf(lane)] } : conditionOf(lane)
}

/** Of each column at first, and of one that somebody scrolls. */
const cards = { first: 50, more: 100 }

function asked(view: BoardView, limit = cards.first) {
  const filter = filterOf(view)
  return { include: view.include, q: view.q || undefined, filter: filter && JSON.stringify(filter), limit }
}

export const boardQuery = (view: BoardView) =>
  queryOptions({
    queryKey: boardKeys.view(view),
    queryFn: async ({ signal }): Promise<Board> =>
      keepNewer(
        await rapport.pipelines.board({ params: { id: view.pipeline_id }, query: asked(view), signal }),
        queryClient.getQueryData<Board>(boardKeys.view(view)),
        view,
      ),
    placeholderData: (previous, query) =>
      previous?.pipeline.id === view.pipeline_id && sameLane(query?.queryKey[1] as BoardView, view)
        ? previous
        : undefined,
  })

const sameLane = (one: BoardView | undefined, other: BoardView): boolean =>
  one?.lane?.field === other.lane?.field && one?.lane?.value === other.lane?.value

/**
 * An answer may have been on its way while cards moved. A card that is known in a newer version stays where it is,
 * or it would jump back for a moment, and the next card would be dropped beside one that is not there.
 */
function keepNewer(answer: Board, known: Board | undefined, view: BoardView): Board {
  const versions = new Map(
    answer.columns.flatMap(({ items }) => items.map(({ id, version }) => [id, version])),
  )
  let board = keepLoaded(answer, known)
  for (const { stage, items } of known?.columns ?? [])
    for (const [index, card] of items.entries())
      if (card.version > (versions.get(card.id) ?? Number.POSITIVE_INFINITY))
        board = moveCard(board, card, { stage_id: stage.id, after_id: items[index - 1]?.id }, view)
  return board
}

/** The next cards of one column, added below those on screen. */
export async function loadMoreCards(view: BoardView, column: BoardColumn): Promise<void> {
  if (column.next_cursor === null) return
  const more = await rapport.pipelines.board({
    params: { id: view.pipeline_id },
    query: { ...asked(view, cards.more), stage_id: column.stage.id, cursor: column.next_cursor },
  })
  const next = more.columns.find(({ stage }) => stage.id === column.stage.id)
  if (!next) return
  queryClient.setQueryData<Board>(boardKeys.view(view), (board) =>
    mapColumn(board, column.stage.id, (known) => {
      const shown = new Set(known.items.map((card) => card.id))
      return {
        ...known,
        items: [...known.items, ...next.items.filter((card) => !shown.has(card.id))],
        next_cursor: next.next_cursor,
      }
    }),
  )
}

function mapColumn(
  board: Board | undefined,
  stage_id: string,
  change: (column: BoardColumn) => BoardColumn,
): Board | undefined {
  return (
    board && {
      ...board,
      columns: board.columns.map((column) => (column.stage.id === stage_id ? change(column) : column)),
    }
  )
}

/** Changes every board on screen, each lane of one by itself; `change` answers the board as it shall be. */
export function patchBoards(change: (board: Board, view: BoardView) => Board): void {
  for (const [key, board] of queryClient.getQueriesData<Board>({ queryKey: boardKeys.all }))
    if (board) queryClient.setQueryData<Board>(key, change(board, key[1] as BoardView))
}

export function findCard(board: Board, id: string): ListedRecord | undefined {
  for (const column of board.columns) {
    const card = column.items.find((item) => item.id === id)
    if (card) return card
  }
  return undefined
}

/** Takes a card out of its column and puts it in its new place, with counts and sums following. Out of its lane it goes. */
export function moveCard(board: Board, card: ListedRecord, place: CardPlace, { lane }: BoardView): Board {
  const taken = takeCard(board, card.id)
  if (lane && !isInLane(card, lane)) return taken
  return insertCard(taken, { ...card, stage_id: place.stage_id }, place)
}

export function takeCard(board: Board, id: string): Board {
  return {
    ...board,
    columns: board.columns.map((column) => {
      const card = column.items.find((item) => item.id === id)
      return card
        ? { ...counted(board, column, card, -1), items: column.items.filter((item) => item.id !== id) }
        : column
    }),
  }
}

export function insertCard(board: Board, card: ListedRecord, place: CardPlace): Board {
  return {
    ...board,
    columns: board.columns.map((column) => {
      if (column.stage.id !== place.stage_id) return column
      const items = [...column.items]
      items.splice(indexOf(items, place), 0, card)
      return { ...counted(board, column, card, 1), items }
    }),
  }
}

function indexOf(items: readonly ListedRecord[], { before_id, after_id }: CardPlace): number {
  const before = items.findIndex((item) => item.id === before_id)
  if (before !== -1) return before
  return items.findIndex((item) => item.id === after_id) + 1
}

/** What a card adds to the sums of its column. */
function worthOf({ pipeline }: Board, card: ListedRecord): number {
  const value = card[kindOf(pipeline.object)?.staged?.value ?? '']
  return typeof value === 'number' ? value : 0
}

function counted(board: Board, column: BoardColumn, card: ListedRecord, sign: 1 | -1): BoardColumn {
  const currency = String(card['currency'])
  const value = sign * worthOf(board, card)
  const known = column.values.find((sum) => sum.currency === currency) ?? { currency, value: 0, weighted: 0 }
  const changed = {
    ...known,
    value: known.value + value,
    weighted: known.weighted + (value * column.stage.probability) / 100,
  }
  const others = column.values.filter((sum) => sum.currency !== currency)
  return { ...column, count: column.count + sign, values: value === 0 ? column.values : [changed, ...others] }
}
