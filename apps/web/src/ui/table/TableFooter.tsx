import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import type { Format } from '../format.ts'
import { ROW } from './TableRow.tsx'
import type { SizedColumn } from './useColumnModel.ts'

type TableFooterProps<Row> = {
  columns: readonly SizedColumn<Row>[]
  loaded: number
  total: number | undefined
  hasMore: boolean
  loading: boolean
  format: Format
}

/** How many rows, and what their columns add up to. */
export function TableFooter<Row>({
  columns,
  loaded,
  total,
  hasMore,
  loading,
  format,
}: TableFooterProps<Row>) {
  const { t } = useTranslation()
  const known = total ?? (hasMore ? undefined : loaded)
  const count =
    known === undefined
      ? t('table.loaded_unknown', { loaded: format.number(loaded) })
      : t('table.loaded', { loaded: format.number(loaded), count: known, formatted: format.number(known) })
  return (
    <div role="rowgroup" className="sticky bottom-0 z-4 min-w-full">
      <div role="row" className={cx(ROW, 'h-row border-t border-b-0 [--row-tint:transparent]')}>
        <div
          role="gridcell"
          className="sticky left-0 z-2 col-span-2 flex items-center truncate px-3 text-12 text-muted [background:inherit] tabular"
        >
          {loading ? t('table.loading') : count}
        </div>
        {columns.slice(1).map(({ column }) => (
          <div
            key={column.id}
            role="gridcell"
            className={cx(
              'flex min-w-0 items-center px-2.5 text-12 text-muted tabular',
              column.align === 'end' && 'justify-end',
            )}
          >
            <span className="truncate">{column.footer}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
