import type { Export } from '@rapport/contracts'
import { export_days } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { Download, FileOutput, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { notify } from '../../ui/notify.ts'
import { Page } from '../../ui/Page.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Progress } from '../../ui/Progress.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useSizeText } from '../attachments/useSizeText.ts'
import { cancelJob, isMoving } from '../bulk/api.ts'
import { useKindWords } from '../records/useKindWords.ts'
import { downloadExport, exportsQuery, hasFile, readExportsAgain } from './api.ts'

/** The files that one asked for, and those that are being written. */
export function ExportsPage() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useQuery(exportsQuery)
  return (
    <Page title={t('exports.title')}>
      <p className="pb-4 text-13 text-muted">{t('exports.about', { count: export_days })}</p>
      {query.isError && !query.data ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <SkeletonRows rows={4} label={t('common.state.loading')} />
      ) : query.data.items.length === 0 ? (
        <EmptyState icon={FileOutput} title={t('exports.empty_title')} text={t('exports.empty_text')} />
      ) : (
        <ul aria-label={t('exports.title')} className="flex flex-col">
          {query.data.items.map((item) => (
            <ExportRow key={item.id} item={item} />
          ))}
        </ul>
      )}
    </Page>
  )
}

const tones: Record<Export['state'], Tone> = {
  queued: 'neutral',
  running: 'accent',
  completed: 'success',
  failed: 'danger',
  cancelled: 'warn',
}

function ExportRow({ item }: { item: Export }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { titleOf } = useKindWords()
  const sizeText = useSizeText()
  const attempt = useAttempt()
  const { id, file_name, state, object, done } = item
  const over = state === 'completed' && !hasFile(item)
  return (
    <li className="grid min-h-row grid-cols-[minmax(0,1fr)_auto_2rem] items-center gap-x-4 gap-y-1 border-b border-line px-2 py-2 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_7rem_minmax(0,1fr)_6rem_2rem]">
      <span className="min-w-0">
        <span className="block truncate text-13 font-medium">{file_name}</span>
        <span className="block truncate text-12 text-muted">{titleOf(object)}</span>
      </span>
      <span className="flex justify-end sm:justify-start">
        <Badge tone={over ? 'neutral' : tones[state]}>
          {t(over ? 'exports.over' : `exports.state.${state}`)}
        </Badge>
      </span>
      <span className="min-w-0 text-12 text-muted tabular">
        {isMoving(item) ? (
          <Progress
            labelHidden
            label={t('bulk.progress', { done: format.number(done), total: format.number(item.total) })}
            value={done / (item.total || 1)}
          />
        ) : (
          (item.problem ??
          [
            t('exports.records', { count: done, formatted: format.number(done) }),
            ...(item.bytes === null ? [] : [sizeText(item.bytes)]),
          ].join(' · '))
        )}
      </span>
      <time
        dateTime={item.created_at}
        title={format.dateTime(item.created_at)}
        className="text-right text-12 text-faint max-sm:col-span-2"
      >
        {format.ago(item.created_at)}
      </time>
      <span className="flex justify-end max-sm:col-start-3 max-sm:row-start-1">
        {isMoving(item) ? (
          <IconButton
            icon={X}
            label={t('exports.stop', { name: file_name })}
            onClick={() => attempt(cancelJob(id).finally(readExportsAgain))}
          />
        ) : hasFile(item) ? (
          <IconButton
            icon={Download}
            label={t('exports.download_named', { name: file_name })}
            onClick={() => attempt(downloadExport(id))}
          />
        ) : null}
      </span>
    </li>
  )
}

function useAttempt() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  return (work: Promise<unknown>) =>
    void work.catch((error: unknown) => notify.problem(t('common.problem.title'), describe(error)))
}
