import type { LineItem } from '@rapport/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FileText, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { ListedRecord } from '../records/stores.ts'
import { lineItemsQuery, saveQuote } from './api.ts'
import { LineDialog } from './LineDialog.tsx'
import { LineRow } from './LineRow.tsx'

/** What a deal is about, line by line, with what it comes to: for those who may see what deals are worth. */
export function LineItems({ deal }: { deal: ListedRecord }) {
  const { sees, edits } = useFieldAccess('deal')
  if (!sees('value')) return null
  const readOnly = !deal.can.update || deal.deleted_at !== null || !edits('value')
  return <Lines deal={deal} readOnly={readOnly} />
}

function Lines({ deal, readOnly }: { deal: ListedRecord; readOnly: boolean }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useQuery(lineItemsQuery(deal.id))
  const [open, setOpen] = useState<LineItem | 'new' | null>(null)
  const title = t('deals.lines.title')
  if (query.isError && !query.data)
    return <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton className="h-16 w-full" />
  const { items, totals, currency } = query.data
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-2">
        <h2 className="text-11 font-semibold text-faint uppercase">{title}</h2>
        <div className="flex gap-1">
          {items.length > 0 ? <QuoteButton deal={deal} /> : null}
          {readOnly ? null : (
            <Button size="small" icon={Plus} onClick={() => setOpen('new')}>
              {t('deals.lines.add')}
            </Button>
          )}
        </div>
      </div>
      {items.length === 0 ? (
        <p className="text-13 text-muted">{t('deals.lines.empty')}</p>
      ) : (
        <>
          <ul className="flex flex-col border-y border-line">
            {items.map((line, index) => (
              <LineRow
                key={line.id}
                deal_id={deal.id}
                line={line}
                currency={currency}
                isLast={index === items.length - 1}
                readOnly={readOnly}
                onOpen={() => setOpen(line)}
              />
            ))}
          </ul>
          <Totals totals={totals} currency={currency} />
        </>
      )}
      {open === null ? null : (
        <LineDialog
          deal_id={deal.id}
          line={open === 'new' ? null : open}
          currency={currency}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  )
}

type TotalsProps = { totals: { net: number; discount: number; tax: number; gross: number }; currency: string }

function Totals({ totals, currency }: TotalsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = (['discount', 'net', 'tax', 'gross'] as const).filter(
    (name) => totals[name] !== 0 || name === 'net' || name === 'gross',
  )
  return (
    <dl className="ml-auto grid w-56 grid-cols-2 gap-y-0.5 text-13 tabular">
      {shown.map((name) => (
        <div key={name} className="contents">
          <dt className={name === 'gross' ? 'font-medium' : 'text-muted'}>{t(`deals.lines.${name}`)}</dt>
          <dd className={name === 'gross' ? 'text-right font-medium' : 'text-right'}>
            {format.money(totals[name], currency)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function QuoteButton({ deal }: { deal: ListedRecord }) {
  const { t, i18n } = useTranslation()
  const describe = useDescribeProblem()
  const save = useMutation({
    mutationFn: () => saveQuote(deal.id, `${t('deals.quote.file')} ${String(deal['name'])}`, i18n.language),
    onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
  })
  return (
    <Button
      size="small"
      variant="ghost"
      icon={FileText}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      {t('deals.quote.save')}
    </Button>
  )
}
