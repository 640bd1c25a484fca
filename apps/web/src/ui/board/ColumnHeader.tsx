import { ChevronsLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useDroppable } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import { ColourDot } from '../ColourDot.tsx'
import { cx } from '../cx.ts'
import { useFormat } from '../format.ts'
import { toHue } from '../hue.ts'
import { IconButton } from '../IconButton.tsx'
import type { BoardColumnData } from './types.ts'

type ColumnHeaderProps<Card> = {
  column: BoardColumnData<Card>
  count: number
  actions: ReactNode
  onCollapse: ((columnId: string) => void) | undefined
}

export function ColumnHeader<Card>({ column, count, actions, onCollapse }: ColumnHeaderProps<Card>) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <header className="group/column flex items-start select-none gap-2 px-3 pt-2.5 pb-1">
      <ColourDot hue={toHue(column.color)} className="mt-1.5" />
      <div className="min-w-0 flex-1">
        <h3 className="flex items-baseline gap-2 text-13 font-semibold">
          <span className="truncate">{column.title}</span>
          <span className="font-normal text-muted tabular">{format.number(count)}</span>
        </h3>
        {column.summary === undefined ? null : (
          <p className="truncate text-12 text-muted tabular">{column.summary}</p>
        )}
      </div>
      <div className="-mr-1 flex shrink-0 items-center">
        {onCollapse ? (
          <IconButton
            icon={ChevronsLeft}
            size="small"
            label={t('table.board.collapse', { title: column.title })}
            onClick={() => onCollapse(column.id)}
            className="opacity-0 group-focus-within/column:opacity-100 group-hover/column:opacity-100 pointer-coarse:opacity-100"
          />
        ) : null}
        {actions}
      </div>
    </header>
  )
}

type CollapsedColumnProps<Card> = {
  column: BoardColumnData<Card>
  count: number
  /** A card hovers here. */
  aimed: boolean
  onExpand: (columnId: string) => void
}

/** A column folded to its name. Cards may still be dropped on it; they go to its top. */
export function CollapsedColumn<Card>({ column, count, aimed, onExpand }: CollapsedColumnProps<Card>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { setNodeRef } = useDroppable({ id: column.id })
  return (
    <section
      ref={setNodeRef}
      data-column={column.id}
      aria-label={t('table.board.column', { title: column.title, count })}
      className={cx(
        'flex w-11 shrink-0 snap-center rounded-base bg-sunken sm:snap-align-none',
        aimed && 'bg-accent-soft outline-1 outline-accent outline-dashed',
      )}
    >
      <button
        type="button"
        aria-label={t('table.board.expand', { title: column.title })}
        onClick={() => onExpand(column.id)}
        className="flex w-full flex-col items-center gap-2 rounded-base py-3.5 text-13 font-semibold outline-offset-[-2px] hover:bg-hover"
      >
        <ColourDot hue={toHue(column.color)} />
        <span className="max-h-80 truncate [writing-mode:vertical-rl]">{column.title}</span>
        <span className="font-normal text-muted tabular">{format.compact(count)}</span>
      </button>
    </section>
  )
}
