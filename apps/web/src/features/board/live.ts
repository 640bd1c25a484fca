import type { RapportEvent } from '@rapport/contracts'
import { useSyncExternalStore } from 'react'
import { queryClient } from '../../app/queryClient.ts'
import { kindOf } from '../records/kinds.ts'
import { recordAfter } from '../records/live.ts'
import type { ListedRecord } from '../records/stores.ts'
import { boardKeys, findCard, moveCard, patchBoards, takeCard, type Board, type BoardView } from './api.ts'
import { isInLane } from './lanes.ts'
import { laneKeys } from './useLanes.ts'

const highlightMs = 1_500
const refreshMs = 1_000

let movedIds: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()
let refreshing: ReturnType<typeof setTimeout> | undefined

/** Cards that somebody else moved a moment ago. */
export function useMovedByOthers(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => movedIds,
  )
}

function publish(next: ReadonlySet<string>): void {
  movedIds = next
  for (const listener of listeners) listener()
}

function highlight(id: string): void {
  publish(new Set([...movedIds, id]))
  setTimeout(() => publish(new Set([...movedIds].filter((known) => known !== id))), highlightMs)
}

/** The server's counts and order are the truth; they are asked for after a burst, not after each event. */
export function refreshBoards(): void {
  refreshing ??= setTimeout(() => {
    refreshing = undefined
    void queryClient.invalidateQueries({ queryKey: boardKeys.all })
    void queryClient.invalidateQueries({ queryKey: laneKeys.all })
  }, refreshMs)
}

/**
 * Puts what happened into the boards on screen. Versions tell what is known already: our own changes are, unless they
 * were made in another window. What an event does not tell (sums, filters) is read again a moment later.
 */
export function applyBoardEvent(event: RapportEvent, byMe: boolean): void {
  if (queryClient.getQueriesData<Board>({ queryKey: boardKeys.all }).length === 0) return
  const { id } = event.record
  const verb = event.type.split('.')[1]
  if (verb === 'deleted') patchBoards((board) => takeCard(board, id))
  if (verb === 'stage_changed') void followMove(event, byMe)
  if (verb === 'updated') followChange(event)
  refreshBoards()
}

async function followMove(event: RapportEvent, byMe: boolean): Promise<void> {
  const { id, version } = event.record
  const { stage_id, before_id, after_id } = event.data as {
    stage_id: string
    before_id?: string
    after_id?: string
  }
  const known = findShown(id)
  if (known && known.version >= (version ?? 0)) return
  if (!byMe) highlight(id)
  // A card that is below what this column has loaded is fetched, so that it can appear where it was moved to.
  const query = kindOf(event.record.object)?.store.recordQuery(id)
  const card = known ?? (query && (await queryClient.fetchQuery(query).catch(() => undefined)))
  if (!card) return
  const moved: ListedRecord = {
    ...recordAfter(card, event, version ?? card.version),
    stage_id,
    stage_entered_at: event.occurred_at,
  }
  patchBoards((board, view) => moveCard(board, moved, { stage_id, before_id, after_id }, view))
}

function findShown(id: string): ListedRecord | undefined {
  return queryClient
    .getQueriesData<Board>({ queryKey: boardKeys.all })
    .map(([, board]) => board && findCard(board, id))
    .find((card) => card !== undefined)
}

/** A change of what lanes stand for takes the card to another one. */
function followChange(event: RapportEvent): void {
  const { id, version } = event.record
  const known = findShown(id)
  if (!known || known.version >= (version ?? 0)) return
  const card = recordAfter(known, event, version ?? known.version)
  const { before_id, after_id } = event.data as { before_id?: string; after_id?: string }
  const place = { stage_id: String(card['stage_id']), before_id, after_id }
  const staysIn = ({ lane }: BoardView) => !lane || isInLane(known, lane) === isInLane(card, lane)
  patchBoards((board, view) =>
    staysIn(view) && before_id === undefined && after_id === undefined
      ? mapCard(board, id, () => card)
      : moveCard(board, card, place, view),
  )
}

function mapCard(board: Board, id: string, change: (card: ListedRecord) => ListedRecord): Board {
  return {
    ...board,
    columns: board.columns.map((column) => ({
      ...column,
      items: column.items.map((card) => (card.id === id ? change(card) : card)),
    })),
  }
}
