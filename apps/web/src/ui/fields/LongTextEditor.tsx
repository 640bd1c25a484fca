import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { AfterEdit, FieldEditorProps } from './types.ts'

/** Several lines: the field grows over the rows below. Enter saves, with Shift it begins a new line. */
export function LongTextEditor({ name, draft: start, typed, refused, onCommit, onClose }: FieldEditorProps) {
  const { t } = useTranslation()
  const area = useRef<HTMLTextAreaElement>(null)
  const settled = useRef(false)
  const [text, setText] = useState(typed ?? start)

  useEffect(() => {
    area.current?.focus()
    area.current?.setSelectionRange(area.current.value.length, area.current.value.length)
  }, [])

  function settle(after: AfterEdit) {
    if (settled.current) return
    settled.current = true
    if (refused === null && text === start) onClose(after)
    else onCommit(text.trim() === '' ? null : text.trim(), after)
  }
  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      settled.current = true
      onClose('stay')
    } else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') {
      event.preventDefault()
      settle(event.key === 'Enter' ? 'down' : event.shiftKey ? 'left' : 'right')
    }
  }
  return (
    <div data-editor className="absolute inset-x-0 top-0 z-10">
      <textarea
        ref={area}
        rows={4}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => settle('stay')}
        aria-label={t('table.edit.label', { name })}
        className="field-sizing-content max-h-64 min-h-24 w-full resize-none bg-raised px-2.5 py-2 text-13 shadow-float outline-2 -outline-offset-1 outline-accent select-text"
      />
    </div>
  )
}
