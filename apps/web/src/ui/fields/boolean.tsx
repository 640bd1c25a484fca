import { Check } from 'lucide-react'
import { cx } from '../cx.ts'
import { findOption, matchOption } from './choices.ts'
import { OptionEditor } from './OptionEditor.tsx'
import { select } from './select.tsx'
import type { FieldEditorProps, FieldLookProps, FieldType } from './types.ts'

/** Yes and no are its choices; their values are the words for true and false. */
export const boolean: FieldType = {
  ...select,
  filter: 'boolean',
  read: (text, { options }) => {
    const option = matchOption(options, text)
    return option ? { ok: true, value: option.value === 'true' } : { ok: false, reason: 'option' }
  },
  picked: (choice) => choice === 'true',
  Look: FlagLook,
  Editor: FlagEditor,
}

function FlagLook({ value, text }: FieldLookProps) {
  return (
    <span className={cx('flex items-center gap-1.5', value !== true && 'text-muted')}>
      {value === true ? <Check className="size-4 text-success-ink" strokeWidth={2} aria-hidden /> : null}
      {text}
    </span>
  )
}

function FlagEditor(props: FieldEditorProps) {
  return (
    <OptionEditor
      {...props}
      current={findOption(props.options, String(props.value))}
      onCommit={(chosen, after) => props.onCommit(chosen === null ? null : chosen === 'true', after)}
    />
  )
}
