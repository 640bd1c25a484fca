import { loggableActivityTypes, type Activity } from '@rapport/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { kindOf } from './kinds.ts'
import { RelatedName } from './RelatedName.tsx'
import type { TimelineStore } from './recordStore.ts'
import { useActivityText } from './useActivityText.tsx'
import { useKindWords } from './useKindWords.ts'

type Loggable = (typeof loggableActivityTypes)[number]

type Props = { object: string; store: TimelineStore; id: string; readOnly: boolean }

/** What happened to a record, newest first, with a place on top to log what happened just now. */
export function RecordTimeline({ object, store, id, readOnly }: Props) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(store.timelineQuery(id))
  const activities = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section aria-label={t('records.section.timeline')} className="flex flex-col gap-3">
      <h2 className="text-11 font-semibold text-faint uppercase">{t('records.section.timeline')}</h2>
      {readOnly ? null : <LogBox store={store} id={id} />}
      {query.isPending ? <Skeleton className="h-10 w-full" /> : null}
      {query.isSuccess && activities.length === 0 ? (
        <p className="text-13 text-muted">{t('records.timeline.empty')}</p>
      ) : null}
      <ol className="flex flex-col">
        {activities.map((activity) => (
          <Entry key={activity.id} object={object} activity={activity} />
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button
          variant="ghost"
          size="small"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('records.timeline.more')}
        </Button>
      ) : null}
    </section>
  )
}

function Entry({ object, activity }: { object: string; activity: Activity }) {
  const { wordOf } = useKindWords()
  const format = useFormat()
  // A contact tells the history of the lead it came from, too.
  const about = activity.record.object
  const describe = useActivityText(about)
  const { sentence, link, changes } = describe(activity)
  return (
    <li className="relative flex gap-2.5 pb-4 before:absolute before:top-6 before:bottom-0 before:left-[9px] before:w-px before:bg-line last:before:hidden">
      <Avatar name={activity.actor.name} size={20} decorative className="mt-px" />
      <div className="min-w-0 flex-1">
        <p className="text-13">
          <span className="font-medium">{activity.actor.name}</span>{' '}
          <span className="text-muted">{sentence}</span> {link ? <RelatedName {...link} linked /> : null}
          {about === object ? null : (
            <span className="text-muted">
              {' '}
              ({wordOf(kindOf(about) ?? { object: about }, 'one')}:{' '}
              <RelatedName {...activity.record} linked />)
            </span>
          )}{' '}
          <time
            dateTime={activity.occurred_at}
            title={format.dateTime(activity.occurred_at)}
            className="text-12 text-faint"
          >
            {format.ago(activity.occurred_at)}
          </time>
        </p>
        {activity.body ? (
          <p className="mt-1 rounded-base bg-sunken px-2.5 py-2 text-13 whitespace-pre-wrap">
            {activity.body}
          </p>
        ) : null}
        {changes.map(({ label, before, after }) => (
          <p key={label} className="mt-0.5 truncate text-12 text-muted">
            {label}: <span className="line-through decoration-line-strong">{before}</span> →{' '}
            <span className="text-ink">{after}</span>
          </p>
        ))}
      </div>
    </li>
  )
}

function LogBox({ store, id }: Pick<Props, 'store' | 'id'>) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [type, setType] = useState<Loggable>('note')
  const [body, setBody] = useState('')
  const log = store.useLogActivity(id)
  const submit = () => {
    const text = body.trim()
    if (text === '' || log.isPending) return
    log.mutate(
      { type, body: text },
      {
        onSuccess: () => setBody(''),
        onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
      },
    )
  }
  return (
    <div className="flex flex-col gap-2 rounded-base border border-line p-2 focus-within:border-line-strong">
      <Textarea
        aria-label={t('records.timeline.placeholder')}
        placeholder={t('records.timeline.placeholder')}
        rows={2}
        value={body}
        className="border-0! bg-transparent! px-1! shadow-none!"
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit()
        }}
      />
      <div className="flex items-center justify-between gap-2">
        <div className="w-32">
          <Select<Loggable>
            size="small"
            label={t('records.timeline.log')}
            value={type}
            options={loggableActivityTypes.map((value) => ({
              value,
              label: t(`records.timeline.type.${value}`),
            }))}
            onChange={setType}
          />
        </div>
        <Button
          size="small"
          variant="primary"
          disabled={body.trim() === ''}
          loading={log.isPending}
          onClick={submit}
        >
          {t('records.timeline.log')}
        </Button>
      </div>
    </div>
  )
}
