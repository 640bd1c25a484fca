import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../Button.tsx'
import { useFormat } from '../format.ts'
import { IconButton } from '../IconButton.tsx'
import { useMedia } from '../table/useMedia.ts'
import { Agenda } from './Agenda.tsx'
import { addMonths, monthOf } from './days.ts'
import { MonthGrid } from './MonthGrid.tsx'
import type { CalendarCard, CalendarProps } from './types.ts'

/** A month with the cards of each day: a grid, and on a phone a list. */
export function Calendar(props: CalendarProps) {
  const { month, today, cards, onMonthChange } = props
  const { t } = useTranslation()
  const format = useFormat()
  const isPhone = useMedia('(max-width: 639px)')
  const byDay = useMemo(() => groupByDay(cards), [cards])
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-1 px-4 py-2">
        <h2 className="mr-2 text-15 font-semibold first-letter:uppercase" aria-live="polite">
          {format.month(month)}
        </h2>
        <IconButton
          icon={ChevronLeft}
          size="small"
          label={t('views.calendar.previous')}
          onClick={() => onMonthChange(addMonths(month, -1))}
        />
        <IconButton
          icon={ChevronRight}
          size="small"
          label={t('views.calendar.next')}
          onClick={() => onMonthChange(addMonths(month, 1))}
        />
        <Button size="small" variant="ghost" onClick={() => onMonthChange(monthOf(today))}>
          {t('views.calendar.today')}
        </Button>
      </div>
      {isPhone ? <Agenda {...props} byDay={byDay} /> : <MonthGrid {...props} byDay={byDay} />}
    </div>
  )
}

function groupByDay(cards: readonly CalendarCard[]): ReadonlyMap<string, CalendarCard[]> {
  const days = new Map<string, CalendarCard[]>()
  for (const card of cards) {
    const there = days.get(card.day)
    if (there) there.push(card)
    else days.set(card.day, [card])
  }
  return days
}
