import type { ViewColumn } from '@rapport/contracts'
import { useCallback, useMemo } from 'react'
import { orderIds } from '../../ui/table/useColumnModel.ts'
import type { ColumnState } from '../../ui/table/types.ts'
import type { RecordKind } from './kinds.ts'
import { useColumnState } from './useColumnState.ts'
import { useInitialColumns, type RecordColumn } from './useRecordColumns.tsx'
import type { RecordView } from './useRecordView.ts'

/**
 * The columns of a list: those of its saved view or its address, or else as the person left them in this browser. What
 * is changed about a view's columns is in the address, until it is saved.
 */
export function useViewColumns(
  kind: RecordKind,
  columns: readonly RecordColumn[],
  view: Pick<RecordView, 'arrange' | 'saved' | 'arrangement'>,
) {
  return useArrangedColumns(kind.store.name, useInitialColumns(kind), columns, view)
}

/** @param name under which this browser keeps them. @param initial those that are there at first */
export function useArrangedColumns(
  name: string,
  initial: ColumnState,
  columns: readonly RecordColumn[],
  view: Pick<RecordView, 'arrange' | 'saved' | 'arrangement'>,
) {
  const [own, setOwn] = useColumnState(name, initial)
  const { arrange, saved, arrangement } = view
  const ofView = arrangement.columns
  const columnState = useMemo(
    () => (ofView.length > 0 ? stateOf(ofView, columns) : own),
    [ofView, columns, own],
  )
  const setColumnState = useCallback(
    (state: ColumnState) =>
      saved !== null || ofView.length > 0
        ? arrange('columns', columnsOf(state, columns), true)
        : setOwn(state),
    [arrange, saved, ofView, columns, setOwn],
  )
  const shownColumns = useMemo(() => columnsOf(columnState, columns), [columnState, columns])
  return { columnState, setColumnState, shownColumns }
}

function stateOf(ofView: readonly ViewColumn[], columns: readonly RecordColumn[]): ColumnState {
  const shown = ofView.filter(({ hidden }) => hidden !== true)
  const names = new Set(shown.map(({ field }) => field))
  return {
    order: shown.map(({ field }) => field),
    hidden: columns.map(({ id }) => id).filter((id, place) => place > 0 && !names.has(id)),
    widths: Object.fromEntries(
      shown.flatMap(({ field, width }) => (width === undefined ? [] : [[field, width]])),
    ),
  }
}

function columnsOf(state: ColumnState, columns: readonly RecordColumn[]): ViewColumn[] {
  return orderIds(columns, state.order)
    .filter((field) => !state.hidden.includes(field))
    .map((field) => {
      const width = state.widths[field]
      return width === undefined ? { field } : { field, width }
    })
}
