import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import type { FieldInput } from '../../ui/fields/types.ts'
import { TypedInput } from '../../ui/fields/TypedInput.tsx'
import { Textarea } from '../../ui/Textarea.tsx'

export type InlineFieldProps = {
  label: string
  value: string
  /** How the value looks when it is not being edited; the plain text unless told. */
  look?: string | undefined
  readOnly?: boolean
  /** Beside the value: where it leads. */
  beside?: ReactNode
  /** How it is typed. In several lines, Shift+Enter begins one. */
  input?: FieldInput
  /** Gets the trimmed text; empty means "no value". A rejection brings the editor back with what was typed. */
  onSave: (text: string) => Promise<void>
}

/** A labelled value that turns into its editor on a click or Enter, and saves on Enter or when one goes elsewhere. */
export function InlineField({
  label,
  value,
  look,
  readOnly = false,
  input = {},
  beside,
  onSave,
}: InlineFieldProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<string | null>(null)
  const opener = useRef<HTMLButtonElement>(null)

  const shown = look || value || t('records.not_set')
  const close = () => {
    setDraft(null)
    requestAnimationFrame(() => opener.current?.focus())
  }
  const save = async (text: string) => {
    if (text.trim() === value) return setDraft(null)
    setDraft(null)
    await onSave(text.trim()).catch(() => setDraft(text))
  }

  return (
    <div className="grid grid-cols-[7.5rem_1fr] items-center gap-2">
      <span className="truncate text-12 text-muted">{label}</span>
      {draft === null ? (
        <span className="flex min-w-0 items-center gap-1">
          <button
            ref={opener}
            type="button"
            disabled={readOnly}
            aria-label={`${label}: ${shown}`}
            onClick={() => setDraft(value)}
            className={cx(
              'flex min-h-control min-w-0 flex-1 items-center rounded-base px-2 text-left text-13',
              readOnly ? 'cursor-default' : 'hover:bg-hover',
            )}
          >
            <span
              className={cx(
                input.multiline ? 'line-clamp-4 whitespace-pre-line' : 'truncate',
                value === '' && 'text-faint',
              )}
            >
              {shown}
            </span>
          </button>
          {beside}
        </span>
      ) : (
        <Editor
          label={label}
          input={input}
          draft={draft}
          onChange={setDraft}
          onSave={() => void save(draft)}
          onCancel={close}
        />
      )}
    </div>
  )
}

type EditorProps = Required<Pick<InlineFieldProps, 'label' | 'input'>> & {
  draft: string
  onChange: (text: string) => void
  onSave: () => void
  onCancel: () => void
}

function Editor({ label, input, draft, onChange, onSave, onCancel }: EditorProps) {
  const control = {
    autoFocus: true,
    'aria-label': label,
    value: draft,
    onBlur: onSave,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'Enter' && !event.shiftKey) event.currentTarget.blur()
      if (event.key !== 'Escape') return
      event.stopPropagation()
      onCancel()
    },
  }
  if (input.multiline) return <Textarea {...control} onChange={(event) => onChange(event.target.value)} />
  return <TypedInput {...control} input={input} onText={onChange} />
}

/** The same line around a control that is its own editor, such as a select. */
export function FieldLine({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7.5rem_1fr] items-center gap-2">
      <span className="truncate text-12 text-muted">{label}</span>
      <div className="min-w-0">{children}</div>
    </div>
  )
}
