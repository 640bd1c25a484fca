import { DndContext, MouseSensor, TouchSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core'
import { useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../format.ts'
import { silentDrag } from '../table/TableHeader.tsx'
import { useAnnouncer } from '../table/useAnnouncer.ts'
import { DayCell } from './DayCell.tsx'
import { addDays, monthOf, weeksOf } from './days.ts'
import type { CalendarCard, CalendarProps } from './types.ts'

type MonthGridProps = CalendarProps & { byDay: ReadonlyMap<string, CalendarCard[]> }

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** Weeks below each other. Arrow keys go from day to day, with Alt they carry a card along. */
export function MonthGrid({ month, weekStart, today, cards, byDay, ...events }: MonthGridProps) {
  const { onMonthChange, onOpen, onMove } = events
  const { t } = useTranslation()
  const format = useFormat()
  const { message, announce } = useAnnouncer()
  const grid = useRef<HTMLDivElement>(null)
  const weeks = useMemo(() => weeksOf(month, weekStart), [month, weekStart])
  const [stood, setStood] = useState(today)
  const current = weeks.flat().includes(stood) ? stood : `${month}-01`
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  )
  const accessibility = useMemo(() => ({ ...silentDrag, container: document.body }), [])

  const goTo = (day: string, selector: string) => {
    setStood(day)
    if (monthOf(day) !== month) onMonthChange(monthOf(day))
    const there = grid.current?.querySelector<HTMLElement>(selector)
    if (there) return there.focus()
    // Days of another month have to be drawn first.
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(selector)?.focus())
  }
  const carry = (card: CalendarCard, day: string) => {
    if (!card.movable || day === card.day) return
    onMove(card.id, day)
    announce(t('views.calendar.moved', { name: card.title, date: format.wholeDay(day) }))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement)) return
    const card = cards.find(({ id }) => id === (event.target as HTMLElement).dataset['card'])
    const day = card?.day ?? event.target.dataset['day']
    if (day === undefined) return
    const by = steps[event.key]
    if (by !== undefined && card && event.altKey) {
      carry(card, addDays(day, by))
      goTo(addDays(day, by), `[data-card="${card.id}"]`)
    } else if (by !== undefined) goTo(addDays(day, by), `[data-day="${addDays(day, by)}"]`)
    else if (event.key === 'Enter' && !card) {
      const first = byDay.get(day)?.[0]
      if (first) goTo(day, `[data-card="${first.id}"]`)
    } else if (event.key === 'Escape' && card) goTo(day, `[data-day="${day}"]`)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const card = cards.find(({ id }) => id === active.id)
    if (card && over) carry(card, String(over.id))
  }

  return (
    <DndContext sensors={sensors} onDragEnd={onDragEnd} accessibility={accessibility}>
      <div
        ref={grid}
        role="grid"
        aria-label={t('views.calendar.label', { month: format.month(month) })}
        aria-describedby="calendar-keys"
        onKeyDown={onKeyDown}
        className="flex min-h-0 flex-1 flex-col border-t border-line"
      >
        <div role="row" className="grid grid-cols-7 border-b border-line">
          {(weeks[0] ?? []).map((day) => (
            <span key={day} role="columnheader" className="truncate px-2 py-1 text-12 text-muted">
              {format.weekday(day)}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="flex min-h-0 flex-1 flex-col overflow-y-auto">
          {weeks.map((week) => (
            <div key={week[0]} role="row" className="grid min-h-24 flex-1 grid-cols-7 border-b border-line">
              {week.map((day) => (
                <DayCell
                  key={day}
                  day={day}
                  cards={byDay.get(day) ?? none}
                  within={monthOf(day) === month}
                  today={day === today}
                  stood={day === current}
                  onOpen={onOpen}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <p id="calendar-keys" className="sr-only">
        {t('views.calendar.keys')}
      </p>
      <output className="sr-only">{message}</output>
    </DndContext>
  )
}

const none: CalendarCard[] = []
