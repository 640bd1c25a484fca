import type { Import } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { useFormat } from '../../ui/format.ts'
import { Progress } from '../../ui/Progress.tsx'
import { useKindWords } from '../records/useKindWords.ts'
import { importQuery, isMoving } from './api.ts'
import { StateBadge } from './StateBadge.tsx'

export function ImportRow({ shown }: { shown: Import }) {
  const format = useFormat()
  const { titleOf } = useKindWords()
  const prefetch = () => void queryClient.prefetchQuery(importQuery(shown.id))
  return (
    <li className="border-b border-line last:border-b-0">
      <Link
        to={paths.import(shown.id)}
        onPointerEnter={prefetch}
        onFocus={prefetch}
        className="grid min-h-row grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 rounded-small px-2 py-2 hover:bg-hover sm:grid-cols-[minmax(0,1fr)_6.5rem_minmax(0,1.1fr)_5.5rem]"
      >
        <span className="min-w-0">
          <span className="block truncate text-13 font-medium">{shown.file_name}</span>
          <span className="block truncate text-12 text-faint">{titleOf(shown.object)}</span>
        </span>
        <span className="flex justify-end sm:justify-start">
          <StateBadge state={shown.state} />
        </span>
        <span className="min-w-0 text-12 text-muted">
          <Outcome shown={shown} />
        </span>
        <time
          dateTime={shown.created_at}
          title={format.dateTime(shown.created_at)}
          className="text-right text-12 text-faint"
        >
          {format.ago(shown.created_at)}
        </time>
      </Link>
    </li>
  )
}

/** How far it is while it runs, what came of it afterwards. */
function Outcome({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { state, done, total } = shown
  if (isMoving(state) || state === 'paused')
    return (
      <Progress
        labelHidden
        label={t('imports.list.progress', { done: format.number(done), total: format.number(total) })}
        value={done / (total || 1)}
      />
    )
  if (state === 'uploaded')
    return t('imports.list.waiting', { count: total, formatted: format.number(total) })
  const parts = (['created', 'updated', 'skipped', 'failed'] as const).filter((name) => shown[name] > 0)
  if (parts.length === 0) return t('imports.list.nothing')
  return (
    <span className="tabular">
      {parts.map((name, index) => (
        <span key={name} className={name === 'failed' ? 'text-danger-ink' : undefined}>
          {index > 0 ? <span className="text-faint"> · </span> : null}
          {t(`imports.list.${name}`, { count: shown[name], formatted: format.number(shown[name]) })}
        </span>
      ))}
    </span>
  )
}
