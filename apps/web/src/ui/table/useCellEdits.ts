import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDescribeProblem } from '../problem.ts'
import type { CellValue } from '../fields/types.ts'
import type { DataTableProps } from './types.ts'

/** A value the server refused. It stays on its cell with the reason, so that nothing typed is lost. */
export type CellFailure = { value: CellValue; message: string }
export type RowFailures = ReadonlyMap<string, CellFailure>

const NO_FAILURES: ReadonlyMap<string, RowFailures> = new Map()

function put(
  all: ReadonlyMap<string, RowFailures>,
  rowId: string,
  columnId: string,
  failure: CellFailure | null,
): ReadonlyMap<string, RowFailures> {
  const before = all.get(rowId)
  if (failure === null && !before?.has(columnId)) return all
  const row = new Map(before)
  if (failure) row.set(columnId, failure)
  else row.delete(columnId)
  const next = new Map(all)
  if (row.size > 0) next.set(rowId, row)
  else next.delete(rowId)
  return next
}

export function useCellEdits<Row>(
  onEdit: DataTableProps<Row>['onEdit'],
  announce: (message: string) => void,
) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [failures, setFailures] = useState(NO_FAILURES)

  const dismiss = useCallback((rowId: string, columnId: string) => {
    setFailures((all) => put(all, rowId, columnId, null))
  }, [])

  const save = useCallback(
    async (rowId: string, columnId: string, value: CellValue): Promise<void> => {
      dismiss(rowId, columnId)
      try {
        await onEdit?.(rowId, columnId, value)
      } catch (error) {
        const message = describe(error)
        setFailures((all) => put(all, rowId, columnId, { value, message }))
        announce(t('table.edit.not_saved', { reason: message }))
      }
    },
    [onEdit, dismiss, describe, announce, t],
  )
  return { failures, save, dismiss }
}
