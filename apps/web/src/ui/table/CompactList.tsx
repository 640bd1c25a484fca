import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import { useFormat } from '../format.ts'
import { Skeleton } from '../Skeleton.tsx'
import { CompactItem } from './CompactItem.tsx'
import { HeadingMark } from './HeadingRow.tsx'
import { linesOf, type RowHeading } from './lines.ts'
import type { DataTableProps } from './types.ts'
import { useRowWindow } from './useRowWindow.ts'

const LINE_HEIGHT = 60
const NO_IDS: ReadonlySet<string> = new Set()

/** The table on a phone: two lines a row, a tap opens, a long press selects and then taps select too. */
export function CompactList<Row>(props: DataTableProps<Row>) {
  const { rows, rowId, selection, hasMore = false, loading = false, highlightedIds = NO_IDS } = props
  const { t } = useTranslation()
  const format = useFormat()
  const scroller = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => linesOf(rows, props.headings), [rows, props.headings])
  const { items, totalSize } = useRowWindow({
    scroller,
    count: lines.count + (hasMore && rows.length > 0 ? 2 : 0),
    rowHeight: LINE_HEIGHT,
    keepRow: undefined,
    hasMore,
    onLoadMore: props.onLoadMore,
  })

  function toggle(id: string) {
    const next = new Set(selection)
    if (!next.delete(id)) next.add(id)
    props.onSelectionChange(next)
  }

  const known = props.total ?? (hasMore ? undefined : rows.length)
  return (
    <div
      ref={scroller}
      className={cx('min-h-0 min-w-0 flex-1 overflow-y-auto overscroll-contain bg-base', props.className)}
      aria-busy={loading}
    >
      {loading ? <CompactSkeleton rows={10} /> : null}
      {lines.count === 0 && !loading
        ? (props.empty ?? <p className="px-6 py-16 text-center text-muted">{t('table.empty')}</p>)
        : null}
      <ul aria-label={props.label} className="relative" style={{ height: totalSize }}>
        {items.map(({ index, start }) => {
          const row = lines.rowAt(index)
          const heading = lines.headingAt(index)
          const id = row === undefined ? (heading?.id ?? `more-${index}`) : rowId(row)
          return (
            <li
              key={id}
              style={{ transform: `translateY(${start}px)`, height: LINE_HEIGHT }}
              className="absolute top-0 left-0 w-full"
            >
              {heading ? (
                <CompactHeading heading={heading} />
              ) : row === undefined ? (
                <CompactSkeleton rows={1} />
              ) : (
                <CompactItem
                  row={row}
                  compact={props.compact}
                  href={props.rowHref?.(row)}
                  selecting={selection.size > 0}
                  selected={selection.has(id)}
                  highlighted={highlightedIds.has(id)}
                  onOpen={() => props.onOpenRow(row)}
                  onTouch={() => props.onRowHover?.(row)}
                  onToggle={() => toggle(id)}
                />
              )}
            </li>
          )
        })}
      </ul>
      {known === undefined || rows.length === 0 ? null : (
        <p className="py-4 text-center text-12 text-muted tabular">
          {t('table.loaded', {
            loaded: format.number(rows.length),
            count: known,
            formatted: format.number(known),
          })}
        </p>
      )}
    </div>
  )
}

function CompactHeading({ heading }: { heading: RowHeading }) {
  const { content, expanded, onToggle, onShown } = heading
  useEffect(() => onShown?.(), [onShown])
  const className =
    'flex h-full w-full items-end gap-2 border-b border-line bg-sunken px-4 pb-2 text-left text-13'
  if (!onToggle) return <div className={className}>{content}</div>
  return (
    <button type="button" aria-expanded={expanded} onClick={onToggle} className={className}>
      <span className="mb-0.5">
        <HeadingMark expanded={expanded} />
      </span>
      {content}
    </button>
  )
}

function CompactSkeleton({ rows }: { rows: number }) {
  return Array.from({ length: rows }, (_, index) => (
    <div
      key={index}
      aria-hidden
      className="flex h-15 flex-col justify-center gap-2 border-b border-line px-4"
    >
      <Skeleton className="h-3 w-1/2" />
      <Skeleton className="h-3 w-1/3" />
    </div>
  ))
}
