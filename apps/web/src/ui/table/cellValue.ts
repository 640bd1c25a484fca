/** What a cell holds, how it reads as text, and how typed or pasted text becomes a value again. */
import { fieldTypes } from '../fields/fieldTypes.ts'
import type { FieldAbout, Parsed } from '../fields/types.ts'
import type { Format } from '../format.ts'
import type { CellOption, DataColumn } from './types.ts'

export function readCell<Row>(column: DataColumn<Row>, row: Row): unknown {
  if (column.value) return column.value(row)
  return (row as Record<string, unknown>)[column.id]
}

export function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

const NO_OPTIONS: readonly CellOption[] = []

/** The choices of a cell. */
export function optionsOf<Row>({ options = NO_OPTIONS }: DataColumn<Row>, row: Row): readonly CellOption[] {
  return typeof options === 'function' ? options(row) : options
}

export function mayEditCell<Row>(column: DataColumn<Row>, row: Row): boolean {
  return typeof column.editable === 'function' ? column.editable(row) : column.editable === true
}

const aboutCell = <Row>(column: DataColumn<Row>, row: Row): FieldAbout => ({
  options: optionsOf(column, row),
  currency: typeof column.currency === 'function' ? column.currency(row) : column.currency,
})

/** As people read it. */
export function formatCell<Row>(column: DataColumn<Row>, row: Row, format: Format): string {
  const value = readCell(column, row)
  return isEmptyValue(value) ? '' : fieldTypes[column.type].write(value, aboutCell(column, row), format)
}

/** As a spreadsheet reads it. */
export function copyCell<Row>(column: DataColumn<Row>, row: Row): string {
  const value = readCell(column, row)
  return isEmptyValue(value) ? '' : fieldTypes[column.type].copy(value, aboutCell(column, row))
}

export function parseCell<Row>(column: DataColumn<Row>, row: Row, text: string, format: Format): Parsed {
  const { empty, read } = fieldTypes[column.type]
  const trimmed = text.trim()
  return trimmed === '' ? { ok: true, value: empty } : read(trimmed, aboutCell(column, row), format)
}

/** Whether the column allows a cell without a value. */
export const mayBeEmpty = <Row>(column: DataColumn<Row>, row: Row): boolean =>
  (column.validate?.(null, row) ?? null) === null

/** The text an editor starts with. */
export function editText<Row>(column: DataColumn<Row>, value: unknown, format: Format): string {
  return isEmptyValue(value) ? '' : fieldTypes[column.type].draft(value, format)
}
