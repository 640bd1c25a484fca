import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { useAddress } from '../../app/useAddress.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Calendar } from '../../ui/calendar/Calendar.tsx'
import { addDays, daysBetween, monthOf, weeksOf } from '../../ui/calendar/days.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import type { RecordKind } from './kinds.ts'
import type { RecordView } from './recordStore.ts'
import type { ListedRecord } from './stores.ts'
import { useChangeRecord } from './useChangeRecord.ts'
import { useChoices } from './useChoices.ts'
import { useFields } from './useFields.ts'
import { useTitleOf } from './useTitleOf.ts'

const mostShown = 1000

type Props = {
  kind: RecordKind
  view: RecordView
  /** The field of the date on which a record stands. */
  by: string
  onOpen: (id: string) => void
}

/** The records of a month on their days; where the date may be changed, they are carried to another one. */
export function RecordCalendar({ kind, view, by, onOpen }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const [params, setParams] = useAddress()
  const { weekStart } = format
  const [now] = useState(() => new Date().toISOString())
  const today = format.day(now)
  const asked = params.get('month') ?? ''
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : monthOf(today)
  const query = useInfiniteQuery(kind.store.listQuery(useMonthView(view, by, month, weekStart)))
  const { data, hasNextPage, isFetching, fetchNextPage } = query
  const records = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  const cut = hasNextPage && records.length >= mostShown
  useEffect(() => {
    if (hasNextPage && !isFetching && !cut) void fetchNextPage()
  }, [hasNextPage, isFetching, cut, fetchNextPage])
  const cards = useCards(kind, by, records)
  const change = useChangeRecord(kind)

  const move = (id: string, day: string) => {
    const record = records.find((one) => one.id === id)
    if (!record) return
    const value = String(record[by])
    // What went wrong is told where it happens, and the record stands on its day again.
    void change(record, by, isDay(value) ? day : onDay(value, day, format.day(value))).catch(() => undefined)
  }
  const goTo = (next: string) =>
    setParams((known) => {
      known.set('month', next)
      return known
    }, true)

  if (query.isError && !data)
    return <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
  return (
    <>
      {cut ? <Banner kind="info">{t('views.calendar.too_many', { count: mostShown })}</Banner> : null}
      <Calendar
        month={month}
        weekStart={weekStart}
        today={today}
        cards={cards}
        onMonthChange={goTo}
        onOpen={onOpen}
        onMove={move}
      />
    </>
  )
}

/** The list of all days that the month shows, in their order. */
function useMonthView(view: RecordView, by: string, month: string, weekStart: number): RecordView {
  return useMemo(() => {
    const days = weeksOf(month, weekStart).flat()
    const within = {
      field: by,
      op: 'between' as const,
      value: [days[0] ?? `${month}-01`, days.at(-1) ?? `${month}-01`],
    }
    return { ...view, sort: by, filter: view.filter ? { and: [view.filter, within] } : within }
  }, [view, by, month, weekStart])
}

function useCards(kind: RecordKind, by: string, records: readonly ListedRecord[]) {
  const format = useFormat()
  const titleOf = useTitleOf(kind)
  const fields = useFields(kind.object)
  const choicesOf = useChoices(kind.object)
  const mayEdit = useFieldAccess(kind.object).edits(by) && fields.get(by)?.writable === true
  const badge = fields.get(kind.badge ?? '')
  return useMemo(() => {
    const hues = new Map((badge && choicesOf(badge)?.all.map(({ value, hue }) => [value, hue])) ?? [])
    return records.flatMap((record) => {
      const value = record[by]
      if (typeof value !== 'string') return []
      return {
        id: record.id,
        day: isDay(value) ? value : format.day(value),
        title: titleOf(record),
        hue: hues.get(String(record[kind.badge ?? ''])),
        movable: mayEdit && record.can.update && record.deleted_at === null,
      }
    })
  }, [records, by, badge, choicesOf, kind.badge, titleOf, format, mayEdit])
}

const isDay = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value)

/** The same time on another day. */
function onDay(instant: string, day: string, was: string): string {
  return `${addDays(instant.slice(0, 10), daysBetween(was, day))}${instant.slice(10)}`
}
