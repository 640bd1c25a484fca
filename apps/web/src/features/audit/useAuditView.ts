import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { readFilters, toFilter } from '../../ui/filters/address.ts'
import { isCondition, type FilterNode } from '../../ui/filters/types.ts'

/** The filters live in the address: a view can be bookmarked, sent, and gone back to. */
export function useAuditView() {
  const [params, setParams] = useSearchParams()
  const text = params.get('filter') ?? ''
  const filters = useMemo(() => readFilters(text).filter(isCondition), [text])
  const setFilters = useCallback(
    (next: readonly FilterNode[]) =>
      setParams(next.length > 0 ? { filter: JSON.stringify(next) } : {}, { preventScrollReset: true }),
    [setParams],
  )
  return {
    filters,
    /** As the API takes it. */
    filter: useMemo(() => {
      const made = toFilter(filters)
      return made && JSON.stringify(made)
    }, [filters]),
    setFilters,
    /** Shows only what has this one value; other filters on the field give way. */
    only: useCallback(
      (field: string, value: string) =>
        setFilters([
          ...filters.filter((filter) => filter.field !== field),
          { field, op: 'in', value: [value] },
        ]),
      [filters, setFilters],
    ),
  }
}
