import type { Lead } from '@rapport/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
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
import { StagePill } from '../../ui/StagePill.tsx'
import { DataTable } from '../../ui/table/DataTable.tsx'
import { useHotkeys } from '../../ui/useHotkeys.ts'
import { BulkBar } from '../records/BulkBar.tsx'
import { useHighlightedRecords } from '../records/highlight.ts'
import { leadListQuery, leadQuery } from './api.ts'
import { defaultLeadColumns, useLeadColumns } from './leadColumns.tsx'
import { LeadPanel } from './LeadPanel.tsx'
import { LeadsEmpty } from './LeadsEmpty.tsx'
import { NewLeadDialog } from './NewLeadDialog.tsx'
import { useChangeLead } from './useChangeLead.ts'
import { useColumnState } from '../records/useColumnState.ts'
import { useLeadView } from './useLeadView.ts'
import { useTrashLead } from './useTrashLead.ts'
import { statusHues, subtitleOf } from './words.ts'

const rowId = (lead: Lead) => lead.id
const none: Lead[] = []

export function LeadsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const view = useLeadView()
  const query = useInfiniteQuery(leadListQuery(view.query))
  const rows = query.data?.pages.flatMap((page) => page.items) ?? none
  const total = query.data?.pages[0]?.total
  const mayCreate = useMay('leads:create')
  const mayUpdate = useMay('leads:update')
  const { columns, filterFields } = useLeadColumns(mayUpdate)
  const [columnState, setColumnState] = useColumnState('leads', defaultLeadColumns)
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set())
  const [creating, setCreating] = useState(false)
  const change = useChangeLead()
  const { trash } = useTrashLead()
  const highlighted = useHighlightedRecords()

  useHotkeys(
    [{ keys: 'c', label: t('leads.new'), group: t('leads.title'), run: () => setCreating(true) }],
    mayCreate,
  )

  const openIndex = rows.findIndex((lead) => lead.id === view.openId)
  const step = (by: number) => {
    const next = openIndex === -1 ? undefined : rows[openIndex + by]
    return next && (() => view.open(next.id))
  }
  const edit = (id: string, column: string, value: unknown) => {
    const lead = rows.find((row) => row.id === id)
    return lead ? change(lead, column, value) : Promise.resolve()
  }
  const selected = rows.filter((lead) => selection.has(lead.id))
  const mayRemove = selected.every((lead) => lead.can.delete && lead.deleted_at === null)
  const removeSelected = () => {
    void trash(selected)
    setSelection(new Set())
  }
  const narrowed = view.q !== '' || view.filters.length > 0

  return (
    <Page
      layout="fill"
      title={view.trashed ? t('leads.view.trash') : t('leads.title')}
      beside={
        total === undefined ? null : (
          <span className="text-12 text-faint tabular-nums">
            {t('leads.count', { count: total, formatted: format.number(total) })}
          </span>
        )
      }
      actions={
        <>
          <IconButton
            icon={Trash2}
            label={t('leads.view.trash')}
            aria-pressed={view.trashed}
            onClick={() => view.setTrashed(!view.trashed)}
          />
          {mayCreate ? (
            <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
              {t('leads.new')}
            </Button>
          ) : null}
        </>
      }
      toolbar={
        selection.size > 0 ? (
          <BulkBar
            count={selection.size}
            onDelete={mayRemove ? removeSelected : undefined}
            onClear={() => setSelection(new Set())}
          />
        ) : (
          <FilterBar fields={filterFields} filters={view.filters} onChange={view.setFilters}>
            <SearchBox value={view.q} onChange={view.setSearch} className="w-56" />
          </FilterBar>
        )
      }
    >
      {query.isError && !query.data ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable<Lead>
          label={t('leads.title')}
          columns={columns}
          rows={rows}
          rowId={rowId}
          total={total}
          loading={query.isPending}
          hasMore={query.hasNextPage}
          onLoadMore={() => void query.fetchNextPage()}
          sort={view.sort}
          onSortChange={view.setSort}
          selection={selection}
          onSelectionChange={setSelection}
          columnState={columnState}
          onColumnStateChange={setColumnState}
          onOpenRow={(lead) => view.open(lead.id)}
          rowHref={(lead) => paths.lead(lead.id)}
          onRowHover={(lead) => void queryClient.prefetchQuery(leadQuery(lead.id))}
          onEdit={mayUpdate ? edit : undefined}
          highlightedIds={highlighted}
          openRowId={view.openId}
          empty={
            <LeadsEmpty
              narrowed={narrowed}
              trashed={view.trashed}
              onClear={view.clear}
              onCreate={() => setCreating(true)}
            />
          }
          compact={{
            title: (lead) => lead.full_name,
            subtitle: (lead) => subtitleOf(lead),
            meta: (lead) => (
              <StagePill hue={statusHues[lead.status]}>{t(`leads.status.${lead.status}`)}</StagePill>
            ),
          }}
        />
      )}
      <LeadPanel id={view.openId} onClose={() => view.open(null)} onNext={step(1)} onPrevious={step(-1)} />
      <NewLeadDialog open={creating} onOpenChange={setCreating} onCreated={view.open} />
    </Page>
  )
}
