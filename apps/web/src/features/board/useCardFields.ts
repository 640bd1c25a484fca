import { useMemo } from 'react'
import type { ColumnState } from '../../ui/table/types.ts'
import type { RecordKind } from '../records/kinds.ts'
import { useRecordColumns } from '../records/useRecordColumns.tsx'
import type { RecordView } from '../records/useRecordView.ts'
import { useArrangedColumns } from '../records/useViewColumns.ts'

/** Since when a card has stood in its stage: on a board a field like others. */
export const ageField = 'stage_entered_at'

/** What cards tell at first, beside the title; all else waits in the menu. */
const usual = ({ title, staged }: RecordKind): string[] => [
  title,
  staged?.company ?? '',
  staged?.value ?? '',
  'owner_id',
  'score',
  ageField,
]

/** Which fields a card tells: those of its view, or else as the person left them in this browser. */
export function useCardFields(kind: RecordKind, view: Pick<RecordView, 'arrange' | 'saved' | 'arrangement'>) {
  const { columns, fields } = useRecordColumns(kind)
  const choices = useMemo(() => {
    const age = fields.get(ageField)
    // The column says the stage already.
    const told = columns.filter(({ id }) => id !== 'stage_id')
    const [first, ...others] = told.toSorted(
      (one, other) => Number(other.id === kind.title) - Number(one.id === kind.title),
    )
    return [...(first ? [first] : []), ...others, ...(age ? [age] : [])]
  }, [columns, fields, kind])
  const initial = useMemo<ColumnState>(() => {
    const order = usual(kind)
    return { order, hidden: choices.map(({ id }) => id).filter((id) => !order.includes(id)), widths: {} }
  }, [kind, choices])
  const { columnState, setColumnState, shownColumns } = useArrangedColumns(
    `${kind.store.name}.cards`,
    initial,
    choices,
    view,
  )
  const shown = useMemo(
    () => shownColumns.flatMap(({ field }) => choices.find(({ id }) => id === field) ?? []),
    [shownColumns, choices],
  )
  const reset = () => setColumnState(initial)
  return { choices, columnState, setColumnState, shownColumns, shown, reset }
}

export type CardFields = ReturnType<typeof useCardFields>
