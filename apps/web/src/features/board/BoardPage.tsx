import type { Pipeline } from '@rapport/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { SquareKanban } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { queryClient } from '../../app/queryClient.ts'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { may, useMay, useMe } from '../../app/session.ts'
import { Board } from '../../ui/board/Board.tsx'
import type { BoardMove } from '../../ui/board/types.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterBar } from '../../ui/filters/FilterBar.tsx'
import { SearchBox } from '../../ui/filters/SearchBox.tsx'
import { useFormat, type Format } from '../../ui/format.ts'
import { Page } from '../../ui/Page.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { useMemberName } from '../members/api.ts'
import { defaultPipeline, usePipelines, useStage } from '../pipelines/api.ts'
import { kindOf, type RecordKind } from '../records/kinds.ts'
import { RecordPanel } from '../records/RecordPanel.tsx'
import { useRecordColumns } from '../records/useRecordColumns.tsx'
import { StageQuestionDialog } from '../records/StageQuestionDialog.tsx'
import type { ListedRecord } from '../records/stores.ts'
import { useRecordView } from '../records/useRecordView.ts'
import { boardQuery, loadMoreCards, type BoardColumn, type BoardView } from './api.ts'
import { BoardCard } from './BoardCard.tsx'
import { QuickAdd } from './QuickAdd.tsx'
import { useBoardMove } from './useBoardMove.ts'
import { useMovedByOthers } from './live.ts'
import { useKindWords } from '../records/useKindWords.ts'

/** The pipelines of what one may read; the one in the address is open, or else the default one. */
export function BoardPage() {
  const { t } = useTranslation()
  const me = useMe()
  const [params] = useSearchParams()
  const all = usePipelines()
  const pipelines = all.filter(({ object }) => {
    const kind = kindOf(object)
    return kind !== undefined && may(me, `${kind.many}:read`)
  })
  const pipeline = pipelines.find(({ id }) => id === params.get('pipeline')) ?? defaultPipeline(pipelines)
  const kind = kindOf(pipeline?.object ?? '')
  if (!pipeline || !kind)
    return (
      <Page layout="fill" title={t('board.title')}>
        {all.length > 0 ? (
          <ErrorState title={t('common.problem.forbidden')} />
        ) : (
          <EmptyState
            icon={SquareKanban}
            title={t('board.no_pipeline_title')}
            text={t('board.no_pipeline_text')}
          />
        )}
      </Page>
    )
  return <PipelineBoard key={kind.object} kind={kind} pipeline={pipeline} pipelines={pipelines} />
}

type PipelineProps = { kind: RecordKind; pipeline: Pipeline; pipelines: readonly Pipeline[] }

function PipelineBoard({ kind, pipeline, pipelines }: PipelineProps) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const view = useRecordView(kind.object)
  const { filterFields } = useRecordColumns(kind)
  const { titleOf } = useKindWords()
  const { include } = kind.store
  const shown: BoardView = { pipeline_id: pipeline.id, include, filter: view.query.filter, q: view.q }
  const kinds = new Set(pipelines.map(({ object }) => object))
  const query = useQuery({ ...boardQuery(shown), placeholderData: keepPreviousData })
  return (
    <Page
      layout="fill"
      title={t('board.title')}
      beside={
        pipelines.length > 1 ? (
          <span className="w-44">
            <Select
              size="small"
              label={t('board.pipeline')}
              value={pipeline.id}
              options={pipelines.map(({ id, name, object }) => ({
                value: id,
                label: name,
                ...(kinds.size > 1 ? { group: titleOf(object) } : {}),
              }))}
              // What narrows the cards of one pipeline means nothing to those of another kind.
              onChange={(id) => view.startOver({ pipeline: id })}
            />
          </span>
        ) : null
      }
      toolbar={
        <FilterBar
          fields={filterFields.filter(({ id }) => id !== 'stage_id' && id !== 'pipeline_id')}
          filters={view.filters}
          onChange={view.setFilters}
          grouped
        >
          <SearchBox value={view.q} onChange={view.setSearch} className="w-56" />
        </FilterBar>
      }
    >
      {query.isError && !query.data ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <BoardView
          kind={kind}
          columns={query.data?.columns}
          view={shown}
          openId={view.openId}
          onOpen={view.open}
        />
      )}
      <RecordPanel kind={kind} id={view.openId} onClose={() => view.open(null)} />
      <StageQuestionDialog />
    </Page>
  )
}

const cardId = (card: ListedRecord) => card.id

type BoardViewProps = {
  kind: RecordKind
  columns: BoardColumn[] | undefined
  view: BoardView
  openId: string | null
  onOpen: (id: string) => void
}

function BoardView({ kind, columns, view, openId, onOpen }: BoardViewProps) {
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

  const shown = useMemo(
    () =>
      (columns ?? []).map((column) => ({
        id: column.stage.id,
        title: column.stage.name,
        color: column.stage.color,
        count: column.count,
        summary: summaryOf(column, organization.currency, format, t),
        cards: column.items,
        hasMore: column.next_cursor !== null,
      })),
    [columns, organization.currency, format, t],
  )

  // Steady between renders: a drag draws the board at every step, its cards only when they change.
  const renderCard = useCallback(
    (card: ListedRecord) => (
      <BoardCard
        kind={kind}
        card={card}
        stage={stageOf(String(card['stage_id']))}
        ownerName={nameOf(card.owner_id ?? null)}
      />
    ),
    [kind, stageOf, nameOf],
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
    ({ id }: { id: string }) => <QuickAdd kind={kind} stage_id={id} pipeline_id={view.pipeline_id} />,
    [kind, view.pipeline_id],
  )

  const onMove = ({ id, fromColumn, toColumn, beforeId, afterId }: BoardMove) => {
    const from = columns?.find(({ stage }) => stage.id === fromColumn)
    const index = from?.items.findIndex((card) => card.id === id) ?? -1
    const card = from?.items[index]
    if (!card) return undefined
    const place = {
      stage_id: toColumn,
      ...(beforeId ? { before_id: beforeId } : afterId ? { after_id: afterId } : {}),
    }
    return move(card, place, { stage_id: fromColumn, after_id: from?.items[index - 1]?.id })
  }

  return (
    <Board<ListedRecord>
      label={t('board.title')}
      className="flex-1"
      loading={columns === undefined}
      columns={shown}
      cardId={cardId}
      cardName={cardName}
      renderCard={renderCard}
      mayMove={mayMove}
      onMove={onMove}
      onOpenCard={(card) => onOpen(card.id)}
      onLoadMore={(id) => {
        const column = columns?.find(({ stage }) => stage.id === id)
        if (column) void loadMoreCards(view, column)
      }}
      openCardId={openId}
      onCardHover={prefetchCard}
      justMovedIds={moved}
      {...(mayCreate && mayPlace ? { columnActions } : {})}
    />
  )
}

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
