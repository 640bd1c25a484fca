import type { FieldDescription, Group, Groups } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { useEvents } from '../../app/realtime.ts'
import type { RowHeading } from '../../ui/table/lines.ts'
import { GroupHeading } from './GroupHeading.tsx'
import { groupKeys, groupsQuery, viewOfGroup } from './groups.ts'
import type { RecordKind } from './kinds.ts'
import type { RecordView } from './recordStore.ts'
import type { ListedRecord } from './stores.ts'
import { useFields } from './useFields.ts'
import { useGroupPages, type GroupPages } from './useGroupPages.ts'

export type GroupedRows = {
  rows: ListedRecord[]
  headings: RowHeading[]
  total: number | undefined
  loading: boolean
  error: Error | null
  retry: () => void
}

const nameOf = ({ value }: Group) => (value === null ? 'group' : `group:${value}`)
const refreshMs = 500

/** The records of a list in groups, each of which is loaded when it comes into sight. Null without groups. */
export function useGroupedRows(
  kind: RecordKind,
  view: RecordView,
  group_by: string | null,
): GroupedRows | null {
  const { t } = useTranslation()
  const { store } = kind
  const field = useFields(kind.object).get(group_by ?? '')
  const groups = useQuery({ ...groupsQuery(store, view, group_by ?? ''), enabled: field !== undefined })
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set())
  const want = useCallback((name: string) => setWanted((known) => new Set([...known, name])), [])
  const fold = useCallback(
    (name: string) =>
      setFolded((known) => {
        const next = new Set(known)
        if (!next.delete(name)) next.add(name)
        return next
      }),
    [],
  )
  const items = field ? groups.data?.items : undefined
  const views = useMemo(() => {
    const open = (items ?? []).filter((group) => wanted.has(nameOf(group)) && !folded.has(nameOf(group)))
    return new Map(open.map((group) => [nameOf(group), viewOfGroup(view, field as FieldDescription, group)]))
  }, [items, wanted, folded, view, field])
  const pages = useGroupPages(store, views)
  useFreshGroups(kind, field !== undefined)

  return useMemo(() => {
    if (!field) return null
    const rows: ListedRecord[] = []
    const headings: RowHeading[] = []
    for (const group of items ?? []) {
      const name = nameOf(group)
      const expanded = !folded.has(name)
      headings.push({
        id: name,
        before: rows.length,
        content: <GroupHeading kind={kind} field={field} group={group} />,
        expanded,
        onToggle: () => fold(name),
      })
      if (!expanded) continue
      const loaded = pages.get(name)
      rows.push(...(loaded?.data?.pages.flatMap((page) => page.items) ?? []))
      const more = moreOf(name, loaded, want)
      if (more) headings.push({ ...more, before: rows.length, content: t('table.loading') })
    }
    const others = groups.data?.others
    if (others)
      headings.push(othersHeading(others, rows.length, t('views.more_groups', { count: others.groups })))
    return {
      rows,
      headings,
      total: groups.data?.total,
      loading: groups.isPending,
      error: groups.data ? null : groups.error,
      retry: () => void groups.refetch(),
    }
  }, [field, items, folded, pages, groups, kind, fold, want, t])
}

/** The line that stands for what is not loaded yet, and loads it once it is seen. */
function moreOf(
  name: string,
  loaded: GroupPages | undefined,
  want: (name: string) => void,
): Pick<RowHeading, 'id' | 'onShown'> | null {
  const id = `${name} more`
  if (!loaded) return { id, onShown: () => want(name) }
  if (!loaded.data) return { id }
  if (!loaded.hasNextPage) return null
  const next = loaded.data.pages.length
  // Each new closure counts as a new sight of the line.
  if (loaded.isFetching) return { id: `${id} ${next}` }
  return { id: `${id} ${next}`, onShown: () => void loaded.fetchNextPage() }
}

const othersHeading = (
  { count }: NonNullable<Groups['others']>,
  before: number,
  text: string,
): RowHeading => ({
  id: 'group others',
  before,
  content: (
    <span className="text-muted">
      {text} · <span className="tabular">{count}</span>
    </span>
  ),
})

/** Counts follow what happens, and rows go where they belong now. */
function useFreshGroups({ object, store }: RecordKind, on: boolean): void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEvents((event) => {
    if (!on || event.record.object !== object || timer.current !== null) return
    timer.current = setTimeout(() => {
      timer.current = null
      void queryClient.invalidateQueries({ queryKey: groupKeys(store.name) })
      void queryClient.invalidateQueries({ queryKey: store.keys.lists })
    }, refreshMs)
  })
}
