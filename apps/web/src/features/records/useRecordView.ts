import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { readFilters, toFilter } from '../../ui/filters/address.ts'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import type { FilterState } from '../../ui/filters/types.ts'
import type { RecordObject } from './kinds.ts'
import type { SortKey } from '../../ui/table/types.ts'

/** The whole state of a view lives in the address: it can be bookmarked, sent, and gone back to. */
export function useRecordView(object: RecordObject) {
  const [params, setParams] = useSearchParams()
  const q = params.get('q') ?? ''
  const sortText = params.get('sort') ?? ''
  const filterText = params.get('filter') ?? ''
  const openId = params.get(object)
  const trashed = params.get('view') === 'trash'

  const { sees } = useFieldAccess(object)
  // An address may name what is hidden from its reader: for them, that is no part of the view.
  const sort = useMemo(() => readSort(sortText).filter(({ id }) => sees(id)), [sortText, sees])
  const filters = useMemo(
    () => readFilters(filterText).filter(({ field }) => sees(field)),
    [filterText, sees],
  )
  const set = useCallback(
    (name: string, value: string | null, replace: boolean) =>
      setParams(
        (known) => {
          const next = new URLSearchParams(known)
          if (value === null || value === '') next.delete(name)
          else next.set(name, value)
          // What was being made is made when something else is done.
          if (name !== 'new') next.delete('new')
          return next
        },
        { replace, preventScrollReset: true },
      ),
    [setParams],
  )

  return {
    q,
    sort,
    filters,
    openId,
    /** The dialog for a new one is open. */
    creating: params.has('new'),
    trashed,
    /** As the API takes it. */
    query: useMemo(
      () => ({ q, sort: writeSort(sort) || undefined, filter: toFilter(filters), trashed }),
      [q, sort, filters, trashed],
    ),
    setSearch: useCallback((text: string) => set('q', text, true), [set]),
    setSort: useCallback((keys: SortKey[]) => set('sort', writeSort(keys), true), [set]),
    setFilters: useCallback(
      (next: FilterState[]) => set('filter', next.length > 0 ? JSON.stringify(next) : null, false),
      [set],
    ),
    /** Opening adds to the history once; going through records one after the other does not. */
    open: useCallback(
      (id: string | null) => set(object, id, openId !== null && id !== null),
      [set, openId, object],
    ),
    setCreating: useCallback((on: boolean) => set('new', on ? '1' : null, true), [set]),
    setTrashed: useCallback((on: boolean) => set('view', on ? 'trash' : null, false), [set]),
    clear: useCallback(() => setParams(new URLSearchParams()), [setParams]),
    /** Another view altogether, of which only this is known. */
    startOver: useCallback((known: Record<string, string>) => setParams(known), [setParams]),
  }
}

/** `-created_at,full_name`, as the API spells it. */
const readSort = (text: string): SortKey[] =>
  text
    .split(',')
    .filter(Boolean)
    .map((key) => ({ id: key.replace(/^-/, ''), desc: key.startsWith('-') }))
const writeSort = (keys: readonly SortKey[]): string =>
  keys.map(({ id, desc }) => `${desc ? '-' : ''}${id}`).join(',')
