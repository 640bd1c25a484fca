/** The editor itself: loaded when somebody begins to write. */
import type { NoteDocument } from '@rapport/contracts'
import { EditorContent, useEditor } from '@tiptap/react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cleanPaste } from './cleanPaste.ts'
import { noteExtensions } from './extensions.ts'
import { createPickerStore } from './pickers.ts'
import { PickerList } from './PickerList.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useActiveChoice } from './useActiveChoice.ts'
import '../note.css'

type Props = {
  initial: NoteDocument | null
  onChange: (document: NoteDocument) => void
  /** Ctrl+Enter. */
  onSubmit: () => void
  /** Esc, where nothing else is open. */
  onLeave: () => void
}

export default function RichText({ initial, onChange, onSubmit, onLeave }: Props) {
  const { t } = useTranslation()
  const listId = useId()
  const [picker] = useState(createPickerStore)
  const editor = useEditor({
    // The policy of pages allows no inline style: the few rules are in note.css.
    injectCSS: false,
    extensions: noteExtensions(picker, { placeholder: t('notes.write'), taskLabel: t('notes.open_item') }),
    content: initial,
    autofocus: 'end',
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': t('notes.label'),
        class: 'note-text px-2.5 py-2 text-13',
      },
      transformPastedHTML: cleanPaste,
      handleKeyDown: (view, event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          onSubmit()
          return true
        }
        if (event.key === 'F10' && event.altKey) {
          view.dom
            .closest('[data-note-editor]')
            ?.querySelector<HTMLElement>('[data-note-toolbar] [tabindex="0"]')
            ?.focus()
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
    },
    onUpdate: ({ editor: now }) => onChange(now.getJSON() as NoteDocument),
  })

  useActiveChoice(editor, picker, listId)

  return (
    <div data-note-editor="">
      <Toolbar editor={editor} />
      <EditorContent editor={editor} />
      <PickerList store={picker} listId={listId} />
    </div>
  )
}
