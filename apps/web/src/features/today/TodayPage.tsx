import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { CalendarCheck } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths, recordPath } from '../../app/paths.ts'
import { useMay } from '../../app/session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useFormat } from '../../ui/format.ts'
import { Page } from '../../ui/Page.tsx'
import { todayQuery } from '../follow-ups/api.ts'
import { useNow } from '../follow-ups/useNow.ts'
import { useFollowUpWork } from '../follow-ups/useFollowUpWork.tsx'
import { doneTodayQuery, myTasksQuery, useCompleteTask } from '../tasks/api.ts'
import { groupItems, groups, type DayItem, type Group } from './dayItems.ts'
import { TaskRow } from './TaskRow.tsx'
import { TodayRow } from './TodayRow.tsx'
import { useKeptPlace } from './useKeptPlace.ts'
import { useTodayKeys } from './useTodayKeys.ts'

/** What a person's day holds: whom to call or write to, what to do, in which order, and what came of it. */
export function TodayPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const hasTasks = useMay('tasks:read')
  const { data: day } = useSuspenseQuery({ ...todayQuery, refetchInterval: 60_000 })
  const { data: tasks = [] } = useQuery({ ...myTasksQuery, enabled: hasTasks })
  const { data: tasksDone = 0 } = useQuery({ ...doneTodayQuery, enabled: hasTasks })
  const now = useNow()
  const work = useFollowUpWork()
  const complete = useCompleteTask()
  const [selected, setSelected] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const byGroup = groupItems(day, tasks, now, format.day)
  const shown = groups.flatMap((name) => byGroup[name])
  const open = ({ followUp, task }: DayItem) =>
    void navigate(task ? paths.task(task.id) : recordPath(followUp.subject.object, followUp.subject.id))
  useKeptPlace({ list, ids: shown.map(({ id }) => id), selected, select: setSelected })
  useTodayKeys({
    shown,
    selected,
    select: (id) => {
      setSelected(id)
      list.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus()
    },
    open,
    log: ({ followUp, task }) => (task ? complete(task, task['status'] !== 'done') : work.log(followUp)),
    next: ({ followUp, task }) => (task ? complete(task, true) : work.close(followUp, 'done')),
    snooze: ({ id }) => openByKeyboard(list.current?.querySelector(`[data-snooze="${id}"]`)),
  })
  const more = (name: Group) => day[name].total - day[name].follow_ups.length
  const totalOf = (name: Group) => byGroup[name].length + more(name)
  return (
    <Page
      title={t('today.title')}
      beside={
        <span className="truncate text-13 text-muted first-letter:uppercase">{format.wholeDay(day.day)}</span>
      }
      actions={
        <span className="text-13 text-muted tabular" aria-live="polite">
          {t('today.progress', {
            done: format.number(day.done + tasksDone),
            left: format.number(totalOf('overdue') + totalOf('due')),
          })}
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
                <span className="font-normal text-faint tabular">{format.number(totalOf(name))}</span>
              </h2>
              <ul className="flex flex-col">
                {byGroup[name].map((item) => {
                  const row = {
                    group: name,
                    selected: item.id === selected,
                    onSelect: () => setSelected(item.id),
                    onOpen: () => open(item),
                  }
                  return item.task ? (
                    <TaskRow key={item.id} task={item.task} {...row} />
                  ) : (
                    <TodayRow
                      key={item.id}
                      followUp={item.followUp}
                      cadence={day.cadence}
                      now={now}
                      work={work}
                      {...row}
                    />
                  )
                })}
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
