import { recurrenceFrequencies, type RecurrenceFrequency } from '@rapport/contracts'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Field } from '../../ui/Field.tsx'
import { useFormat } from '../../ui/format.ts'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import {
  blankForm,
  dayOfMonth,
  readForm,
  workdays,
  writeForm,
  type RecurrenceForm,
} from './recurrenceForm.ts'
import { MonthDays } from './MonthDays.tsx'
import { dateOfWeekday } from './useRecurrenceWords.ts'

type Props = {
  /** The day that the series counts from: 2026-12-31. */
  due: string
  rule: string | null
  onSet: (rule: string | null) => void
}

const units = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const
const ends = ['never', 'until', 'count'] as const
const quick = ['daily', 'weekdays', 'weekly', 'monthly', 'yearly', 'custom'] as const
type Quick = (typeof quick)[number]

/** The usual rhythms at one choice, any other by interval, weekdays and end. */
export function RecurrencePicker({ due, rule, onSet }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const blank = blankForm(due)
  const day = dayOfMonth(due)
  const known = rule === null ? null : readForm(rule)
  const [form, setForm] = useState<RecurrenceForm>(known ?? blank)
  const [chosen, setChosen] = useState<Quick>(() =>
    rule === null ? 'weekly' : (quickOf(known, blank) ?? 'custom'),
  )
  const change = (some: Partial<RecurrenceForm>) => setForm((before) => ({ ...before, ...some }))
  const choose = (next: Quick) => {
    setChosen(next)
    if (next !== 'custom') change({ ...presets(blank)[next] })
  }
  const words: Record<Quick, string> = {
    daily: t('tasks.repeat.quick.daily'),
    weekdays: t('tasks.repeat.quick.weekdays'),
    weekly: t('tasks.repeat.quick.weekly', { weekday: format.weekday(due) }),
    monthly: t('tasks.repeat.quick.monthly', { day }),
    yearly: t('tasks.repeat.quick.yearly', { date: format.plainDay(due) }),
    custom: t('tasks.repeat.quick.custom'),
  }
  const wrong_interval = !isCount(form.interval)
  const wrong_count = form.end === 'count' && !isCount(form.count)
  const wrong_until = form.end === 'until' && !/^\d{4}-\d{2}-\d{2}$/.test(form.until)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!wrong_interval && !wrong_count && !wrong_until) onSet(writeForm(form))
  }
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <Field label={t('tasks.repeat.label')}>
        <Select
          value={chosen}
          onChange={choose}
          options={quick.map((value) => ({ value, label: words[value] }))}
        />
      </Field>
      {chosen === 'custom' ? (
        <div className="grid grid-cols-2 gap-3">
          <Field
            label={t('tasks.repeat.every')}
            {...(wrong_interval ? { error: t('tasks.repeat.wrong_number') } : {})}
          >
            <Input
              inputMode="numeric"
              value={form.interval || ''}
              onChange={(event) => change({ interval: Number(event.target.value.replace(/\D/g, '')) })}
            />
          </Field>
          <Field label={t('tasks.repeat.unit')}>
            <Select<RecurrenceFrequency>
              value={form.frequency}
              onChange={(frequency) => change({ frequency })}
              options={recurrenceFrequencies.map((value) => ({
                value,
                label: t(`tasks.repeat.${units[value]}`, { count: form.interval || 1 }),
              }))}
            />
          </Field>
        </div>
      ) : null}
      {chosen === 'custom' && form.frequency === 'WEEKLY' ? (
        <Weekdays chosen={form.weekdays} onChange={(weekdays) => change({ weekdays })} />
      ) : null}
      {chosen === 'custom' && form.frequency === 'MONTHLY' ? (
        <MonthDays form={form} due={due} onChange={change} />
      ) : null}
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('tasks.repeat.ends')}>
          <Select
            value={form.end}
            onChange={(end) => change({ end })}
            options={ends.map((value) => ({ value, label: t(`tasks.repeat.end.${value}`) }))}
          />
        </Field>
        {form.end === 'until' ? (
          <Field
            label={t('tasks.repeat.until')}
            {...(wrong_until ? { error: t('tasks.repeat.wrong_day') } : {})}
          >
            <Input
              type="date"
              min={due}
              value={form.until}
              onChange={(event) => change({ until: event.target.value })}
            />
          </Field>
        ) : null}
        {form.end === 'count' ? (
          <Field
            label={t('tasks.repeat.count')}
            {...(wrong_count ? { error: t('tasks.repeat.wrong_number') } : {})}
          >
            <Input
              inputMode="numeric"
              value={form.count || ''}
              onChange={(event) => change({ count: Number(event.target.value.replace(/\D/g, '')) })}
            />
          </Field>
        ) : null}
      </div>
      <div className="flex justify-between gap-2">
        {rule === null ? (
          <span />
        ) : (
          <Button size="small" variant="ghost" onClick={() => onSet(null)}>
            {t('tasks.repeat.take_away')}
          </Button>
        )}
        <Button type="submit" size="small" variant="primary">
          {t('tasks.repeat.set')}
        </Button>
      </div>
    </form>
  )
}

type WeekdaysProps = { chosen: readonly number[]; onChange: (days: number[]) => void }

function Weekdays({ chosen, onChange }: WeekdaysProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const days = Array.from({ length: 7 }, (_, place) => (format.weekStart + place) % 7)
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="pb-1.5 text-12 font-medium">{t('tasks.repeat.on')}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {days.map((day) => (
          <Checkbox
            key={day}
            checked={chosen.includes(day)}
            onChange={(is_on) =>
              onChange(
                (is_on ? [...chosen, day] : chosen.filter((one) => one !== day)).toSorted(
                  (one, other) => one - other,
                ),
              )
            }
          >
            {format.weekday(dateOfWeekday(day))}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}

const isCount = (number: number) => Number.isInteger(number) && number >= 1 && number <= 999

type Rhythm = Pick<RecurrenceForm, 'frequency' | 'interval' | 'weekdays' | 'month_day' | 'month_week'>

const presets = ({
  weekdays,
  month_day,
  month_week,
}: RecurrenceForm): Record<Exclude<Quick, 'custom'>, Rhythm> => ({
  daily: { frequency: 'DAILY', interval: 1, weekdays, month_day, month_week },
  weekdays: { frequency: 'WEEKLY', interval: 1, weekdays: workdays, month_day, month_week },
  weekly: { frequency: 'WEEKLY', interval: 1, weekdays, month_day, month_week },
  monthly: { frequency: 'MONTHLY', interval: 1, weekdays, month_day, month_week },
  yearly: { frequency: 'YEARLY', interval: 1, weekdays, month_day, month_week },
})

/** The usual rhythm that a rule is, whatever its end. */
function quickOf(form: RecurrenceForm | null, blank: RecurrenceForm): Quick | undefined {
  if (form === null) return 'custom'
  const endless = (of: Rhythm) => writeForm({ ...blank, ...of, end: 'never' })
  return quick.find((name) => name !== 'custom' && endless(presets(blank)[name]) === endless(form))
}
