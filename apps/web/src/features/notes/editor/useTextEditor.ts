import { useEditor, type Editor, type UseEditorOptions } from '@tiptap/react'
import { useEffect, useState } from 'react'

type Options = Omit<UseEditorOptions, 'autofocus' | 'immediatelyRender' | 'injectCSS'>

/**
 * An editor that is made when its place is on the page; null before. One that is made earlier is taken for abandoned
 * where the page needs longer than a moment, and goes with what was typed into it.
 */
export function useTextEditor(options: Options, autoFocus: boolean): Editor | null {
  const editor = useEditor({
    ...options,
    // The policy of pages allows no inline style: the few rules are in note.css.
    injectCSS: false,
    immediatelyRender: false,
  })
  const [focuses] = useState(autoFocus)
  useEffect(() => {
    if (!editor || !focuses) return
    editor.commands.focus('end')
    // By itself the editor waits for the next frame, and what is typed before it is lost.
    editor.view.focus()
  }, [editor, focuses])
  return editor
}
