import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { isWorkdays, readForm } from './recurrenceForm.ts'

const units = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const

/** 2026-03-01 was a Sunday. */
export const dateOfWeekday = (day: number): string => `2026-03-0${day + 1}`

const nthKeys = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', [-1]: 'last' } as const

/** Which one of a month; in some languages Saturday and Sunday are of another gender than the others. */
export function nthWords(t: TFunction, { nth, weekday }: { nth: number; weekday: number }): string {
  const key = nthKeys[nth as keyof typeof nthKeys]
  return weekday === 0 || weekday === 6 ? t(`tasks.repeat.nth_weekend.${key}`) : t(`tasks.repeat.nth.${key}`)
}

/** A rule in the words of its reader. */
export function useRecurrenceWords(): (rule: string) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return useCallback(
    (rule) => {
      const form = readForm(rule)
      if (form === null) return t('tasks.repeat.words.other')
      const { frequency, interval, weekdays, month_day, month_week, end, until, count } = form
      const every = t(`tasks.repeat.words.${units[frequency]}`, { count: interval })
      const days = format.list(weekdays.map((day) => format.weekday(dateOfWeekday(day))))
      const on = () => {
        if (isWorkdays(form)) return t('tasks.repeat.words.weekdays')
        if (weekdays.length > 0) return t('tasks.repeat.words.on', { every, days })
        if (month_week)
          return t('tasks.repeat.words.on_month_week', {
            every,
            nth: nthWords(t, month_week),
            weekday: format.weekday(dateOfWeekday(month_week.weekday)),
          })
        if (month_day === -1) return t('tasks.repeat.words.on_month_end', { every })
        if (month_day !== null) return t('tasks.repeat.words.on_month_day', { every, day: month_day })
        return every
      }
      if (end === 'until') return t('tasks.repeat.words.until', { every: on(), date: format.plainDay(until) })
      return end === 'count' ? t('tasks.repeat.words.times', { every: on(), count }) : on()
    },
    [t, format],
  )
}
