import type { Pipeline } from '@rapport/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { CopyCheck, Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterBar } from '../../ui/filters/FilterBar.tsx'
import { SearchBox } from '../../ui/filters/SearchBox.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { DataTable } from '../../ui/table/DataTable.tsx'
import { useHotkeys } from '../../ui/useHotkeys.ts'
import { CardFieldsMenu } from '../board/CardFieldsMenu.tsx'
import { RecordBoard } from '../board/RecordBoard.tsx'
import { useCardFields } from '../board/useCardFields.ts'
import { BulkBar } from '../bulk/BulkBar.tsx'
import { SelectionNotice } from '../bulk/SelectionNotice.tsx'
import { useSelection } from '../bulk/useSelection.ts'
import { ExportButton } from '../exports/ExportButton.tsx'
import { ArrangeMenu } from '../views/ArrangeMenu.tsx'
import { defaultPipeline, usePipelines } from '../pipelines/api.ts'
import { LeftOutNote } from '../views/LeftOutNote.tsx'
import { useChosenView } from '../views/useChosenView.ts'
import { ViewBar } from '../views/ViewBar.tsx'
import { useHighlightedRecords } from './highlight.ts'
import { cameFrom } from './cameFrom.ts'
import type { RecordKind } from './kinds.ts'
import { NewRecordDialog } from './NewRecordDialog.tsx'
import { NothingThere } from './NothingThere.tsx'
import { RecordCalendar } from './RecordCalendar.tsx'
import { RecordBadge } from './RecordBadge.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import { StageQuestionDialog } from './StageQuestionDialog.tsx'
import type { ListedRecord } from './stores.ts'
import { useChangeRecord } from './useChangeRecord.ts'
import { useColumnTotals } from './useColumnTotals.ts'
import { useFieldLabel } from './useFieldLabel.ts'
import { useGroupedRows } from './useGroupedRows.tsx'
import { useRecordColumns } from './useRecordColumns.tsx'
import { useRecordView } from './useRecordView.ts'
import { useTitleOf } from './useTitleOf.ts'
import { useArrangeChoices } from './useArrangeChoices.ts'
import { useViewColumns } from './useViewColumns.ts'
import { useKindWords } from './useKindWords.ts'

const rowId = (record: ListedRecord) => record.id
const none: ListedRecord[] = []

