import type { Editor } from '@tiptap/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Input } from '../../../ui/Input.tsx'

/** `example.com` means the page, `ana@example.com` the address. */
function asAddress(typed: string): string | null {
  const text = typed.trim()
  const full = /^(https?|mailto|tel):/i.test(text)
    ? text
    : /^[^\s@/]+@[^\s@]+\.[^\s@]+$/.test(text)
      ? `mailto:${text}`
      : `https://${text}`
  return /^\S+$/.test(full) && URL.canParse(full) && !/^https:\/\/[a-z]+:/i.test(full) ? full : null
}

/** Where the words that are selected lead; without a selection the address itself is written. */
export function LinkRow({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useTranslation()
  const known = String(editor.getAttributes('link')['href'] ?? '')
  const [typed, setTyped] = useState(known)
  const [wrong, setWrong] = useState(false)
  const close = () => {
    onClose()
    editor.commands.focus()
  }
  const set = () => {
    const href = asAddress(typed)
    if (href === null) return setWrong(true)
    const chain = editor.chain().focus().extendMarkRange('link')
    if (editor.state.selection.empty && known === '')
      chain
        .insertContent([{ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] }])
        .run()
    else chain.setLink({ href }).run()
    close()
  }
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-1.5 pb-1.5">
      <Input
        aria-label={t('notes.link.label')}
        aria-invalid={wrong}
        placeholder="https://"
        value={typed}
        ref={(input) => input?.focus()}
        className="min-w-40 flex-1"
        onChange={(event) => {
          setTyped(event.target.value)
          setWrong(false)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation()
            close()
          }
          if (event.key !== 'Enter') return
          event.preventDefault()
          event.stopPropagation()
          set()
        }}
      />
      <Button size="small" onClick={set}>
        {t('notes.link.set')}
      </Button>
      {known === '' ? null : (
        <Button
          size="small"
          variant="ghost"
          onClick={() => {
            editor.chain().focus().extendMarkRange('link').unsetLink().run()
            close()
          }}
        >
          {t('notes.link.remove')}
        </Button>
      )}
      {wrong ? (
        <p role="alert" className="w-full text-12 text-danger-ink">
          {t('notes.link.wrong')}
        </p>
      ) : null}
    </div>
  )
}
