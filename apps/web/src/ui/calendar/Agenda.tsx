import { useTranslation } from 'react-i18next'
import { ColourDot } from '../ColourDot.tsx'
import { cx } from '../cx.ts'
import { useFormat } from '../format.ts'
import { monthOf } from './days.ts'
import type { CalendarCard, CalendarProps } from './types.ts'

type AgendaProps = Pick<CalendarProps, 'month' | 'today' | 'onOpen'> & {
  byDay: ReadonlyMap<string, CalendarCard[]>
}

/** The days of the month that have cards, one below the other. */
export function Agenda({ month, today, byDay, onOpen }: AgendaProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const days = [...byDay].filter(([day]) => monthOf(day) === month).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (days.length === 0)
    return <p className="px-6 py-16 text-center text-muted">{t('common.state.nothing_found')}</p>
  return (
    <div className="min-h-0 flex-1 overflow-y-auto pb-4">
      {days.map(([day, cards]) => (
        <section key={day}>
          <h3
            className={cx(
              'sticky top-0 border-b border-line bg-base px-4 py-1.5 text-12 font-medium first-letter:uppercase',
              day === today ? 'text-accent-ink' : 'text-muted',
            )}
          >
            {format.wholeDay(day)}
          </h3>
          <ul>
            {cards.map(({ id, title, hue }) => (
              <li key={id}>
                <button
                  type="button"
                  onClick={() => onOpen(id)}
                  className="flex min-h-11 w-full items-center gap-2 border-b border-line px-4 text-left text-15 active:bg-active"
                >
                  {hue ? <ColourDot hue={hue} /> : null}
                  <span className="truncate">{title}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