/** All records of one object as a table, with one of them open beside it. */
export function RecordsPage({ kind }: { kind: RecordKind }) {
  const { object, many, store, path, pathOf } = kind
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const { wordOf, countOf } = useKindWords()
  const format = useFormat()
  const describe = useDescribeProblem()
  const { views, chosen, missing } = useChosenView(object)
  const view = useRecordView(object, chosen)
  const { layout, group_by } = view.arrangement
  const cards = useCardFields(kind, view)
  const pipeline = useShownPipeline(kind, view.arrangement.pipeline_id)
  const board = layout === 'board' && !view.trashed ? pipeline : undefined
  const grouped = useGroupedRows(kind, view.query, layout === 'table' && !view.trashed ? group_by : null)
  const query = useInfiniteQuery({
    ...store.listQuery(view.query),
    enabled: grouped === null && board === undefined && layout !== 'calendar',
  })
  const rows = grouped?.rows ?? query.data?.pages.flatMap((page) => page.items) ?? none
  const total = grouped ? grouped.total : query.data?.pages[0]?.total
  const mayCreate = useMay(`${many}:create`)
  const mayUpdate = useMay(`${many}:update`)
  const { columns, filterFields } = useRecordColumns(kind)
  const selection = useSelection(view.query, rows, total)
  const { columnState, setColumnState, shownColumns } = useViewColumns(kind, columns, view)
  const totalled = useColumnTotals(kind, columns, columnState, view.query)
  const choices = useArrangeChoices(kind)
  const labelOf = useFieldLabel()
  const titleOf = useTitleOf(kind)
  const change = useChangeRecord(kind)
  const [params] = useSearchParams()
  const highlighted = useHighlightedRecords()
  const title = wordOf(kind, 'title')

  useHotkeys(
    [{ keys: 'c', label: wordOf(kind, 'new'), group: title, run: () => view.setCreating(true) }],
    mayCreate,
  )

  const by = view.arrangement.date_field ?? choices.dates[0]?.value
  const openIndex = rows.findIndex((record) => record.id === view.openId)
  const step = (by: number) => {
    const next = openIndex === -1 ? undefined : rows[openIndex + by]
    return next && (() => view.open(next.id))
  }
  const edit = (id: string, column: string, value: unknown) => {
    const record = rows.find((row) => row.id === id)
    return record ? change(record, column, value) : Promise.resolve()
  }
  const { filter, q, sort } = view.query
  const exported = {
    chosen: { filter: { ...(filter ?? { and: [] }) }, ...(q ? { q } : {}) },
    columns: shownColumns.map(({ field }) => field),
    sort,
    count: total,
  }
  const empty = (
    <NothingThere
      kind={kind}
      narrowed={view.q !== '' || view.filters.length > 0}
      trashed={view.trashed}
      onClear={view.clear}
      onCreate={mayCreate ? () => view.setCreating(true) : undefined}
    />
  )

  return (
    <Page
      layout="fill"
      title={view.trashed ? t('records.trash') : title}
      beside={
        total === undefined ? null : (
          <span className="whitespace-nowrap text-12 text-faint tabular-nums max-sm:sr-only">
            {countOf(kind, total, format.number(total))}
          </span>
        )
      }
      actions={
        <>
          {view.trashed ? null : <ExportButton kind={kind} exported={exported} />}
          <IconButton
            icon={Trash2}
            label={t('records.trash')}
            aria-pressed={view.trashed}
            onClick={() => view.setTrashed(!view.trashed)}
          />
          <IconButton
            icon={CopyCheck}
            label={t('duplicates.title')}
            onClick={() => void navigate(paths.duplicatesOf(object))}
          />
          {mayCreate ? (
            <Button variant="primary" icon={Plus} onClick={() => view.setCreating(true)}>
              {wordOf(kind, 'new')}
            </Button>
          ) : null}
        </>
      }
      toolbar={
        selection.count > 0 ? (
          <BulkBar kind={kind} selection={selection} trashed={view.trashed} shown={exported} />
        ) : (
          <>
            {view.trashed ? null : (
              <>
                <ViewBar
                  object={object}
                  all={t('views.all', { records: title.toLocaleLowerCase(i18n.language) })}
                  views={views}
                  view={view}
                  columns={board ? cards.shownColumns : shownColumns}
                  presets={kind.presets?.map(({ name, address }) => ({
                    label: t(`tasks.preset.${name}`),
                    address,
                  }))}
                />
                <ArrangeMenu view={view} sort={view.sort} onSortChange={view.setSort} {...choices} />
                {board ? <CardFieldsMenu {...cards} /> : null}
              </>
            )}
            <FilterBar fields={filterFields} filters={view.filters} onChange={view.setFilters} grouped>
              <SearchBox value={view.q} onChange={view.setSearch} className="w-56" />
            </FilterBar>
          </>
        )
      }
    >
      <SelectionNotice selection={selection} total={total} />
      <LeftOutNote left_out={chosen?.left_out ?? []} missing={missing} labelOf={labelOf} />
      {board ? (
        <RecordBoard kind={kind} pipeline={board} view={view} shown={cards.shown} />
      ) : layout === 'calendar' && by !== undefined && !view.trashed ? (
        <RecordCalendar kind={kind} view={view.query} by={by} onOpen={view.open} />
      ) : grouped?.error ? (
        <ErrorState title={describe(grouped.error)} onRetry={grouped.retry} />
      ) : query.isError && !query.data ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable<ListedRecord>
          key={path}
          label={title}
          columns={totalled}
          rows={rows}
          rowId={rowId}
          total={total}
          loading={grouped ? grouped.loading : query.isPending}
          hasMore={grouped === null && query.hasNextPage}
          headings={grouped?.headings}
          onLoadMore={() => void query.fetchNextPage()}
          sort={view.sort}
          onSortChange={view.setSort}
          selection={selection.shown}
          onSelectionChange={selection.set}
          columnState={columnState}
          onColumnStateChange={setColumnState}
          onOpenRow={(record) => view.open(record.id)}
          rowHref={(record) => pathOf(record.id)}
          onRowHover={(record) => void queryClient.prefetchQuery(store.recordQuery(record.id))}
          onEdit={mayUpdate ? edit : undefined}
          highlightedIds={highlighted}
          openRowId={view.openId}
          empty={empty}
          compact={{
            title: titleOf,
            subtitle: kind.subtitleOf,
            ...(kind.control ? { control: kind.control } : {}),
            meta: (record) => <RecordBadge kind={kind} value={record[kind.badge ?? '']} />,
          }}
        />
      )}
      <RecordPanel
        kind={kind}
        id={view.openId}
        onClose={() => view.open(null)}
        onNext={step(1)}
        onPrevious={step(-1)}
        from={cameFrom(params, object, rows, view.openId)}
      />
      <NewRecordDialog
        kind={kind}
        open={view.creating && mayCreate}
        onOpenChange={view.setCreating}
        onCreated={view.open}
      />
      <StageQuestionDialog />
    </Page>
  )
}

/** The pipeline that a view names; one that is gone, or none, leads to the default one. */
function useShownPipeline({ object }: RecordKind, pipeline_id: string | null): Pipeline | undefined {
  const own = usePipelines().filter((pipeline) => pipeline.object === object)
  return own.find(({ id }) => id === pipeline_id) ?? defaultPipeline(own)
}
