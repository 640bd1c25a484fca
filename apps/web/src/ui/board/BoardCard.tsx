import { useDraggable } from '@dnd-kit/core'
import { memo } from 'react'
import type { CSSProperties, ReactNode, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'

export type BoardCardProps<Card> = {
  card: Card
  id: string
  name: string
  renderCard: (card: Card) => ReactNode
  movable: boolean
  tabbable: boolean
  current: boolean
  /** In the air by the keyboard. */
  lifted: boolean
  /** In the air by the pointer: its node must stay, or the browser would end the touch, but is not seen. */
  hidden: boolean
  glowing: boolean
  instructionsId: string
}

export const CARD =
  'block w-full rounded-base border border-line bg-raised px-3 py-2.5 text-left text-13 select-none touch-manipulation ' +
  'cursor-default [-webkit-touch-callout:none]'

function BoardCardView<Card>(props: BoardCardProps<Card>) {
  const { card, id, lifted, hidden } = props
  const { t } = useTranslation()
  const { setNodeRef, listeners } = useDraggable({ id, disabled: !props.movable })
  return (
    <article
      ref={setNodeRef}
      {...listeners}
      data-card-id={id}
      aria-label={props.name}
      aria-roledescription={t('table.board.card')}
      aria-describedby={props.instructionsId}
      aria-current={props.current || undefined}
      tabIndex={props.tabbable ? 0 : -1}
      style={hidden ? { visibility: 'hidden' } : undefined}
      className={cx(
        CARD,
        'transition-[border-color,box-shadow] hover:border-line-strong focus-visible:outline-offset-[-1px]',
        props.current && 'border-accent!',
        lifted && 'border-accent! bg-accent-soft! shadow-float',
        props.glowing && 'animate-glow',
      )}
    >
      {props.renderCard(card)}
    </article>
  )
}

export const BoardCard = memo(BoardCardView) as typeof BoardCardView

/** The gap that shows where the card would land. */
export function CardSlot({ height }: { height: number }) {
  return <div style={{ height }} className="rounded-base border border-dashed border-accent bg-accent-soft" />
}

type PlacedProps = {
  index: number
  start: number
  smooth: boolean
  ref: Ref<HTMLLIElement> | null
  children: ReactNode
}

/** One place in a column's virtual list. Places glide only while a card is in the air, never while scrolling. */
export function Placed({ index, start, smooth, ref, children }: PlacedProps) {
  const style: CSSProperties = { transform: `translateY(${start}px)` }
  return (
    <li
      ref={ref}
      data-index={index}
      style={style}
      className={cx('absolute inset-x-2 top-0 [contain:layout_style]', smooth && 'transition-transform')}
    >
      {children}
    </li>
  )
}
