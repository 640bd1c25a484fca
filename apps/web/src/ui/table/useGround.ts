import { useCallback, useMemo } from 'react'
import { SELECT_COLUMN } from './gridState.ts'
import type { Ground } from './gridState.ts'
import type { Lines } from './lines.ts'
import type { SizedColumn } from './useColumnModel.ts'
import type { DataColumn } from './types.ts'

/** Rows and columns as the keyboard sees them, found by position or by id. */
export function useGround<Row>(
  lines: Lines<Row>,
  rowId: (row: Row) => string,
  columns: readonly SizedColumn<Row>[],
) {
  const idAt = useCallback(
    (line: number) => {
      const row = lines.rowAt(line)
      return row === undefined ? lines.headingAt(line)?.id : rowId(row)
    },
    [lines, rowId],
  )
  const indexById = useMemo(
    () => new Map(Array.from({ length: lines.count }, (_, line) => [idAt(line), line])),
    [lines, idAt],
  )
  return useMemo(() => {
    const byId = new Map<string, DataColumn<Row>>(columns.map(({ column }) => [column.id, column]))
    const ground: Ground = {
      rowCount: lines.count,
      rowIdAt: idAt,
      rowIndexOf: (id) => indexById.get(id),
      columnIds: [SELECT_COLUMN, ...byId.keys()],
    }
    return {
      ground,
      rowOf: lines.rowAt,
      columnOf: (id: string) => byId.get(id),
    }
  }, [lines, idAt, columns, indexById])
}
