import type { ForecastRow } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { StackedBars } from '../../ui/charts/StackedBars.tsx'
import { useFormat } from '../../ui/format.ts'

const parts = [
  { part: 'won', hue: 'green' },
  { part: 'committed', hue: 'indigo' },
  { part: 'best_case', hue: 'violet' },
  { part: 'pipeline', hue: 'slate' },
] as const

/** The picture of the table below it. */
export function ForecastChart({ months, row }: { months: readonly string[]; row: ForecastRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <StackedBars
      className="h-56"
      label={t('forecast.chart', { currency: row.currency })}
      series={parts.map(({ part, hue }) => ({ name: t(`forecast.measure.${part}`), hue }))}
      markName={t('forecast.measure.goal')}
      write={(value) => format.moneyShort(value, row.currency)}
      bars={months.map((month, index) => ({
        key: month,
        label: format.monthShort(month),
        mark: row.months[index]?.goal ?? null,
        values: parts.map(({ part }) => row.months[index]?.[part].value ?? 0),
      }))}
    />
  )
}
