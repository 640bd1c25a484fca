import type { Lead } from '@rapport/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { SquareKanban } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { useMay, useMe } from '../../app/session.ts'
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
import { defaultPipeline, usePipelinesOf } from '../pipelines/api.ts'
import { leadKind } from '../records/leadKind.ts'
import { RecordPanel } from '../records/RecordPanel.tsx'
import { useRecordColumns } from '../records/useRecordColumns.tsx'
import { useRecordView } from '../records/useRecordView.ts'
import { boardQuery, loadMoreCards, type BoardColumn, type BoardView } from './api.ts'
import { BoardCard } from './BoardCard.tsx'
import { QuickAdd } from './QuickAdd.tsx'
import { useBoardMove } from './useBoardMove.ts'
import { useMovedByOthers } from './live.ts'

export function BoardPage() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const pipelines = usePipelinesOf('lead')
  const view = useRecordView('lead')
  const pipeline =
    pipelines.find(({ id }) => id === view.params.get('pipeline')) ?? defaultPipeline(pipelines)
  const { filterFields } = useRecordColumns(leadKind)
  const shown: BoardView = { pipeline_id: pipeline?.id ?? '', filter: view.query.filter, q: view.q }
  const query = useQuery({
    ...boardQuery(shown),
    enabled: pipeline !== undefined,
    placeholderData: keepPreviousData,
  })

  if (!pipeline)
    return (
      <Page layout="fill" title={t('board.title')}>
        <EmptyState
          icon={SquareKanban}
          title={t('board.no_pipeline_title')}
          text={t('board.no_pipeline_text')}
        />
      </Page>
    )
  return (
    <Page
      layout="fill"
      title={t('board.title')}
      beside={
        pipelines.length > 1 ? (
          <Select
            size="small"
            label={t('board.pipeline')}
            value={pipeline.id}
            options={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => view.set('pipeline', id, false)}
          />
        ) : null
      }
      toolbar={
        <FilterBar
          fields={filterFields.filter(({ id }) => id !== 'stage_id' && id !== 'pipeline_id')}
          filters={view.filters}
          onChange={view.setFilters}
        >
          <SearchBox value={view.q} onChange={view.setSearch} className="w-56" />
        </FilterBar>
      }
    >
      {query.isError && !query.data ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <BoardView columns={query.data?.columns} view={shown} openId={view.openId} onOpen={view.open} />
      )}
      <RecordPanel kind={leadKind} id={view.openId} onClose={() => view.open(null)} />
    </Page>
  )
}

const cardId = (lead: Lead) => lead.id
const cardName = (lead: Lead) => lead.full_name
const prefetchCard = (lead: Lead) => void queryClient.prefetchQuery(leadKind.store.recordQuery(lead.id))

type BoardViewProps = {
  columns: BoardColumn[] | undefined
  view: BoardView
  openId: string | null
  onOpen: (id: string) => void
}

function BoardView({ columns, view, openId, onOpen }: BoardViewProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { organization } = useMe()
  const mayCreate = useMay('leads:create')
  const mayUpdate = useMay('leads:update')
  const mayPlace = useFieldAccess('lead').edits('stage_id')
  const nameOf = useMemberName()
  const move = useBoardMove()
  const moved = useMovedByOthers()

  const shown = useMemo(
    () =>
      (columns ?? []).map((column) => ({
        id: column.stage.id,
        title: column.stage.name,
        color: column.stage.color,
        count: column.count,
        summary: summaryOf(column, organization.currency, format),
        cards: column.items,
        hasMore: column.next_cursor !== null,
      })),
    [columns, organization.currency, format],
  )

  // Steady between renders: a drag draws the board at every step, its cards only when they change.
  const renderCard = useCallback(
    (lead: Lead) => <BoardCard lead={lead} ownerName={nameOf(lead.owner_id ?? null)} />,
    [nameOf],
  )
  const mayMove = useCallback((lead: Lead) => mayUpdate && mayPlace && lead.can.update, [mayUpdate, mayPlace])
  const columnActions = useCallback(
    ({ id }: { id: string }) => <QuickAdd stage_id={id} pipeline_id={view.pipeline_id} />,
    [view.pipeline_id],
  )

  const onMove = ({ id, fromColumn, toColumn, beforeId, afterId }: BoardMove) => {
    const from = columns?.find(({ stage }) => stage.id === fromColumn)
    const index = from?.items.findIndex((lead) => lead.id === id) ?? -1
    const lead = from?.items[index]
    if (!lead) return undefined
    const place = {
      stage_id: toColumn,
      ...(beforeId ? { before_id: beforeId } : afterId ? { after_id: afterId } : {}),
    }
    return move(lead, place, { stage_id: fromColumn, after_id: from?.items[index - 1]?.id })
  }

  return (
    <Board<Lead>
      label={t('board.title')}
      className="flex-1"
      loading={columns === undefined}
      columns={shown}
      cardId={cardId}
      cardName={cardName}
      renderCard={renderCard}
      mayMove={mayMove}
      onMove={onMove}
      onOpenCard={(lead) => onOpen(lead.id)}
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

/** The sum in the organization's own currency; other currencies are named beside it, not added up. */
function summaryOf(column: BoardColumn, currency: string, format: Format): string {
  return column.values
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => Number(b.currency === currency) - Number(a.currency === currency))
    .map(({ currency: own, value }) => format.moneyShort(value, own))
    .join(' + ')
}
