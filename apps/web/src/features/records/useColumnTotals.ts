import type { Totals } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { useFormat } from '../../ui/format.ts'
import type { ColumnState } from '../../ui/table/types.ts'
import type { RecordKind } from './kinds.ts'
import type { RecordView } from './recordStore.ts'
import type { RecordColumn } from './useRecordColumns.tsx'

/** Rates, and marks out of a hundred: their sum says nothing. */
const averaged: ReadonlySet<string> = new Set(['score', 'probability', 'tax_rate'])
const nothing: Totals['sums'] = []

/** The columns with what all that the view finds come to, loaded or not, below those that hold numbers and are shown. */
export function useColumnTotals(
  { store }: RecordKind,
  columns: readonly RecordColumn[],
  { hidden }: ColumnState,
  { filter, q, trashed }: RecordView,
): RecordColumn[] {
  const { t } = useTranslation()
  const format = useFormat()
  const { organization } = useMe()
  const names = columns
    .filter(({ id, type }) => (type === 'number' || type === 'money') && !hidden.includes(id))
    .map(({ id }) => id)
  const asked = {
    fields: names.toSorted().join(),
    filter: filter && JSON.stringify(filter),
    q: q || undefined,
    trashed: trashed ? ('true' as const) : undefined,
  }
  const { data } = useQuery({
    queryKey: [...store.keys.totals, asked],
    queryFn: ({ signal }) => store.readTotals({ query: asked, signal }),
    placeholderData: (previous) => previous,
    enabled: names.length > 0,
  })
  const sums = data?.sums ?? nothing

  return useMemo(() => {
    const footerOf = (id: string): string | undefined => {
      const own = sums.filter(({ field }) => field === id)
      const [first] = own
      if (!first) return undefined
      if (averaged.has(id))
        return t('table.average', { value: format.number(Math.round(first.value / first.filled)) })
      // The organization's own currency comes first; others stand beside it and are not added to it.
      const inOrder = own.toSorted(
        (a, b) => Number(b.currency === organization.currency) - Number(a.currency === organization.currency),
      )
      const told = own.length > 1 ? format.moneyShort : format.money
      return inOrder
        .map(({ value, currency }) => (currency === null ? format.number(value) : told(value, currency)))
        .join(' + ')
    }
    return columns.map((column) => {
      const footer = footerOf(column.id)
      return footer === undefined ? column : { ...column, footer }
    })
  }, [columns, sums, organization.currency, format, t])
}
