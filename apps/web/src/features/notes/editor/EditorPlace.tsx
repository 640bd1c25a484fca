import { EditorContent, type Editor } from '@tiptap/react'
import { useId } from 'react'
import type { PickerStore } from './pickers.ts'
import { PickerList } from './PickerList.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useActiveChoice } from './useActiveChoice.ts'

/** The text with its tools above it, and what may be picked below it. */
export function EditorPlace({
  editor,
  picker,
  tools,
}: {
  editor: Editor
  picker: PickerStore
  tools: boolean
}) {
  const listId = useId()
  useActiveChoice(editor, picker, listId)
  return (
    <div data-note-editor="">
      {tools ? <Toolbar editor={editor} /> : null}
      <EditorContent editor={editor} />
      <PickerList store={picker} listId={listId} />
    </div>
  )
}
