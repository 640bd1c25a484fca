import type { View } from '@rapport/contracts'
import { useCallback, useMemo } from 'react'
import { useAddress } from '../../app/useAddress.ts'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { seenFilters, toFilter } from '../../ui/filters/address.ts'
import type { FilterNode } from '../../ui/filters/types.ts'
import type { SortKey } from '../../ui/table/types.ts'
import {
  arrangementIn,
  arrangementOf,
  changedParts,
  plain,
  withoutChanges,
  withPart,
  type Arrangement,
  type Part,
} from '../views/address.ts'

/**
 * The whole state of a list lives in the address: it can be bookmarked, sent, and gone back to.
 * @param saved the view that it starts from; the address tells only what differs from it.
 * @param start how it looks without one
 */
export function useRecordView(object: string, saved: View | null = null, start: Arrangement = plain) {
  const [params, change] = useAddress()
  const base = useMemo(() => (saved ? arrangementOf(saved) : start), [saved, start])
  const { sees } = useFieldAccess(object)
  const text = params.toString()
  // An address may name what is hidden from its reader: for them, that is no part of the view.
  const arrangement = useMemo(
    () => seenArrangement(arrangementIn(new URLSearchParams(text), base), sees),
    [text, base, sees],
  )
  const q = params.get('q') ?? ''
  const openId = params.get(object)
  const trashed = params.get('view') === 'trash'
  const { filters } = arrangement
  const sort = useMemo(() => readSort(arrangement.sort), [arrangement.sort])

  const set = useCallback(
    (name: string, value: string | null, replace: boolean) =>
      change((known) => {
        const next = new URLSearchParams(known)
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
        // What was being made is made when something else is done.
        if (name !== 'new') next.delete('new')
        return next
      }, replace),
    [change],
  )
  const arrange = useCallback(
    <P extends Part>(part: P, value: Arrangement[P], replace = false) =>
      change((known) => withPart(known, base, part, value), replace),
    [change, base],
  )

  return {
    saved,
    arrangement,
    /** Whether it is shown in another way than it is saved. */
    changed: changedParts(params).length > 0,
    changedParts: changedParts(params),
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
    arrange,
    setSearch: useCallback((words: string) => set('q', words, true), [set]),
    setSort: useCallback((keys: readonly SortKey[]) => arrange('sort', writeSort(keys), true), [arrange]),
    setFilters: useCallback((next: FilterNode[]) => arrange('filters', next), [arrange]),
    /** Opening adds to the history once; going through records one after the other does not. */
    open: useCallback(
      (id: string | null) => set(object, id, openId !== null && id !== null),
      [set, openId, object],
    ),
    setCreating: useCallback((on: boolean) => set('new', on ? '1' : null, true), [set]),
    setTrashed: useCallback((on: boolean) => set('view', on ? 'trash' : null, false), [set]),
    /** Another view from its start, as it was saved. */
    choose: useCallback((id: string) => change(() => new URLSearchParams({ view: id }), false), [change]),
    reset: useCallback(() => change(withoutChanges, false), [change]),
    /** Another view altogether, of which only this is known. */
    startOver: useCallback(
      (known: Record<string, string>) => change(() => new URLSearchParams(known), false),
      [change],
    ),
    /** Shows all records again, in the same arrangement. */
    clear: useCallback(
      () =>
        change((known) => {
          const next = withPart(known, base, 'filters', [])
          next.delete('q')
          return next
        }, false),
      [change, base],
    ),
  }
}

export type RecordView = ReturnType<typeof useRecordView>

function seenArrangement(arrangement: Arrangement, sees: (field: string) => boolean): Arrangement {
  const seen = (field: string | null) => (field !== null && sees(field) ? field : null)
  return {
    ...arrangement,
    columns: arrangement.columns.filter(({ field }) => sees(field)),
    filters: seenFilters(arrangement.filters, sees),
    sort: writeSort(readSort(arrangement.sort).filter(({ id }) => sees(id))),
    group_by: seen(arrangement.group_by),
    date_field: seen(arrangement.date_field),
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
