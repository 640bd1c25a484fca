import type { Forecast } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { TrendingUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useFormat } from '../../ui/format.ts'
import { Page } from '../../ui/Page.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { forecastQuery } from './api.ts'
import { ChangesSection } from './ChangesSection.tsx'
import { ForecastChart } from './ForecastChart.tsx'
import { FiguresFailed } from './FiguresFailed.tsx'
import { ForecastControls } from './ForecastControls.tsx'
import { ForecastTable } from './ForecastTable.tsx'
import { narrowingOf, useForecastView, type ForecastView } from './useForecastView.ts'

/** What deals are expected to bring, month by month, and why that is not what it was. */
export function ForecastPage() {
  const { t } = useTranslation()
  const [view, change] = useForecastView()
  const { from, to, group_by } = view
  const found = useQuery(forecastQuery({ from, to, group_by, ...narrowingOf(view) }))
  return (
    <Page
      title={t('forecast.title')}
      toolbar={<ForecastControls view={view} onChange={change} />}
      layout="fill"
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-3 pb-10" aria-busy={found.isFetching}>
        <div className="mx-auto flex max-w-6xl flex-col gap-6">
          {found.data ? (
            <Found forecast={found.data} view={view} />
          ) : found.error ? (
            <FiguresFailed error={found.error} onRetry={() => void found.refetch()} />
          ) : (
            <SkeletonRows label={t('forecast.title')} rows={6} />
          )}
          {found.data ? <ChangesSection view={view} onChange={change} /> : null}
        </div>
      </div>
    </Page>
  )
}

function Found({ forecast, view }: { forecast: Forecast; view: ForecastView }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (forecast.totals.length === 0)
    return (
      <>
        <EmptyState icon={TrendingUp} title={t('forecast.empty')} text={t('forecast.empty_text')} />
        <Undated forecast={forecast} />
      </>
    )
  return (
    <>
      {forecast.totals.map((row) => (
        <section key={row.currency} aria-label={row.currency} className="flex flex-col gap-4">
          {forecast.totals.length > 1 ? (
            <h2 className="text-13 font-semibold">{format.currencyName(row.currency)}</h2>
          ) : null}
          <ForecastChart months={forecast.months} row={row} />
          <ForecastTable forecast={forecast} row={row} view={view} />
        </section>
      ))}
      <Undated forecast={forecast} />
    </>
  )
}

/** What no month has, so that nobody misses it unknowingly. */
function Undated({ forecast: { undated } }: { forecast: Forecast }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (undated.length === 0) return null
  const count = undated.reduce((all, one) => all + one.count, 0)
  const worth = format.list(undated.map(({ value, currency }) => format.money(value, currency)))
  return <p className="text-12 text-muted">{t('forecast.undated', { count, worth })}</p>
}
