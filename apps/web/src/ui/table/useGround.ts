import { useMemo } from 'react'
import { SELECT_COLUMN } from './gridState.ts'
import type { Ground } from './gridState.ts'
import type { SizedColumn } from './useColumnModel.ts'
import type { DataColumn } from './types.ts'

/** Rows and columns as the keyboard sees them, found by position or by id. */
export function useGround<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  columns: readonly SizedColumn<Row>[],
) {
  const indexById = useMemo(() => new Map(rows.map((row, index) => [rowId(row), index])), [rows, rowId])
  return useMemo(() => {
    const byId = new Map<string, DataColumn<Row>>(columns.map(({ column }) => [column.id, column]))
    const ground: Ground = {
      rowCount: rows.length,
      rowIdAt: (index) => {
        const row = rows[index]
        return row === undefined ? undefined : rowId(row)
      },
      rowIndexOf: (id) => indexById.get(id),
      columnIds: [SELECT_COLUMN, ...byId.keys()],
    }
    return {
      ground,
      rowOf: (index: number) => rows[index],
      columnOf: (id: string) => byId.get(id),
    }
  }, [rows, rowId, columns, indexById])
}
