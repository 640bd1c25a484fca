import { useEditor, type Editor, type UseEditorOptions } from '@tiptap/react'
import { useEffect, useEffectEvent, useState } from 'react'
import { cleanPaste } from './cleanPaste.ts'

type Options = Pick<UseEditorOptions, 'extensions' | 'content' | 'onCreate' | 'onUpdate'> & {
  label: string
  className: string
  autoFocus: boolean
  /** Answers what was typed before it was there. */
  takeTyped?: () => string
  /** Whether it was a key of its own, with which the editor shall do nothing. */
  onKey: (event: KeyboardEvent) => boolean
  onPaste?: (event: ClipboardEvent) => boolean
}

/** Alt+F10 leads to the tools, as in the editors that people know. */
function leadToTools(text: HTMLElement, { key, altKey }: KeyboardEvent): boolean {
  if (key !== 'F10' || !altKey) return false
  text
    .closest('[data-note-editor]')
    ?.querySelector<HTMLElement>('[data-note-toolbar] [tabindex="0"]')
    ?.focus()
  return true
}

/**
 * An editor that is made when its place is on the page; null before. One that is made earlier is taken for abandoned
 * where the page needs longer than a moment, and goes with what was typed into it.
 */
export function useTextEditor({
  label,
  className,
  autoFocus,
  takeTyped,
  onKey,
  onPaste,
  ...options
}: Options): Editor | null {
  const editor = useEditor({
    ...options,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        class: `note-text ${className}`,
      },
      transformPastedHTML: cleanPaste,
      handlePaste: (_view, event) => onPaste?.(event) ?? false,
      handleKeyDown: ({ dom }, event) => leadToTools(dom, event) || onKey(event),
    },
    // The policy of pages allows no inline style: the few rules are in note.css.
    injectCSS: false,
    immediatelyRender: false,
  })
  const [focuses] = useState(autoFocus)
  const typed = useEffectEvent(() => takeTyped?.() ?? '')
  useEffect(() => {
    if (!editor || !focuses) return
    editor.commands.focus('end')
    // By itself the editor waits for the next frame, and what is typed before it is lost.
    editor.view.focus()
    const text = typed()
    if (text !== '') editor.commands.insertContent({ type: 'text', text })
  }, [editor, focuses])
  return editor
}
