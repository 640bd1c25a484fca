import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addMonths, monthOf, weeksOf } from '../calendar/days.ts'
import { cx } from '../cx.ts'
import { useFormat } from '../format.ts'
import { IconButton } from '../IconButton.tsx'

type Props = { day: string | null; today: string; onPick: (day: string) => void }

/** A month to point at. The keyboard works in the text beside it. */
export function DayPicker({ day, today, onPick }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const near = monthOf(day ?? today)
  const [turned, setTurned] = useState({ from: near, month: near })
  // What is typed leads; from there one may turn the pages.
  const month = turned.from === near ? turned.month : near
  const turn = (by: number) => setTurned({ from: near, month: addMonths(month, by) })
  const weeks = weeksOf(month, format.weekStart)
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center">
        <span className="flex-1 px-1 text-13 font-semibold first-letter:uppercase">
          {format.month(month)}
        </span>
        <IconButton
          icon={ChevronLeft}
          size="small"
          tabIndex={-1}
          label={t('views.calendar.previous')}
          onClick={() => turn(-1)}
        />
        <IconButton
          icon={ChevronRight}
          size="small"
          tabIndex={-1}
          label={t('views.calendar.next')}
          onClick={() => turn(1)}
        />
      </div>
      <div className="grid grid-cols-7 text-center" aria-hidden>
        {(weeks[0] ?? []).map((one) => (
          <span key={one} className="truncate py-1 text-11 text-faint">
            {format.weekday(one)}
          </span>
        ))}
      </div>
      <div className="grid grid-cols-7">
        {weeks.flat().map((one) => (
          <button
            key={one}
            type="button"
            tabIndex={-1}
            aria-label={format.wholeDay(one)}
            aria-pressed={one === day}
            aria-current={one === today ? 'date' : undefined}
            onClick={() => onPick(one)}
            className={cx(
              'flex h-8 items-center justify-center rounded-base text-13 tabular',
              one === day ? 'bg-accent font-medium text-on-accent' : 'hover:bg-hover',
              one !== day && monthOf(one) !== month && 'text-faint',
              one !== day && one === today && 'font-semibold text-accent-ink',
            )}
          >
            {Number(one.slice(8))}
          </button>
        ))}
      </div>
    </div>
  )
}
