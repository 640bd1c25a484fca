import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { useFormat } from '../../ui/format.ts'
import { Select } from '../../ui/Select.tsx'
import { dayOfMonth, nthOf, nths, type RecurrenceForm } from './recurrenceForm.ts'
import { dateOfWeekday, nthWords } from './useRecurrenceWords.ts'

type Days = Pick<RecurrenceForm, 'month_day' | 'month_week'>
type Props = { form: RecurrenceForm; due: string; onChange: (days: Days) => void }

/** On which day of a month: a numbered one, the last one, or the first Tuesday. */
export function MonthDays({ form, due, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { month_day, month_week } = form
  const usual = dayOfMonth(due)
  const day = month_day === null || month_day === -1 ? usual : month_day
  const chosen = month_week ? 'week' : month_day === -1 ? 'end' : 'day'
  const days: Record<typeof chosen, Days> = {
    day: { month_day: day, month_week: null },
    end: { month_day: -1, month_week: null },
    week: { month_day: null, month_week: month_week ?? nthOf(due) },
  }
  const weekdays = Array.from({ length: 7 }, (_, place) => (format.weekStart + place) % 7)
  return (
    <>
      <Field label={t('tasks.repeat.on_day')}>
        <Select
          value={chosen}
          onChange={(next) => onChange(days[next])}
          options={[
            { value: 'day', label: t('tasks.repeat.month_day', { day }) },
            { value: 'end', label: t('tasks.repeat.month_end') },
            { value: 'week', label: t('tasks.repeat.month_week') },
          ]}
        />
      </Field>
      {month_week ? (
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('tasks.repeat.which')}>
            <Select
              value={String(month_week.nth)}
              onChange={(nth) =>
                onChange({ month_day: null, month_week: { ...month_week, nth: Number(nth) } })
              }
              options={nths.map((nth) => ({
                value: String(nth),
                label: nthWords(t, { ...month_week, nth }),
              }))}
            />
          </Field>
          <Field label={t('tasks.repeat.weekday')}>
            <Select
              value={String(month_week.weekday)}
              onChange={(weekday) =>
                onChange({ month_day: null, month_week: { ...month_week, weekday: Number(weekday) } })
              }
              options={weekdays.map((weekday) => ({
                value: String(weekday),
                label: format.weekday(dateOfWeekday(weekday)),
              }))}
            />
          </Field>
        </div>
      ) : null}
    </>
  )
}
