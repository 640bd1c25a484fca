/** Where a message is written: loaded when a conversation is opened. */
import type { NoteDocument } from '@rapport/contracts'
import type { Editor } from '@tiptap/react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { EditorPlace } from '../../notes/editor/EditorPlace.tsx'
import { createPickerStore } from '../../notes/editor/pickers.ts'
import { useTextEditor } from '../../notes/editor/useTextEditor.ts'
import { chatExtensions } from './extensions.ts'
import '../../notes/note.css'
import '../chat.css'

/** What is done to the text from outside of it. */
export type FieldHandle = {
  focus: () => void
  clear: () => void
  insert: (text: string) => void
}

export type ChatFieldProps = {
  initial: NoteDocument | null
  label: string
  placeholder: string
  autoFocus: boolean
  tools: boolean
  onChange: (document: NoteDocument) => void
  onSubmit: () => void
  /** Esc, where nothing else is open; says whether it did something. */
  onLeave?: () => boolean
  /** The arrow up in an empty field. */
  onUp?: () => void
  onFiles?: (files: File[]) => void
  onReady?: (handle: FieldHandle | null) => void
}

const byFinger = () => matchMedia('(pointer: coarse)').matches

/** In code and in lists, Enter goes on writing. */
function goesOn(editor: Editor): boolean {
  if (editor.isActive('codeBlock')) return true
  return editor.isActive('listItem') || editor.isActive('taskItem')
    ? editor.state.selection.$from.parent.content.size > 0
    : false
}

export default function ChatField(props: ChatFieldProps) {
  const { initial, label, placeholder, autoFocus, tools, onReady } = props
  const { t } = useTranslation()
  const [picker] = useState(createPickerStore)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const made = useRef<Editor | null>(null)
  const editor = useTextEditor({
    extensions: chatExtensions(picker, { placeholder, taskLabel: t('notes.open_item') }),
    content: initial,
    label,
    className: 'chat-field px-3 py-2 text-13',
    autoFocus,
    onCreate: ({ editor: now }) => (made.current = now),
    onUpdate: ({ editor: now }) => latest.current.onChange(now.getJSON() as NoteDocument),
    onPaste(event) {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0 || !latest.current.onFiles) return false
      latest.current.onFiles(files)
      return true
    },
    onKey(event) {
      const now = made.current
      const open = picker.read()
      if (!now || event.isComposing || (open && open.choices.length > 0)) return false
      if (event.key === 'Enter' && !event.shiftKey) {
        const firmly = event.ctrlKey || event.metaKey
        if (!firmly && (byFinger() || goesOn(now))) return false
        latest.current.onSubmit()
        return true
      }
      if (event.key === 'ArrowUp' && now.isEmpty && latest.current.onUp) {
        latest.current.onUp()
        return true
      }
      if (event.key === 'Escape' && !open && latest.current.onLeave?.()) {
        event.stopPropagation()
        return true
      }
      return false
    },
  })

  useEffect(() => {
    if (!editor) return
    onReady?.({
      focus: () => void editor.commands.focus('end'),
      clear: () => void editor.commands.clearContent(true),
      insert: (text) => void editor.chain().focus().insertContent(text).run(),
    })
    return () => onReady?.(null)
  }, [editor, onReady])

  return editor ? (
    <EditorPlace editor={editor} picker={picker} tools={tools} />
  ) : (
    <Skeleton className="m-2 h-5" />
  )
}
