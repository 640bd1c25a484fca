import { forecastMeasures, type ForecastChanges } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { Section } from '../../ui/Section.tsx'
import { Select } from '../../ui/Select.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { forecastChangesQuery } from './api.ts'
import { ChangeLine } from './ChangeLine.tsx'
import { FiguresFailed } from './FiguresFailed.tsx'
import { instantBefore, narrowingOf, spans, type ForecastView } from './useForecastView.ts'

type Props = { view: ForecastView; onChange: (change: Partial<ForecastView>) => void }

export function ChangesSection({ view, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { from, to, measure } = view
  const since = useMemo(() => instantBefore(format, view.since), [format, view.since])
  const found = useQuery(forecastChangesQuery({ from, to, measure, since, ...narrowingOf(view) }))
  return (
    <Section
      title={t('forecast.changes.title')}
      text={t('forecast.changes.text', { day: format.date(since) })}
      actions={
        <>
          <Select
            size="small"
            className="w-auto!"
            label={t('forecast.changes.measure')}
            value={measure}
            options={forecastMeasures.map((value) => ({ value, label: t(`forecast.measure.${value}`) }))}
            onChange={(value) => onChange({ measure: value })}
          />
          <Select
            size="small"
            className="w-auto!"
            label={t('forecast.changes.since')}
            value={view.since}
            options={spans.map((value) => ({ value, label: t(`forecast.changes.days.d${value}`) }))}
            onChange={(value) => onChange({ since: value })}
          />
        </>
      }
    >
      {found.data ? (
        <Changes changes={found.data} />
      ) : found.error ? (
        <FiguresFailed error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <SkeletonRows label={t('forecast.changes.title')} rows={3} />
      )}
    </Section>
  )
}

function Changes({ changes: { sums, items, total } }: { changes: ForecastChanges }) {
  const { t } = useTranslation()
  if (total === 0) return <p className="text-13 text-muted">{t('forecast.changes.none')}</p>
  return (
    <>
      {sums
        .filter(({ reasons }) => reasons.length > 0)
        .map((sum) => (
          <Reasons key={sum.currency} sum={sum} />
        ))}
      <ul className="flex flex-col" aria-label={t('forecast.changes.list')}>
        {items.map((item) => (
          <ChangeLine key={`${item.deal.id}${item.currency}`} change={item} />
        ))}
      </ul>
      {total > items.length ? (
        <p className="text-12 text-muted">{t('forecast.changes.more', { count: total - items.length })}</p>
      ) : null}
    </>
  )
}

function Reasons({
  sum: { currency, before, after, change, reasons },
}: {
  sum: ForecastChanges['sums'][number]
}) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <table className="w-full max-w-xl border-collapse text-13 tabular">
      <caption className="sr-only">{t('forecast.changes.sums', { currency })}</caption>
      <tbody>
        <Line name={t('forecast.changes.before')} value={format.money(before, currency)} />
        {reasons.map(({ reason, count, change: by }) => (
          <Line
            key={reason}
            name={t(`forecast.reason.${reason}`)}
            beside={t('forecast.deals', { count })}
            value={format.signedMoney(by, currency)}
            tone={by}
          />
        ))}
        <Line
          name={t('forecast.changes.now')}
          beside={format.signedMoney(change, currency)}
          value={format.money(after, currency)}
          strong
        />
      </tbody>
    </table>
  )
}

type LineProps = { name: string; beside?: string; value: string; tone?: number; strong?: boolean }

function Line({ name, beside, value, tone = 0, strong = false }: LineProps) {
  return (
    <tr className={cx('border-b border-line', strong && 'font-semibold')}>
      <th scope="row" className={cx('py-1 pr-3 text-left', strong ? 'font-semibold' : 'font-normal')}>
        {name}
      </th>
      <td className="py-1 pr-3 text-right text-12 font-normal text-muted">{beside}</td>
      <td className={cx('py-1 text-right', tone > 0 && 'text-success-ink', tone < 0 && 'text-danger-ink')}>
        {value}
      </td>
    </tr>
  )
}
