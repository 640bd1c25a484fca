import { LineItems } from '../deals/LineItems.tsx'
import type { RecordKind } from './kinds.ts'
import type { ListedRecord } from './stores.ts'

/** What is kept in a record beyond its fields. */
export function RecordBody({ kind, record }: { kind: RecordKind; record: ListedRecord }) {
  return kind.object === 'deal' ? <LineItems deal={record} /> : null
}
