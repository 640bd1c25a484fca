import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import type { AfterEdit, FieldEditorProps } from './types.ts'

function afterKey(event: KeyboardEvent): AfterEdit | null {
  if (event.key === 'Enter') return event.shiftKey ? 'up' : 'down'
  if (event.key === 'Tab') return event.shiftKey ? 'left' : 'right'
  return null
}

/** Text, numbers, money and dates: a native field laid over the cell. */
export function TextEditor(props: FieldEditorProps) {
  const { name, draft: start, typed, refused, align, input, read, onCommit, onClose } = props
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const settled = useRef(false)
  const errorId = useId()
  const [text, setText] = useState(typed ?? start)
  const [error, setError] = useState<string | null>(refused)

  useEffect(() => {
    field.current?.focus()
    if (typed === null && input.type !== 'date') field.current?.select()
  }, [typed, input.type])

  function settle(after: AfterEdit) {
    if (settled.current) return
    const result = read(text)
    if ('problem' in result) {
      setError(result.problem)
      return
    }
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
      settle(after)
    }
  }

  return (
    <div data-editor className="absolute inset-0 z-10">
      <input
        ref={field}
        type={input.type ?? 'text'}
        inputMode={input.inputMode}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setError(null)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => settle('stay')}
        aria-label={t('table.edit.label', { name })}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        autoComplete="off"
        className={cx(
          'size-full bg-raised px-2.5 text-13 shadow-float outline-2 -outline-offset-1 outline-accent select-text',
          align === 'end' && 'text-right tabular',
          error !== null && 'outline-danger',
        )}
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
