import type { Figure, FigureName } from '@rapport/contracts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { FiguresPeriod } from './api.ts'

type Props = {
  name: FigureName
  period: FiguresPeriod
  figure: Figure | undefined
  loading: boolean
  error: unknown
}

/** One figure, and what it was as far into the span before. */
export function StatCard({ name, period, figure, loading, error }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const heading = useId()
  const [first, ...others] = figure?.values ?? []
  return (
    <section aria-labelledby={heading} className="flex h-full flex-col gap-0.5 border-t border-line pt-2">
      <h2 id={heading} className="truncate text-12 text-muted">
        {t(`dashboard.widget.${name}`)}
      </h2>
      {loading ? (
        <Skeleton className="my-1 h-6 w-24" />
      ) : error ? (
        <p className="text-12 text-danger-ink">{describe(error)}</p>
      ) : figure ? (
        <>
          <Amount figure={figure} value={first} period={period} name={name} large />
          {others.map((value) => (
            <Amount key={value.currency} figure={figure} value={value} period={period} name={name} />
          ))}
        </>
      ) : (
        <p className="text-13 text-muted">{t('dashboard.not_seen')}</p>
      )}
    </section>
  )
}

type Value = Figure['values'][number]
type AmountProps = Pick<Props, 'name' | 'period'> & {
  figure: Figure
  value: Value | undefined
  large?: boolean
}

function Amount({ figure: { unit }, value, period, name, large = false }: AmountProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const write = (amount: number | null | undefined): string => {
    if (amount === null || amount === undefined) return '–'
    if (unit === 'money') return format.moneyShort(amount, value?.currency ?? 'USD')
    if (unit === 'percent') return format.percent(amount)
    return unit === 'days' ? t('dashboard.days', { count: Math.round(amount) }) : format.number(amount)
  }
  const now = value?.value ?? (unit === 'count' ? 0 : null)
  const before = value?.before ?? (unit === 'count' ? 0 : null)
  return (
    <p className="flex flex-wrap items-baseline gap-x-2">
      <span className={cx('font-semibold tabular', large ? 'text-20' : 'text-13')}>{write(now)}</span>
      {before === null ? null : (
        <span className="text-12 text-muted tabular">
          <Trend now={now} before={before} better={name === 'days_to_win' ? 'less' : 'more'} />{' '}
          {t(name === 'open_pipeline' ? `dashboard.at_start.${period}` : `dashboard.before.${period}`, {
            value: write(before),
          })}
        </span>
      )}
    </p>
  )
}

/** How much more or less, in percent; colour only repeats what the sign says. */
function Trend({
  now,
  before,
  better,
}: {
  now: number | null
  before: number | null
  better: 'more' | 'less'
}) {
  const format = useFormat()
  if (now === null || before === null || before === 0 || now === before) return null
  const change = (now - before) / before
  const good = better === 'more' ? change > 0 : change < 0
  return (
    <span className={cx('font-medium', good ? 'text-success-ink' : 'text-danger-ink')}>
      {change > 0 ? '+' : '−'}
      {format.percent(Math.round(Math.abs(change) * 100) / 100)}
    </span>
  )
}
