import { queryOptions } from '@tanstack/react-query'
import type { Filter, Lead, LeadBoard as Board } from '@rapport/contracts'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import type { CardPlace } from '../records/moves.ts'

export type BoardColumn = Board['columns'][number]
export type BoardView = { pipeline_id: string; filter?: Filter | undefined; q?: string | undefined }

export const boardKeys = { all: ['board'] as const, view: (view: BoardView) => ['board', view] as const }

const asked = ({ filter, q }: BoardView) => ({
  q: q || undefined,
  filter: filter && JSON.stringify(filter),
  limit: 50,
})

/** The page shows pipelines of leads, whose boards hold leads. */
const readBoard = async (asked: Parameters<typeof rapport.pipelines.board>[0]) =>
  (await rapport.pipelines.board(asked)) as Board

export const boardQuery = (view: BoardView) =>
  queryOptions({
    queryKey: boardKeys.view(view),
    queryFn: async ({ signal }): Promise<Board> =>
      keepNewer(
        await readBoard({ params: { id: view.pipeline_id }, query: asked(view), signal }),
        queryClient.getQueryData<Board>(boardKeys.view(view)),
      ),
    placeholderData: (previous) => (previous?.pipeline.id === view.pipeline_id ? previous : undefined),
  })

/**
 * An answer may have been on its way while cards moved. A card that is known in a newer version stays where it is,
 * or it would jump back for a moment, and the next card would be dropped beside one that is not there.
 */
function keepNewer(answer: Board, known: Board | undefined): Board {
  const versions = new Map(
    answer.columns.flatMap(({ items }) => items.map(({ id, version }) => [id, version])),
  )
  let board = answer
  for (const { stage, items } of known?.columns ?? [])
    for (const [index, lead] of items.entries())
      if (lead.version > (versions.get(lead.id) ?? Number.POSITIVE_INFINITY))
        board = moveCard(board, lead, { stage_id: stage.id, after_id: items[index - 1]?.id })
  return board
}

/** The next cards of one column, added below those on screen. */
export async function loadMoreCards(view: BoardView, column: BoardColumn): Promise<void> {
  if (column.next_cursor === null) return
  const more = await readBoard({
    params: { id: view.pipeline_id },
    query: { ...asked(view), stage_id: column.stage.id, cursor: column.next_cursor },
  })
  const next = more.columns.find(({ stage }) => stage.id === column.stage.id)
  if (!next) return
  queryClient.setQueryData<Board>(boardKeys.view(view), (board) =>
    mapColumn(board, column.stage.id, (known) => {
      const shown = new Set(known.items.map((lead) => lead.id))
      return {
        ...known,
        items: [...known.items, ...next.items.filter((lead) => !shown.has(lead.id))],
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

/** Changes every board on screen; `change` answers the board as it shall be. */
export function patchBoards(change: (board: Board) => Board): void {
  queryClient.setQueriesData<Board>({ queryKey: boardKeys.all }, (board) => board && change(board))
}

export function findCard(board: Board, id: string): Lead | undefined {
  for (const column of board.columns) {
    const lead = column.items.find((item) => item.id === id)
    if (lead) return lead
  }
  return undefined
}

/** Takes a card out of its column and puts it in its new place, with counts and sums following. */
export function moveCard(board: Board, lead: Lead, place: CardPlace): Board {
  return insertCard(takeCard(board, lead.id), { ...lead, stage_id: place.stage_id }, place)
}

export function takeCard(board: Board, id: string): Board {
  return {
    ...board,
    columns: board.columns.map((column) => {
      const lead = column.items.find((item) => item.id === id)
      return lead
        ? { ...counted(column, lead, -1), items: column.items.filter((item) => item.id !== id) }
        : column
    }),
  }
}

export function insertCard(board: Board, lead: Lead, place: CardPlace): Board {
  return {
    ...board,
    columns: board.columns.map((column) => {
      if (column.stage.id !== place.stage_id) return column
      const items = [...column.items]
      items.splice(indexOf(items, place), 0, lead)
      return { ...counted(column, lead, 1), items }
    }),
  }
}

function indexOf(items: readonly Lead[], { before_id, after_id }: CardPlace): number {
  const before = items.findIndex((item) => item.id === before_id)
  if (before !== -1) return before
  return items.findIndex((item) => item.id === after_id) + 1
}

function counted(column: BoardColumn, lead: Lead, sign: 1 | -1): BoardColumn {
  const value = sign * (lead.estimated_value ?? 0)
  const known = column.values.find(({ currency }) => currency === lead.currency) ?? {
    currency: lead.currency,
    value: 0,
    weighted: 0,
  }
  const changed = {
    ...known,
    value: known.value + value,
    weighted: known.weighted + (value * column.stage.probability) / 100,
  }
  const others = column.values.filter(({ currency }) => currency !== lead.currency)
  return { ...column, count: column.count + sign, values: value === 0 ? column.values : [changed, ...others] }
}
