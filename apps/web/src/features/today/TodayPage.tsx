import type { DueFollowUp, Today } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { CalendarCheck } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { recordPath } from '../../app/paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useFormat } from '../../ui/format.ts'
import { Page } from '../../ui/Page.tsx'
import { todayQuery } from '../follow-ups/api.ts'
import { useNow } from '../follow-ups/useNow.ts'
import { useFollowUpWork } from '../follow-ups/useFollowUpWork.tsx'
import { TodayRow } from './TodayRow.tsx'
import { useTodayKeys } from './useTodayKeys.ts'

const groups = ['overdue', 'due', 'upcoming'] as const
type Group = (typeof groups)[number]

/** What a person's day holds: whom to call or write to, in which order, and what came of it. */
export function TodayPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const { data: day } = useSuspenseQuery({ ...todayQuery, refetchInterval: 60_000 })
  const now = useNow()
  const work = useFollowUpWork()
  const [selected, setSelected] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const byGroup = groupNow(day, now)
  const shown = groups.flatMap((name) => byGroup[name])
  const open = ({ subject }: DueFollowUp) => void navigate(recordPath(subject.object, subject.id))
  useTodayKeys({
    shown,
    selected,
    select: (id) => {
      setSelected(id)
      list.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus()
    },
    open,
    log: work.log,
    next: (one) => work.close(one, 'done'),
    snooze: ({ id }) => openByKeyboard(list.current?.querySelector(`[data-snooze="${id}"]`)),
  })
  const left = day.overdue.total + day.due.total
  return (
    <Page
      title={t('today.title')}
      beside={
        <span className="truncate text-13 text-muted first-letter:uppercase">{format.wholeDay(day.day)}</span>
      }
      actions={
        <span className="text-13 text-muted tabular" aria-live="polite">
          {t('today.progress', { done: format.number(day.done), left: format.number(left) })}
        </span>
      }
    >
      <div ref={list} className="flex flex-col gap-6">
        {shown.length === 0 ? (
          <EmptyState icon={CalendarCheck} title={t('today.empty')} text={t('today.empty_text')} />
        ) : null}
        {groups.map((name) =>
          byGroup[name].length === 0 ? null : (
            <section key={name} aria-label={t(`today.group.${name}`)}>
              <h2 className="flex items-baseline gap-2 border-b border-line pb-1.5 text-13 font-semibold">
                {t(`today.group.${name}`)}
                <span className="font-normal text-faint tabular">
                  {format.number(totalOf(day, name, byGroup[name].length))}
                </span>
              </h2>
              <ul className="flex flex-col">
                {byGroup[name].map((one) => (
                  <TodayRow
                    key={one.id}
                    followUp={one}
                    group={name}
                    cadence={day.cadence}
                    now={now}
                    selected={one.id === selected}
                    onSelect={() => setSelected(one.id)}
                    onOpen={() => open(one)}
                    work={work}
                  />
                ))}
              </ul>
            </section>
          ),
        )}
      </div>
      {work.dialogs}
    </Page>
  )
}

/** As if one had pressed the arrow key on it: the menu opens with its first entry chosen. */
function openByKeyboard(trigger: Element | null | undefined): void {
  if (!(trigger instanceof HTMLElement)) return
  trigger.focus()
  trigger.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }))
}

/** What was due later becomes overdue while one looks. */
function groupNow(day: Today, now: Date): Record<Group, DueFollowUp[]> {
  const isPast = ({ due_at }: DueFollowUp) => Date.parse(due_at) < now.getTime()
  const { overdue, due, upcoming } = day
  return {
    overdue: [...overdue.follow_ups, ...due.follow_ups.filter(isPast)],
    due: due.follow_ups.filter((one) => !isPast(one)),
    upcoming: upcoming.follow_ups,
  }
}

/** Of more than are told, how many there are; else as many as are shown. */
const totalOf = (day: Today, name: Group, shown: number) =>
  day[name].total > day[name].follow_ups.length ? day[name].total : shown
