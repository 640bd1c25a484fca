import type { FollowedObject } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { CalendarPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { ListedRecord } from '../records/stores.ts'
import { followUpsQuery } from './api.ts'
import { FollowUpLine } from './FollowUpLine.tsx'
import type { Preset } from './PlanDialog.tsx'
import { useNow } from './useNow.ts'
import { useFollowUpWork } from './useFollowUpWork.tsx'

type Props = { object: FollowedObject; record: ListedRecord }

/** The follow-ups of a record: what was done, what is planned, and what could come next. */
export function FollowUpSection({ object, record }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const ref = { object, id: record.id }
  const query = useQuery(followUpsQuery(ref))
  const work = useFollowUpWork()
  const now = useNow()
  const title = t('followUps.title')
  if (query.isError && !query.data)
    return <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton className="h-16 w-full" />
  const { items, next_proposed } = query.data
  const readOnly = !record.can.update || record.deleted_at !== null
  const inAnHour = new Date(now.getTime() + 3_600_000).toISOString()
  const free = [1, 2, 3].find((number) => !items.some((one) => one.number === number)) ?? 3
  const preset: Preset = next_proposed ?? { number: free, due_at: inAnHour, channel: 'call' }
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-2">
        <h2 className="text-11 font-semibold text-faint uppercase">{title}</h2>
        {readOnly ? null : (
          <Button size="small" icon={CalendarPlus} onClick={() => work.plan(ref, preset)}>
            {t('followUps.plan')}
          </Button>
        )}
      </div>
      {items.length === 0 ? (
        <p className="text-13 text-muted">{t('followUps.none')}</p>
      ) : (
        <ul className="flex flex-col border-y border-line">
          {items.map((one) => (
            <FollowUpLine key={one.id} followUp={one} readOnly={readOnly} work={work} />
          ))}
        </ul>
      )}
      {next_proposed && !readOnly ? (
        <div className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1 text-13 text-muted">
          <span>
            {t('followUps.proposed', {
              number: next_proposed.number,
              when: format.dateTime(next_proposed.due_at),
              channel: t(`followUps.channel.${next_proposed.channel}`),
            })}
          </span>
          <Button size="small" variant="ghost" onClick={() => work.plan(ref, next_proposed, true)}>
            {t('followUps.plan_it')}
          </Button>
        </div>
      ) : null}
      {work.dialogs}
    </section>
  )
}
