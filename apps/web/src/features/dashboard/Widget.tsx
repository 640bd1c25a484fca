import { Table2, ChartColumn } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { FiguresFailed } from '../forecast/FiguresFailed.tsx'

type Found = { isPending: boolean; error: unknown; refetch: () => unknown }

type WidgetProps = {
  title: string
  /** The question behind it: what it shows while there is no answer. */
  found: Found
  /** Small things beside the title. */
  actions?: ReactNode
  children: () => ReactNode
}

export function Widget({ title, found, actions, children }: WidgetProps) {
  const heading = useId()
  return (
    <section aria-labelledby={heading} className="flex h-full flex-col gap-3 border-t border-line pt-2">
      <div className="flex min-h-control-small items-center justify-between gap-2">
        <h2 id={heading} className="truncate text-13 font-semibold">
          {title}
        </h2>
        {actions}
      </div>
      {found.error ? (
        <FiguresFailed error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton className="h-40 w-full" />
      ) : (
        children()
      )}
    </section>
  )
}

export type TableOf = { head: readonly string[]; rows: readonly (readonly ReactNode[])[] }

type ChartWidgetProps = Pick<WidgetProps, 'title' | 'found'> & {
  table: () => TableOf
  children: () => ReactNode
}

/** A chart with the table of its figures behind it: one press away, and always there for screen readers. */
export function ChartWidget({ title, found, table, children }: ChartWidgetProps) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  return (
    <Widget
      title={title}
      found={found}
      actions={
        <IconButton
          size="small"
          icon={asTable ? ChartColumn : Table2}
          label={t(asTable ? 'dashboard.as_chart' : 'dashboard.as_table', { name: title })}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        />
      }
    >
      {() => (
        <>
          {asTable ? null : children()}
          <div className={asTable ? 'overflow-x-auto' : 'sr-only'}>
            <FiguresTable title={title} table={table()} />
          </div>
        </>
      )}
    </Widget>
  )
}

function FiguresTable({ title, table: { head, rows } }: { title: string; table: TableOf }) {
  return (
    <table className="w-full border-collapse text-13 tabular">
      <caption className="sr-only">{title}</caption>
      <thead>
        <tr className="border-b border-line text-12 text-muted">
          {head.map((name, place) => (
            <th
              key={name}
              scope="col"
              className={place === 0 ? 'py-1 text-left font-medium' : 'py-1 pl-3 text-right font-medium'}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...values], index) => (
          <tr key={index} className="border-b border-line">
            <th scope="row" className="py-1 text-left font-normal">
              {name}
            </th>
            {values.map((value, place) => (
              <td key={head[place + 1]} className="py-1 pl-3 text-right">
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
