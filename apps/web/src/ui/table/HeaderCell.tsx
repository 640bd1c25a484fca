import { useSortable } from '@dnd-kit/sortable'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import { ColumnResizer } from './ColumnResizer.tsx'
import type { SizedColumn } from './useColumnModel.ts'

type HeaderCellProps<Row> = {
  sized: SizedColumn<Row>
  col: number
  focused: boolean
  /** 1 or 2 when two columns sort, else 0. */
  rank: number
  onResize: (columnId: string, width: number, done: boolean) => void
  onAutoSize: (columnId: string) => void
}

const CELL =
  'group/head relative flex min-w-0 items-center gap-1 px-2.5 text-12 font-medium text-muted select-none ' +
  'outline-offset-[-2px]'

export function HeaderCell<Row>({ sized, col, focused, rank, onResize, onAutoSize }: HeaderCellProps<Row>) {
  const { column, width, sorted } = sized
  const { t } = useTranslation()
  const first = col === 1
  const { setNodeRef, listeners, transform, transition, isDragging } = useSortable({
    id: column.id,
    disabled: first,
  })
  const Arrow = sorted === 'desc' ? ArrowDown : ArrowUp
  return (
    <div
      ref={setNodeRef}
      {...listeners}
      role="columnheader"
      aria-colindex={col + 1}
      aria-sort={
        sorted === 'asc'
          ? 'ascending'
          : sorted === 'desc'
            ? 'descending'
            : column.sortable
              ? 'none'
              : undefined
      }
      data-col={col}
      tabIndex={focused ? 0 : -1}
      title={column.sortable ? t('table.sort_add') : undefined}
      style={{ transform: transform ? `translateX(${Math.round(transform.x)}px)` : undefined, transition }}
      className={cx(
        CELL,
        column.align === 'end' && 'flex-row-reverse',
        column.sortable && 'cursor-default hover:text-ink',
        sorted && 'text-ink',
        first && 'sticky left-10 z-2 [background:inherit]',
        first && 'group-data-scrolled/grid:border-r group-data-scrolled/grid:border-line',
        isDragging && 'z-3 rounded-small bg-raised shadow-float',
      )}
    >
      <span className="truncate">{column.header}</span>
      {sorted ? <Arrow className="size-3.5 shrink-0 text-accent-ink" aria-hidden /> : null}
      {rank > 0 ? (
        <span className="text-11 text-faint tabular">
          <span aria-hidden>{rank}</span>
          <span className="sr-only">{t('table.sort_rank', { rank })}</span>
        </span>
      ) : null}
      <ColumnResizer
        width={width}
        onResize={(next, done) => onResize(column.id, next, done)}
        onAutoSize={() => onAutoSize(column.id)}
      />
    </div>
  )
}
