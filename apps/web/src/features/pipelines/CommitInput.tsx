import { useState } from 'react'
import { Input } from '../../ui/Input.tsx'

type Props = {
  label: string
  value: string
  readOnly: boolean
  inputMode?: 'text' | 'numeric'
  className?: string
  /** Taking the text away means something. */
  mayBeEmpty?: boolean
  /** Called on Enter or when one goes elsewhere, with a text that is not the old one. */
  onCommit: (text: string) => Promise<unknown> | null
}

/** A text that is edited where it stands; Esc takes back what was typed. */
export function CommitInput(props: Props) {
  const { label, value, readOnly, inputMode = 'text', className, mayBeEmpty = false, onCommit } = props
  const [draft, setDraft] = useState<string | null>(null)
  const commit = () => {
    if (draft === null) return
    const text = draft.trim()
    setDraft(null)
    // What was refused comes back, to be tried again.
    if ((text !== '' || mayBeEmpty) && text !== value) onCommit(text)?.catch(() => setDraft(text))
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
