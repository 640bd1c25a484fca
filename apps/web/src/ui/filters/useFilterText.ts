import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldTypes } from '../fields/fieldTypes.ts'
import { useFormat } from '../format.ts'
import { PERIODS } from './types.ts'
import type { FilterField, FilterOp, FilterState } from './types.ts'

/** Filters in words. */
export function useFilterText() {
  const { t } = useTranslation()
  const format = useFormat()

  const nameOperator = useCallback(
    (field: FilterField, op: FilterOp): string => {
      if (field.type === 'date' && op === 'gte') return t('table.operator.after')
      if (field.type === 'date' && op === 'lte') return t('table.operator.before')
      return t(`table.operator.${op}`)
    },
    [t],
  )

  const nameOne = useCallback(
    (field: FilterField, value: string | number): string => {
      const { options = [], currency } = field
      return fieldTypes[field.type].write(value, { options, currency }, format)
    },
    [format],
  )

  const nameValue = useCallback(
    (field: FilterField, filter: FilterState): string => {
      const { op, value } = filter
      if (value === undefined) return t('table.filter.any')
      const period = op === 'within' ? PERIODS.find((each) => each === value) : undefined
      if (period) return t(`table.period.${period}`)
      if (typeof value === 'boolean') return t(value ? 'table.boolean.yes' : 'table.boolean.no')
      if (typeof value === 'string' || typeof value === 'number') return nameOne(field, value)
      const [from, to] = value
      if (op === 'between' && from !== undefined && to !== undefined)
        return t('table.filter.range', { from: nameOne(field, from), to: nameOne(field, to) })
      if (value.length > 2) return t('table.filter.several', { count: value.length })
      return value.map((each) => nameOne(field, each)).join(', ')
    },
    [t, nameOne],
  )
  return { nameOperator, nameValue }
}
