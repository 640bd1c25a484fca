import { useDraggable, useDroppable } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import { ColourDot } from '../ColourDot.tsx'
import { cx } from '../cx.ts'
import { useFormat } from '../format.ts'
import { Popover } from '../Popover.tsx'
import type { CalendarCard } from './types.ts'

/** As many as a day of a six-week month has room for. */
const shownAtOnce = 3

type DayCellProps = {
  day: string
  cards: readonly CalendarCard[]
  within: boolean
  today: boolean
  /** Where the keyboard is, or would begin. */
  stood: boolean
  onOpen: (id: string) => void
}

export function DayCell({ day, cards, within, today, stood, onOpen }: DayCellProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { setNodeRef, isOver } = useDroppable({ id: day })
  const shown = cards.length > shownAtOnce + 1 ? cards.slice(0, shownAtOnce) : cards
  const hidden = cards.length - shown.length
  return (
    <div
      ref={setNodeRef}
      role="gridcell"
      data-day={day}
      tabIndex={stood ? 0 : -1}
      aria-current={today ? 'date' : undefined}
      className={cx(
        'flex min-w-0 flex-col gap-0.5 border-r border-line p-1 outline-offset-[-2px] last:border-r-0',
        !within && 'bg-sunken',
        isOver && 'bg-selected',
      )}
    >
      <span className="sr-only">{format.wholeDay(day)}</span>
      <span
        aria-hidden
        className={cx(
          'inline-flex size-5 items-center justify-center rounded-full text-12 tabular',
          today ? 'bg-accent font-medium text-on-accent' : within ? 'text-muted' : 'text-faint',
        )}
      >
        {Number(day.slice(8))}
      </span>
      {shown.map((card) => (
        <DayCard key={card.id} card={card} onOpen={onOpen} />
      ))}
      {hidden > 0 ? (
        <Popover
          title={format.wholeDay(day)}
          className="w-64"
          trigger={
            <button
              type="button"
              className="truncate rounded-small px-1 text-left text-12 text-muted hover:bg-hover"
            >
              {t('views.calendar.more', { count: hidden })}
            </button>
          }
        >
          <div className="flex flex-col gap-0.5">
            {cards.map((card) => (
              <CardButton key={card.id} card={card} onOpen={onOpen} />
            ))}
          </div>
        </Popover>
      ) : null}
    </div>
  )
}

function DayCard({ card, onOpen }: { card: CalendarCard; onOpen: (id: string) => void }) {
  const { setNodeRef, listeners, transform, isDragging } = useDraggable({
    id: card.id,
    disabled: !card.movable,
  })
  const moved = transform ? { transform: `translate(${transform.x}px, ${transform.y}px)` } : undefined
  return (
    <span
      ref={setNodeRef}
      {...listeners}
      style={moved}
      className={cx('min-w-0', isDragging && 'z-5 shadow-float')}
    >
      <CardButton card={card} onOpen={onOpen} />
    </span>
  )
}

function CardButton({ card, onOpen }: { card: CalendarCard; onOpen: (id: string) => void }) {
  return (
    <button
      type="button"
      data-card={card.id}
      onClick={() => onOpen(card.id)}
      className="flex w-full min-w-0 items-center gap-1.5 rounded-small border border-line bg-raised px-1.5 py-0.5 text-left text-12 hover:bg-hover"
    >
      {card.hue ? <ColourDot hue={card.hue} /> : null}
      <span className="truncate">{card.title}</span>
    </button>
  )
}
