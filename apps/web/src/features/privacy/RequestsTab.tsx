import type { PrivacyRequest } from '@rapport/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Building2, Download, UserRoundSearch } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { requestsQuery, saveRequestFile } from './api.ts'
import { OrganizationExportDialog } from './OrganizationExportDialog.tsx'
import { PersonDialog } from './PersonDialog.tsx'

const tones: Record<PrivacyRequest['state'], Tone> = {
  queued: 'neutral',
  running: 'info',
  completed: 'success',
  failed: 'danger',
}

export function RequestsTab() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const mayExport = useMay('organization:export')
  const query = useInfiniteQuery(requestsQuery)
  const [open, setOpen] = useState<'person' | 'organization' | null>(null)
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button icon={UserRoundSearch} variant="primary" onClick={() => setOpen('person')}>
          {t('privacy.person.open')}
        </Button>
        {mayExport ? (
          <Button icon={Building2} onClick={() => setOpen('organization')}>
            {t('privacy.organization.open')}
          </Button>
        ) : null}
      </div>
      {query.isPending ? <SkeletonRows rows={4} label={t('common.state.loading')} /> : null}
      {query.isError ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && items.length === 0 ? (
        <EmptyState title={t('privacy.request.none')} text={t('privacy.request.none_text')} />
      ) : null}
      <ul aria-label={t('privacy.tab.requests')} className="flex flex-col divide-y divide-line">
        {items.map((request) => (
          <RequestRow key={request.id} request={request} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button variant="ghost" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('privacy.more')}
        </Button>
      ) : null}
      <PersonDialog open={open === 'person'} onOpenChange={(next) => setOpen(next ? 'person' : null)} />
      <OrganizationExportDialog
        open={open === 'organization'}
        onOpenChange={(next) => setOpen(next ? 'organization' : null)}
      />
    </div>
  )
}

function RequestRow({ request }: { request: PrivacyRequest }) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const [saving, setSaving] = useState(false)
  const rows = Object.values(request.result).reduce((sum, count) => sum + count, 0)
  const save = async () => {
    setSaving(true)
    try {
      await saveRequestFile(request.id, request.kind)
    } catch (error) {
      notify.problem(describe(error))
    } finally {
      setSaving(false)
    }
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 text-13 font-medium">
          {t(`privacy.request.kind.${request.kind}`)}
          <Badge tone={tones[request.state]}>{t(`privacy.request.state.${request.state}`)}</Badge>
        </p>
        <p className="text-12 text-muted">
          {t('privacy.request.by', { name: request.requested_by.name, when: format.ago(request.created_at) })}
          {request.reason === '' ? null : ` · ${request.reason}`}
        </p>
        {request.state === 'completed' ? (
          <p className="text-12 text-muted">
            {t('privacy.request.rows', { count: rows, formatted: format.number(rows) })}
          </p>
        ) : null}
        {request.problem === null ? null : <p className="text-12 text-danger-ink">{request.problem}</p>}
      </div>
      {request.file_expires_at === null ? null : (
        <div className="flex flex-col items-start gap-0.5">
          <Button size="small" icon={Download} loading={saving} onClick={() => void save()}>
            {t('privacy.request.download')}
          </Button>
          <span className="text-11 text-faint">
            {t('privacy.request.until', { date: format.date(request.file_expires_at) })}
          </span>
        </div>
      )}
    </li>
  )
}
