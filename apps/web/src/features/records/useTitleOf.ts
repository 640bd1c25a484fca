import { useCallback } from 'react'
import type { RecordKind } from './kinds.ts'
import type { ListedRecord } from './stores.ts'

/** What a record is called. */
export function useTitleOf({ title }: RecordKind): (record: ListedRecord) => string {
  return useCallback((record) => String(record[title] ?? ''), [title])
}
