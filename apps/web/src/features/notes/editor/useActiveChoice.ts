import type { Editor } from '@tiptap/react'
import { useEffect } from 'react'
import type { PickerStore } from './pickers.ts'

/** The focus stays in the text: it says which choice of the picker is the active one. */
export function useActiveChoice(editor: Editor, picker: PickerStore, listId: string): void {
  useEffect(() => {
    const mark = () => {
      const open = picker.read()
      const { dom } = editor.view
      const wanted =
        open && open.choices.length > 0 ? { controls: listId, active: `${listId}-${open.active}` } : null
      for (const [name, value] of [
        ['aria-controls', wanted?.controls],
        ['aria-activedescendant', wanted?.active],
      ] as const)
        if (value === undefined) dom.removeAttribute(name)
        else dom.setAttribute(name, value)
    }
    return picker.subscribe(mark)
  }, [editor, picker, listId])
}
