import { useEffect, useId, useRef, useState } from 'react'
import type { HTMLInputTypeAttribute, KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import type { AfterEdit, CellEditorProps } from './CellEditor.tsx'
import { editText, parseCell, readCell } from './cellValue.ts'
import type { CellValue, ColumnType } from './types.ts'

const INPUT_TYPES: Partial<Record<ColumnType, HTMLInputTypeAttribute>> = {
  date: 'date',
  datetime: 'datetime-local',
  phone: 'tel',
}
const INPUT_MODES: Partial<Record<ColumnType, 'decimal' | 'email' | 'tel' | 'url'>> = {
  number: 'decimal',
  money: 'decimal',
  email: 'email',
  phone: 'tel',
  url: 'url',
}

function afterKey(event: KeyboardEvent): AfterEdit | null {
  if (event.key === 'Enter') return event.shiftKey ? 'up' : 'down'
  if (event.key === 'Tab') return event.shiftKey ? 'left' : 'right'
  return null
}

/** Text, numbers, money and dates: a native field laid over the cell. */
export function TextEditor<Row>({ column, row, typed, failure, onCommit, onClose }: CellEditorProps<Row>) {
  const { t, i18n } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const settled = useRef(false)
  const errorId = useId()
  const start = editText(column, failure ? failure.value : readCell(column, row), i18n.language)
  const [text, setText] = useState(typed ?? start)
  const [error, setError] = useState<string | null>(failure?.message ?? null)

  useEffect(() => {
    field.current?.focus()
    if (typed === null && INPUT_TYPES[column.type] !== 'date') field.current?.select()
  }, [typed, column.type])

  function read(): { value: CellValue } | { problem: string } {
    const parsed = parseCell(column, row, text, i18n.language)
    if (!parsed.ok) return { problem: t(`table.edit.${parsed.reason}`) }
    const problem = column.validate?.(parsed.value, row) ?? null
    return problem === null ? { value: parsed.value } : { problem }
  }

  function settle(after: AfterEdit) {
    if (settled.current) return
    const result = read()
    if ('problem' in result) {
      setError(result.problem)
      return
    }
    settled.current = true
    if (!failure && text === start) onClose(after)
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
        type={INPUT_TYPES[column.type] ?? 'text'}
        inputMode={INPUT_MODES[column.type]}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setError(null)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => settle('stay')}
        aria-label={t('table.edit.label', { name: column.header })}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        autoComplete="off"
        className={cx(
          'size-full bg-raised px-2.5 text-13 shadow-float outline-2 -outline-offset-1 outline-accent select-text',
          column.align === 'end' && 'text-right tabular',
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
