/** The editor itself: loaded when somebody begins to write. */
import type { NoteDocument } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { EditorPlace } from './EditorPlace.tsx'
import { noteExtensions } from './extensions.ts'
import { createPickerStore } from './pickers.ts'
import { useTextEditor } from './useTextEditor.ts'
import '../note.css'

type Props = {
  initial: NoteDocument | null
  takeTyped: () => string
  onChange: (document: NoteDocument) => void
  /** Ctrl+Enter. */
  onSubmit: () => void
  /** Esc, where nothing else is open. */
  onLeave: () => void
}

export default function RichText({ initial, takeTyped, onChange, onSubmit, onLeave }: Props) {
  const { t } = useTranslation()
  const [picker] = useState(createPickerStore)
  const editor = useTextEditor({
    extensions: noteExtensions(picker, { placeholder: t('notes.write'), taskLabel: t('notes.open_item') }),
    content: initial,
    label: t('notes.label'),
    className: 'px-2.5 py-2 text-13',
    autoFocus: true,
    takeTyped,
    onKey(event) {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        onSubmit()
        return true
      }
      // An open picker closes first.
      if (event.key === 'Escape' && !picker.read()) {
        event.stopPropagation()
        onLeave()
        return true
      }
      return false
    },
    onUpdate: ({ editor: now }) => onChange(now.getJSON() as NoteDocument),
  })

  return editor ? <EditorPlace editor={editor} picker={picker} tools /> : <Skeleton className="m-2.5 h-20" />
}
