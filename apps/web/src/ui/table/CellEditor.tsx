import { chosenOptions, findOption, isChosen, optionsOf, readCell } from './cellValue.ts'
import { LongTextEditor } from './LongTextEditor.tsx'
import { ManyOptionsEditor } from './ManyOptionsEditor.tsx'
import { OptionEditor } from './OptionEditor.tsx'
import { TextEditor } from './TextEditor.tsx'
import type { CellFailure } from './useCellEdits.ts'
import type { CellValue, DataColumn } from './types.ts'

/** Where the focus goes after an edit: Enter down, Tab sideways. */
export type AfterEdit = 'stay' | 'down' | 'up' | 'right' | 'left'

export type CellEditorProps<Row> = {
  column: DataColumn<Row>
  row: Row
  /** The key that began the edit; it replaces what was there. */
  typed: string | null
  /** What the server refused last time, to be corrected. */
  failure: CellFailure | undefined
  onCommit: (value: CellValue, after: AfterEdit) => void
  /** Ends the edit without saving. */
  onClose: (after: AfterEdit) => void
}

export function CellEditor<Row>(props: CellEditorProps<Row>) {
  const { column, row, failure } = props
  if (column.editor) return column.editor(props)
  if (column.type === 'long_text') return <LongTextEditor {...props} />
  if (!isChosen(column.type)) return <TextEditor {...props} />
  const choices = optionsOf(column, row)
  const value = failure ? failure.value : readCell(column, row)
  if (column.type === 'multi_select')
    return <ManyOptionsEditor {...props} choices={choices} current={chosenOptions(choices, value)} />
  if (column.type === 'boolean')
    return (
      <OptionEditor
        {...props}
        choices={choices}
        current={findOption(choices, String(value))}
        onCommit={(chosen, after) => props.onCommit(chosen === null ? null : chosen === 'true', after)}
      />
    )
  return <OptionEditor {...props} choices={choices} current={findOption(choices, value)} />
}
