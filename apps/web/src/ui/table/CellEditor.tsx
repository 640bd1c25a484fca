import { useTranslation } from 'react-i18next'
import { fieldTypes } from '../fields/fieldTypes.ts'
import type { AfterEdit, CellValue, FieldEditorProps } from '../fields/types.ts'
import { useFormat } from '../format.ts'
import { editText, isEmptyValue, mayBeEmpty, optionsOf, parseCell, readCell } from './cellValue.ts'
import type { CellFailure } from './useCellEdits.ts'
import type { DataColumn } from './types.ts'

type CellEditorProps<Row> = {
  column: DataColumn<Row>
  row: Row
  typed: string | null
  /** What the server refused last time, to be corrected. */
  failure: CellFailure | undefined
  onCommit: (value: CellValue, after: AfterEdit) => void
  onClose: (after: AfterEdit) => void
}

/** The editor of the column's type, with what this cell holds and takes. */
export function CellEditor<Row>({ column, row, typed, failure, onCommit, onClose }: CellEditorProps<Row>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { Editor, input = {}, prepare } = fieldTypes[column.type]
  const value = failure ? failure.value : readCell(column, row)
  const props: FieldEditorProps = {
    name: column.header,
    value,
    refused: failure?.message ?? null,
    draft: editText(column, value, format),
    typed,
    options: optionsOf(column, row),
    mayEmpty: !isEmptyValue(value) && mayBeEmpty(column, row),
    align: column.align,
    input,
    prepare: prepare && (() => prepare(format)),
    read: (text) => {
      const parsed = parseCell(column, row, text, format)
      if (!parsed.ok) return { problem: t(`table.edit.${parsed.reason}`) }
      const problem = column.validate?.(parsed.value, row) ?? null
      return problem === null ? { value: parsed.value } : { problem }
    },
    onCommit,
    onClose,
  }
  return column.editor ? column.editor({ ...props, row }) : <Editor {...props} />
}
