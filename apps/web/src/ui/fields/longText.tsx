import { Textarea } from '../Textarea.tsx'
import { LongTextEditor } from './LongTextEditor.tsx'
import type { FieldControlProps, FieldType } from './types.ts'
import { written } from './written.tsx'

export const longText: FieldType = {
  ...written,
  input: { multiline: true },
  Editor: LongTextEditor,
  Control: LongTextControl,
}

function LongTextControl({ value, onChange, label, id, name, ref, disabled, onBlur }: FieldControlProps) {
  return (
    <Textarea
      {...{ id, name, ref, disabled, onBlur }}
      aria-label={label}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
