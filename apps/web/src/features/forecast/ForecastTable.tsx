import { forecastSums, type Forecast, type ForecastFigures, type ForecastRow } from '@rapport/contracts'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { useDrill } from './useDrill.ts'
import type { ForecastView } from './useForecastView.ts'

type Group = Forecast['groups'][number]
type Props = { forecast: Forecast; row: ForecastRow; view: ForecastView }

const columns = [...forecastSums, 'weighted', 'goal', 'gap'] as const

/** Months, or groups that open to their months; each figure leads to its deals. */
export function ForecastTable({ forecast, row, view }: Props) {
  const { t } = useTranslation()
  const { months } = forecast
  const groups = forecast.groups.filter(({ currency }) => currency === row.currency)
  const grouped = view.group_by !== 'none'
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[52rem] border-collapse text-13 tabular">
        <caption className="sr-only">{t('forecast.table', { currency: row.currency })}</caption>
        <thead>
          <tr className="border-b border-line text-12 text-muted">
            <th scope="col" className="sticky left-0 bg-base py-1.5 pr-3 text-left font-medium">
              {t(`forecast.groups.${view.group_by}`)}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="py-1.5 pl-3 text-right font-medium">
                {t(`forecast.measure.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grouped
            ? groups.map((group) => (
                <GroupRows key={group.id ?? 'none'} group={group} months={months} view={view} />
              ))
            : months.map((month, index) => (
                <Figures
                  key={month}
                  heading={<MonthName month={month} />}
                  figures={row.months[index] ?? row.total}
                  span={{ from: month, to: month }}
                  currency={row.currency}
                  view={view}
                />
              ))}
        </tbody>
        <tfoot>
          <Figures
            heading={t('forecast.total')}
            figures={row.total}
            span={view}
            currency={row.currency}
            view={view}
            strong
          />
        </tfoot>
      </table>
    </div>
  )
}

function MonthName({ month }: { month: string }) {
  const format = useFormat()
  return <span className="inline-block first-letter:uppercase">{format.month(month)}</span>
}

function GroupRows({ group, months, view }: { group: Group; months: readonly string[]; view: ForecastView }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const name = group.id === null ? t(`forecast.no_${view.group_by as 'owner' | 'team'}`) : (group.name ?? '–')
  const toggle = (
    <button
      type="button"
      aria-expanded={open}
      onClick={() => setOpen(!open)}
      className="-ml-1 inline-flex max-w-56 items-center gap-1 rounded-small px-1 hover:bg-hover"
    >
      <ChevronRight
        className={cx('size-3.5 shrink-0 text-faint transition-transform', open && 'rotate-90')}
        aria-hidden
      />
      <span className="truncate">{name}</span>
    </button>
  )
  const shared = { currency: group.currency, view, group }
  return (
    <>
      <Figures heading={toggle} figures={group.total} span={view} {...shared} />
      {open
        ? months.map((month, index) => (
            <Figures
              key={month}
              heading={
                <span className="pl-5 text-muted">
                  <MonthName month={month} />
                </span>
              }
              figures={group.months[index] ?? group.total}
              span={{ from: month, to: month }}
              {...shared}
            />
          ))
        : null}
    </>
  )
}

type FiguresProps = {
  heading: React.ReactNode
  figures: ForecastFigures
  span: { from: string; to: string }
  currency: string
  view: ForecastView
  group?: Group
  strong?: boolean
}

function Figures({
  heading,
  figures,
  span: { from, to },
  currency,
  view,
  group,
  strong = false,
}: FiguresProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const drill = useDrill(view)
  return (
    <tr className={cx('border-b border-line hover:bg-hover', strong && 'font-semibold')}>
      <th
        scope="row"
        className={cx(
          'sticky left-0 bg-base py-1.5 pr-3 text-left',
          strong ? 'font-semibold' : 'font-normal',
        )}
      >
        {heading}
      </th>
      {forecastSums.map((sum) => {
        const { count, value } = figures[sum]
        const to_ = count === 0 ? null : drill({ sum, from, to, currency, group })
        const text = format.money(value, currency)
        return (
          <td key={sum} className="py-1.5 pl-3 text-right whitespace-nowrap">
            {count === 0 ? (
              <span className="text-disabled">–</span>
            ) : to_ ? (
              <Link to={to_} className="rounded-small hover:underline" title={t('forecast.deals', { count })}>
                {text}
              </Link>
            ) : (
              text
            )}
          </td>
        )
      })}
      <td className="py-1.5 pl-3 text-right whitespace-nowrap text-muted">
        {figures.open.count === 0 ? (
          <span className="text-disabled">–</span>
        ) : (
          format.money(figures.weighted, currency)
        )}
      </td>
      {(['goal', 'gap'] as const).map((column) => {
        const value = figures[column]
        return (
          <td key={column} className="py-1.5 pl-3 text-right whitespace-nowrap text-muted">
            {value === null ? <span className="text-disabled">–</span> : format.money(value, currency)}
          </td>
        )
      })}
    </tr>
  )
}
