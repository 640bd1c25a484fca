import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import { TypedInput } from './TypedInput.tsx'
import type { AfterEdit, FieldEditorProps } from './types.ts'

function afterKey(event: KeyboardEvent): AfterEdit | null {
  if (event.key === 'Enter') return event.shiftKey ? 'up' : 'down'
  if (event.key === 'Tab') return event.shiftKey ? 'left' : 'right'
  return null
}

/** Text, numbers, money and dates: a field laid over the cell. */
export function TextEditor(props: FieldEditorProps) {
  const { name, draft: start, typed, refused, align, input, prepare, read, onCommit, onClose } = props
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const settled = useRef(false)
  const errorId = useId()
  const [text, setText] = useState(typed ?? start)
  const [error, setError] = useState<string | null>(refused)

  useEffect(() => {
    field.current?.focus()
    if (typed === null) field.current?.select()
  }, [typed])

  async function settle(after: AfterEdit) {
    if (settled.current) return
    await prepare?.()
    const result = read(text)
    if ('problem' in result) {
      setError(result.problem)
      return
    }
    if (settled.current) return
    settled.current = true
    if (refused === null && text === start) onClose(after)
    else onCommit(result.value, after)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    const after = afterKey(event)
    if (event.key === 'Escape') {
      event.preventDefault()
      settled.current = true
      onClose('stay')
    } else if (after) {
      event.preventDefault()
      void settle(after)
    }
  }

  return (
    <div
      data-editor
      className={cx(
        'absolute inset-0 z-10 bg-raised text-13 shadow-float outline-2 -outline-offset-1',
        error === null ? 'outline-accent' : 'outline-danger',
      )}
    >
      <TypedInput
        bare
        ref={field}
        input={input}
        value={text}
        onText={(next) => {
          setText(next)
          setError(null)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => void settle('stay')}
        aria-label={t('table.edit.label', { name })}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        placeholder=""
        {...(align === 'end' ? { className: 'text-right tabular' } : {})}
      />
      {error === null ? null : (
        <p
          id={errorId}
          role="alert"
          className="float-surface absolute top-full left-0 mt-1 w-max max-w-72 px-2 py-1 text-12 text-danger-ink"
        >
          {error}
        </p>
      )}
    </div>
  )
}
