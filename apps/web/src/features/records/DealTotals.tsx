import type { DealTotals as Totals } from '@rapport/contracts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { rapport } from '../../app/rapport.ts'
import { useFormat } from '../../ui/format.ts'

const totalsQuery = (id: string) =>
  queryOptions({
    queryKey: ['deal-totals', id],
    queryFn: ({ signal }) => rapport.deals.ofCompany({ params: { id }, signal }),
  })

const outcomes = ['won', 'open', 'lost'] as const

/** What the deals of a company come to: won first. */
export function DealTotals({ company_id }: { company_id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useQuery(totalsQuery(company_id))
  if (!data) return null
  const sumOf = ({ values }: Totals['won'], say: typeof format.money): string =>
    values.map(({ currency, value }) => say(value, currency)).join(' + ')
  return (
    <dl className="grid grid-cols-3 gap-2 rounded-base bg-sunken px-3 py-2">
      {outcomes.map((outcome) => (
        <div key={outcome} className="min-w-0">
          <dt className="text-12 text-muted">
            {t(`records.option.status.${outcome}`)} · {format.number(data[outcome].count)}
          </dt>
          <dd className="truncate text-13 font-medium tabular" title={sumOf(data[outcome], format.money)}>
            {sumOf(data[outcome], format.moneyShort) || '–'}
          </dd>
        </div>
      ))}
    </dl>
  )
}
