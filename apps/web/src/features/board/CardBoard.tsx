import type { Pipeline } from '@rapport/contracts'
import type { TFunction } from 'i18next'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { queryClient } from '../../app/queryClient.ts'
import { useMay, useMe } from '../../app/session.ts'
import { Board } from '../../ui/board/Board.tsx'
import type { BoardColumnData, BoardMove } from '../../ui/board/types.ts'
import { useFormat, type Format } from '../../ui/format.ts'
import { useMemberName } from '../members/api.ts'
import { useStage } from '../pipelines/api.ts'
import type { RecordKind } from '../records/kinds.ts'
import type { ListedRecord } from '../records/stores.ts'
import type { RecordColumn } from '../records/useRecordColumns.tsx'
import { loadMoreCards, type BoardColumn } from './api.ts'
import { BoardCard } from './BoardCard.tsx'
import { isInLane } from './lanes.ts'
import { useMovedByOthers } from './live.ts'
import { QuickAdd } from './QuickAdd.tsx'
import { useBoardMove } from './useBoardMove.ts'
import type { ShownLane } from './useLanes.ts'

type CardLane = Omit<ShownLane, 'lane'> & Partial<Pick<ShownLane, 'lane'>>

type Props = {
  kind: RecordKind
  pipeline: Pipeline
  /** One of no name, unless the board is in lanes; undefined while they are on their way. */
  lanes: readonly CardLane[] | undefined
  inLanes: boolean
  folded: readonly string[]
  onFold: (folded: readonly string[]) => void
  shown: readonly RecordColumn[]
  openId: string | null
  onOpen: (id: string) => void
}

const cardId = (card: ListedRecord) => card.id
const none: readonly CardLane[] = []

/** A column of the board is a stage, within a lane where there are some. */
type Cell = { lane: CardLane; column: BoardColumn | null; stage_id: string }

export function CardBoard({ kind, pipeline, lanes = none, inLanes, folded, onFold, ...props }: Props) {
  const { shown, openId, onOpen } = props
  const { t } = useTranslation()
  const format = useFormat()
  const { organization } = useMe()
  const mayCreate = useMay(`${kind.many}:create`)
  const mayUpdate = useMay(`${kind.many}:update`)
  const mayPlace = useFieldAccess(kind.object).edits('stage_id')
  const nameOf = useMemberName()
  const stageOf = useStage()
  const move = useBoardMove(kind)
  const moved = useMovedByOthers()

  const cells = useMemo(
    () =>
      new Map(
        lanes.flatMap((lane) =>
          pipeline.stages.map(({ id: stage_id }): [string, Cell] => {
            const column = lane.columns?.find(({ stage }) => stage.id === stage_id) ?? null
            return [cellId(lane, stage_id), { lane, column, stage_id }]
          }),
        ),
      ),
    [lanes, pipeline],
  )
  const columns = useMemo(
    () =>
      [...cells].map(([id, { lane, column, stage_id }]): BoardColumnData<ListedRecord> => {
        const stage = pipeline.stages.find((one) => one.id === stage_id)
        return {
          id,
          title: stage?.name ?? '',
          color: stage?.color ?? null,
          count: column?.count ?? 0,
          summary: column ? summaryOf(column, organization.currency, format, t) : '',
          cards: column?.items ?? [],
          hasMore: column !== null && column.next_cursor !== null,
          loading: lane.columns === undefined,
          ...(inLanes ? { lane: lane.id } : {}),
        }
      }),
    [cells, pipeline, inLanes, organization.currency, format, t],
  )

  // Steady between renders: a drag draws the board at every step, its cards only when they change.
  const renderCard = useCallback(
    (card: ListedRecord) => (
      <BoardCard
        kind={kind}
        card={card}
        shown={shown}
        stage={stageOf(String(card['stage_id']))}
        ownerName={nameOf(card.owner_id ?? null)}
      />
    ),
    [kind, shown, stageOf, nameOf],
  )
  const cardName = useCallback((card: ListedRecord) => String(card[kind.title]), [kind])
  const prefetchCard = useCallback(
    (card: ListedRecord) => void queryClient.prefetchQuery(kind.store.recordQuery(card.id)),
    [kind],
  )
  const mayMove = useCallback(
    (card: ListedRecord) => mayUpdate && mayPlace && card.can.update,
    [mayUpdate, mayPlace],
  )
  const columnActions = useCallback(
    ({ id }: { id: string }) => {
      const cell = cells.get(id)
      return cell ? (
        <QuickAdd kind={kind} stage_id={cell.stage_id} pipeline_id={pipeline.id} lane={cell.lane.lane} />
      ) : null
    },
    [kind, pipeline, cells],
  )

  const onMove = ({ id, fromColumn, toColumn, beforeId, afterId }: BoardMove) => {
    const [from, to] = [cells.get(fromColumn), cells.get(toColumn)]
    const items = from?.column?.items ?? []
    const index = items.findIndex((one) => one.id === id)
    const card = items[index]
    if (!from || !to || !card) return undefined
    const beside = beforeId ? { before_id: beforeId } : afterId ? { after_id: afterId } : {}
    const { lane } = to.lane
    const leaves = lane && !isInLane(card, lane) ? { lane } : {}
    const back = { stage_id: from.stage_id, after_id: items[index - 1]?.id }
    return move(card, { stage_id: to.stage_id, ...beside, ...leaves }, back)
  }

  return (
    <Board<ListedRecord>
      label={t('board.title')}
      className="flex-1"
      loading={lanes === none}
      columns={columns}
      {...(inLanes ? { lanes, folded, onFold } : {})}
      cardId={cardId}
      cardName={cardName}
      renderCard={renderCard}
      mayMove={mayMove}
      onMove={onMove}
      onOpenCard={(card) => onOpen(card.id)}
      onLoadMore={(id) => {
        const cell = cells.get(id)
        if (cell?.column) void loadMoreCards(cell.lane.view, cell.column)
      }}
      openCardId={openId}
      onCardHover={prefetchCard}
      justMovedIds={moved}
      {...(mayCreate && mayPlace ? { columnActions } : {})}
    />
  )
}

const cellId = ({ id }: CardLane, stage_id: string): string => (id === '' ? stage_id : `${id} ${stage_id}`)

/**
 * What the cards are worth and what that is likely to bring, in the organization's own currency; other currencies are
 * named beside it, not added up.
 */
function summaryOf(column: BoardColumn, currency: string, format: Format, t: TFunction): string {
  const worth = column.values
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => Number(b.currency === currency) - Number(a.currency === currency))
  const total = worth.map((sum) => format.moneyShort(sum.value, sum.currency)).join(' + ')
  const weighted = worth.map((sum) => format.moneyShort(sum.weighted, sum.currency)).join(' + ')
  return total === weighted ? total : `${total} · ${t('board.weighted', { value: weighted })}`
}
