/** What a merge asks of fields that differ, and what it gives the winner. */
import type { FieldDescription } from '@rapport/contracts'
import { isEmptyValue, readCell } from '../../ui/table/cellValue.ts'
import { relatedIn } from '../records/related.ts'
import type { ListedRecord, Values } from '../records/stores.ts'
import { customKeyOf } from '../records/useFields.ts'
import type { RecordColumn } from '../records/useRecordColumns.tsx'

/** Whose value each field gets, where somebody chose. */
export type Choice = Readonly<Record<string, string>>

/** Added up by the merge itself, so that nothing of the others is lost. */
const gathered: ReadonlySet<FieldDescription['type']> = new Set(['tags', 'emails', 'phones', 'links'])

/** The record that knows most stays; of two that know as much, the older one. */
export function firstWinner(records: readonly ListedRecord[]): string {
  const known = (record: ListedRecord) =>
    [...Object.values(record), ...Object.values(record.custom)].filter((value) => !isEmptyValue(value)).length
  const [best] = records.toSorted(
    (one, other) =>
      known(other) - known(one) || String(one['created_at']).localeCompare(String(other['created_at'])),
  )
  return best?.id ?? ''
}

/** Compared as they are kept: two relations of one name are two. */
const keptIn = (column: RecordColumn, field: FieldDescription | undefined, record: ListedRecord): unknown =>
  field?.to === undefined ? readCell(column, record) : relatedIn(record, column.id)?.id

export function differingColumns(
  columns: readonly RecordColumn[],
  fields: ReadonlyMap<string, FieldDescription>,
  records: readonly ListedRecord[],
): RecordColumn[] {
  return columns.filter((column) => {
    const field = fields.get(column.id)
    if (
      !field?.writable ||
      column.editable === false ||
      gathered.has(field.type) ||
      field.name === 'stage_id'
    )
      return false
    const texts = records.map((record) => {
      const value = keptIn(column, field, record)
      return isEmptyValue(value) ? '' : JSON.stringify(value)
    })
    return new Set(texts).size > 1
  })
}

/** Where nobody chose: the value of the winner, or else of the first who has one. */
export function holderOf(column: RecordColumn, records: readonly ListedRecord[], winner_id: string): string {
  const filled = records.filter((record) => !isEmptyValue(readCell(column, record)))
  return (filled.find(({ id }) => id === winner_id) ?? filled[0])?.id ?? winner_id
}

type Chosen = {
  records: readonly ListedRecord[]
  columns: readonly RecordColumn[]
  winner_id: string
  chosen: Choice
}

/** Only what the winner does not have already. */
export function valuesOf({ records, columns, winner_id, chosen }: Chosen): Values {
  const values: Values = {}
  const custom: Values = {}
  for (const column of columns) {
    const holder = chosen[column.id] ?? holderOf(column, records, winner_id)
    const record = records.find(({ id }) => id === holder)
    if (!record || holder === winner_id) continue
    const key = customKeyOf(column.id)
    if (key === undefined) values[column.id] = record[column.id] ?? null
    else custom[key] = record.custom[key] ?? null
  }
  return { ...values, ...(Object.keys(custom).length > 0 ? { custom } : {}) }
}
