import { useState } from 'react'
import { Input } from '../../ui/Input.tsx'

type Props = {
  label: string
  value: string
  readOnly: boolean
  inputMode?: 'text' | 'numeric'
  className?: string
  /** Called on Enter or when one goes elsewhere, with a text that is neither empty nor the old one. */
  onCommit: (text: string) => Promise<unknown> | null
}

/** A text that is edited where it stands; Esc takes back what was typed. */
export function CommitInput({ label, value, readOnly, inputMode = 'text', className, onCommit }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const commit = () => {
    const text = draft?.trim() ?? ''
    setDraft(null)
    // What was refused comes back, to be tried again.
    if (text !== '' && text !== value) onCommit(text)?.catch(() => setDraft(text))
  }
  return (
    <Input
      size="small"
      aria-label={label}
      inputMode={inputMode}
      readOnly={readOnly}
      className={className}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setDraft(null)
      }}
    />
  )
}
