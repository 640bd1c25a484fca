import type { AuditEntry } from '@rapport/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterBar } from '../../ui/filters/FilterBar.tsx'
import { Page } from '../../ui/Page.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { auditQuery } from './api.ts'
import { AuditTable } from './AuditTable.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { useAuditFilters } from './useAuditFilters.ts'
import { useAuditView } from './useAuditView.ts'

export function AuditPage() {
  const { t } = useTranslation()
  const mayRead = useMay('audit:read')
  if (mayRead) return <AuditLog />
  return (
    <Page title={t('audit.title')}>
      <ErrorState title={t('common.problem.forbidden')} />
    </Page>
  )
}

const none: AuditEntry[] = []

function AuditLog() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const view = useAuditView()
  const query = useInfiniteQuery(auditQuery(view.filter))
  const pages = query.data?.pages
  const entries = useMemo(() => pages?.flatMap((page) => page.items) ?? none, [pages])
  const fields = useAuditFilters(entries)
  return (
    <Page
      layout="fill"
      title={t('audit.title')}
      actions={<ExportMenu filter={view.filter} />}
      toolbar={<FilterBar fields={fields} filters={view.filters} onChange={view.setFilters} />}
    >
      <div className="@container min-h-0 flex-1 overflow-y-auto" aria-busy={query.isFetching}>
        {query.isPending ? (
          <div className="px-4 pt-2">
            <SkeletonRows rows={10} label={t('common.state.loading')} />
          </div>
        ) : null}
        {query.isError && !query.data ? (
          <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        {entries.length > 0 ? <AuditTable entries={entries} onOnly={view.only} /> : null}
        {query.isSuccess && entries.length === 0 ? (
          <Nothing filtered={view.filters.length > 0} onClear={() => view.setFilters([])} />
        ) : null}
        {entries.length > 0 ? (
          <div className="flex justify-center py-4 text-12 text-muted">
            {query.hasNextPage ? (
              <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t('audit.more')}
              </Button>
            ) : (
              t(view.filters.length > 0 ? 'audit.filtered_end' : 'audit.end')
            )}
          </div>
        ) : null}
      </div>
    </Page>
  )
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation()
  if (!filtered)
    return <EmptyState icon={ScrollText} title={t('audit.empty.title')} text={t('audit.empty.text')} />
  return (
    <EmptyState
      icon={ScrollText}
      title={t('audit.empty.filtered_title')}
      text={t('audit.empty.filtered_text')}
      actions={<Button onClick={onClear}>{t('audit.empty.clear')}</Button>}
    />
  )
}
