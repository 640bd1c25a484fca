import { fieldTypes } from '../fields/fieldTypes.ts'
import type { Format } from '../format.ts'
import { formatCell, isEmptyValue, optionsOf, readCell } from './cellValue.ts'
import type { DataColumn } from './types.ts'

type CellContentProps<Row> = { column: DataColumn<Row>; row: Row; format: Format }

/** How a value looks when nobody edits it. */
export function CellContent<Row>({ column, row, format }: CellContentProps<Row>) {
  if (column.render) return <>{column.render(row)}</>
  const value = readCell(column, row)
  if (isEmptyValue(value)) return null
  const { Look } = fieldTypes[column.type]
  return <Look value={value} text={formatCell(column, row, format)} options={optionsOf(column, row)} />
}
