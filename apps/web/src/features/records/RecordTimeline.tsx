import { loggableActivityTypes, type Activity } from '@rapport/contracts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ArrowUp, Pin } from 'lucide-react'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../../app/connection.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { usePin, visitQuery } from '../timeline/api.ts'
import { groupEntries } from '../timeline/groupEntries.ts'
import { TimelineEntry } from '../timeline/TimelineEntry.tsx'
import { TimelineFilter } from '../timeline/TimelineFilter.tsx'
import type { Entry } from '../timeline/types.ts'
import { useRelatedNews } from '../timeline/useRelatedNews.ts'
import { useTimelineChoice } from '../timeline/useTimelineChoice.ts'
import type { TimelineStore } from './recordStore.ts'

const none: Activity[] = []

type Loggable = Exclude<(typeof loggableActivityTypes)[number], 'note'>

/** Notes have a place of their own. */
const loggable = loggableActivityTypes.filter((type): type is Loggable => type !== 'note')

type Props = { object: string; store: TimelineStore; id: string; readOnly: boolean }

/** What happened to a record, newest first, with a place on top to log what happened just now. */
export function RecordTimeline({ object, store, id, readOnly }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { user } = useMe()
  const choice = useTimelineChoice(object)
  const query = useInfiniteQuery(store.timelineQuery(id, choice.asked))
  const pin = usePin(store.keys.timeline(id))
  useRelatedNews(store.keys.timeline(id), choice.related)
  const { data: previous_at = null } = useQuery({
    ...visitQuery(object, id),
    enabled: useConnection() === 'live',
  })
  const pinned = query.data?.pages[0]?.pinned ?? none
  const activities = query.data?.pages.flatMap((page) => page.items) ?? none
  const entries = groupEntries(activities.filter(({ pinned_at }) => pinned_at === null))
  const isNew = ({ activity }: Entry) =>
    previous_at !== null && activity.occurred_at > previous_at && activity.actor.id !== user.id
  const lastNew = entries.findLastIndex(isNew)
  const onPin = (activity: Activity) =>
    pin.mutate(activity, {
      onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
    })
  const draw = (entry: Entry) => (
    <TimelineEntry
      key={entry.activity.id}
      entry={entry}
      record_id={id}
      onPin={readOnly || entry.activity.record.id !== id ? undefined : onPin}
    />
  )
  return (
    <section aria-label={t('records.section.timeline')} className="flex flex-col gap-3">
      <div className="flex min-h-control-small flex-wrap items-center gap-2">
        <h2 className="text-11 font-semibold text-faint uppercase">{t('records.section.timeline')}</h2>
        <TimelineFilter {...choice} />
      </div>
      {readOnly ? null : <LogBox store={store} id={id} />}
      {query.isPending ? <Skeleton className="h-10 w-full" /> : null}
      {pinned.length > 0 ? (
        <section aria-label={t('timeline.pinned')} className="rounded-base border border-line px-3 pt-2.5">
          <h3 className="flex items-center gap-1.5 pb-2 text-12 font-medium text-muted">
            <Pin className="size-3.5" strokeWidth={1.75} aria-hidden />
            {t('timeline.pinned')}
          </h3>
          <ol className="flex flex-col">{pinned.map((activity) => draw({ activity, earlier: [] }))}</ol>
        </section>
      ) : null}
      {query.isSuccess && activities.length === 0 ? (
        <p className="text-13 text-muted">
          {t(choice.kinds.length > 0 ? 'timeline.nothing_of_kind' : 'records.timeline.empty')}
        </p>
      ) : null}
      <ol className="flex flex-col">
        {entries.map((entry, place) => (
          <Fragment key={entry.activity.id}>
            {draw(entry)}
            {place === lastNew ? <VisitMark /> : null}
          </Fragment>
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

/** Above it stands what is new since one was here last. */
function VisitMark() {
  const { t } = useTranslation()
  return (
    <li className="mb-4 flex items-center gap-2 text-12 font-medium text-accent-ink">
      <span className="h-px flex-1 bg-accent" aria-hidden />
      <ArrowUp className="size-3.5" strokeWidth={2} aria-hidden />
      {t('timeline.since_visit')}
      <span className="h-px flex-1 bg-accent" aria-hidden />
    </li>
  )
}

function LogBox({ store, id }: Pick<Props, 'store' | 'id'>) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [type, setType] = useState<Loggable>('call')
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
            options={loggable.map((value) => ({
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
