import type { ReactNode } from 'react'
import { joinList } from './lists.ts'
import { TextEditor } from './TextEditor.tsx'
import { TypedInput } from './TypedInput.tsx'
import type { FieldControlProps, FieldLookProps, FieldType } from './types.ts'

/** What all types have in common that are written, not chosen: a line of text, taken as it is. */
export const written: FieldType = {
  width: 140,
  filter: 'text',
  empty: null,
  read: (text) => ({ ok: true, value: text }),
  write: String,
  copy: (value) => joinList(value),
  draft: (value) => joinList(value),
  Look: TextLook,
  Editor: TextEditor,
  Control: TextControl,
}

function TextLook({ text }: FieldLookProps) {
  return <span className="truncate">{text}</span>
}

/** A field of a form for one line. */
export function TextControl({
  value,
  onChange,
  input,
  trailing,
  options: _options,
  currency: _currency,
  placeholder: _placeholder,
  label,
  ...rest
}: FieldControlProps & { trailing?: ReactNode }) {
  return (
    <TypedInput
      {...rest}
      input={input}
      aria-label={label}
      value={typeof value === 'string' ? value : ''}
      onText={onChange}
      {...(trailing === undefined ? {} : { trailing })}
    />
  )
}
