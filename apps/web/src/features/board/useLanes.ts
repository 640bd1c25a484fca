import type { FieldDescription, Filter, Group } from '@rapport/contracts'
import { queryOptions, useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { useFormat } from '../../ui/format.ts'
import { toHue, type Hue } from '../../ui/hue.ts'
import type { RecordKind } from '../records/kinds.ts'
import { useChoices } from '../records/useChoices.ts'
import { useFieldLabel } from '../records/useFieldLabel.ts'
import { boardKeys, boardQuery, type Board, type BoardColumn, type BoardView } from './api.ts'
import type { Lane } from './lanes.ts'

export const laneKeys = { all: ['board-lanes'] as const }

/** One row of a board in lanes. */
export type ShownLane = {
  id: string
  lane: Lane
  title: string
  hue: Hue | null
  count: number
  summary: string
  view: BoardView
  /** Not there while the lane is folded or on its way. */
  columns: BoardColumn[] | undefined
}

export const laneId = (value: string | null): string => (value === null ? 'lane' : `lane:${value}`)

function groupsOf({ store }: RecordKind, view: BoardView, field: string) {
  const own: Filter = { field: 'pipeline_id', op: 'eq', value: view.pipeline_id }
  const filter = view.filter ? { and: [view.filter, own] } : own
  return queryOptions({
    queryKey: [...laneKeys.all, view.pipeline_id, field, filter, view.q],
    queryFn: ({ signal }) =>
      store.readGroups({
        query: { group_by: field, q: view.q || undefined, filter: JSON.stringify(filter) },
        signal,
      }),
    placeholderData: (previous) => previous,
  })
}

/**
 * The lanes of a board by a field: a choice has one for each of its options, all else one for each value that there is;
 * what has no value comes last. Undefined while they are on their way.
 */
export function useLanes(
  kind: RecordKind,
  view: BoardView,
  field: FieldDescription | null,
  folded: readonly string[],
): { lanes: ShownLane[] | undefined; error: Error | null; retry: () => void } {
  const { t } = useTranslation()
  const format = useFormat()
  const labelOf = useFieldLabel(kind.object)
  const choicesOf = useChoices(kind.object)
  const groups = useQuery({ ...groupsOf(kind, view, field?.name ?? ''), enabled: field !== null })
  const found = groups.data?.items

  const rows = useMemo(() => {
    if (!field || !found) return []
    const choices = choicesOf(field)?.all ?? []
    return valuesIn(field, choices, found).map((value) => {
      const group = found.find((one) => one.value === value)
      const choice = choices.find((one) => one.value === value)
      const none = t('views.no_value', { field: labelOf(field.name) })
      return {
        id: laneId(value),
        lane: { field: field.name, value },
        title: value === null ? none : (choice?.label ?? group?.name ?? value),
        hue: choice?.hue ? toHue(choice.hue) : null,
        count: group?.count ?? 0,
        summary: (group?.sums ?? [])
          .filter((sum) => sum.field === kind.staged?.value && sum.value > 0)
          .map((sum) => format.moneyShort(sum.value, sum.currency))
          .join(' + '),
      }
    })
  }, [field, found, choicesOf, kind, labelOf, format, t])

  const boards = useQueries({
    queries: rows.map(({ id, lane }) => ({
      ...boardQuery({ ...view, lane }),
      enabled: !folded.includes(id),
    })),
    combine: collect,
  })
  const lanes = useMemo(
    () =>
      rows.map((row, place) => ({
        ...row,
        view: { ...view, lane: row.lane },
        columns: boards.columns[place],
      })),
    [rows, view, boards],
  )
  return {
    lanes: field && !found ? undefined : lanes,
    error: (found ? null : groups.error) ?? boards.error,
    retry: () => {
      void queryClient.refetchQueries({ queryKey: laneKeys.all, type: 'active' })
      void queryClient.refetchQueries({ queryKey: boardKeys.all, type: 'active' })
    },
  }
}

/** Kept as it was where nothing changed, so that a board is drawn anew only where it did. */
const collect = (boards: UseQueryResult<Board>[]) => ({
  columns: boards.map(({ data }) => data?.columns),
  error: boards.find(({ error, data }) => error !== null && !data)?.error ?? null,
})

function valuesIn(
  { type }: FieldDescription,
  choices: readonly { value: string }[],
  found: readonly Group[],
): (string | null)[] {
  const there = found.map(({ value }) => value)
  const all = type === 'select' ? [...choices.map(({ value }) => value), ...there] : there
  const named = all.filter((value) => value !== null)
  return [...new Set(named), ...(there.includes(null) ? [null] : [])]
}
