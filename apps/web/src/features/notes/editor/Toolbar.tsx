import { Toolbar as Base } from '@base-ui/react/toolbar'
import { useEditorState, type Editor } from '@tiptap/react'
import {
  AtSign,
  Bold,
  Code,
  Hash,
  Heading2,
  Italic,
  Link2,
  List,
  ListChecks,
  ListOrdered,
  Quote,
  Strikethrough,
  type LucideIcon,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/IconButton.tsx'
import { LinkRow } from './LinkRow.tsx'

type Tool = {
  name: 'bold' | 'italic' | 'strike' | 'heading' | 'bullets' | 'numbers' | 'tasks' | 'quote' | 'code'
  icon: LucideIcon
  shortcut?: string
  run: (editor: Editor) => void
  isOn: (editor: Editor) => boolean
}

/** In the text again at once: by itself the editor waits for the next frame, and what is typed before it is lost. */
function at(editor: Editor) {
  editor.view.focus()
  return editor.chain()
}

/** Code is a mark within a line, and a block of its own over several. */
function toggleCode(editor: Editor): void {
  const { $from, $to } = editor.state.selection
  const isBlock = editor.isActive('codeBlock') || !$from.sameParent($to)
  if (isBlock) at(editor).toggleCodeBlock().run()
  else at(editor).toggleCode().run()
}

const tools: readonly Tool[] = [
  {
    name: 'bold',
    icon: Bold,
    shortcut: 'mod+b',
    run: (e) => at(e).toggleBold().run(),
    isOn: (e) => e.isActive('bold'),
  },
  {
    name: 'italic',
    icon: Italic,
    shortcut: 'mod+i',
    run: (e) => at(e).toggleItalic().run(),
    isOn: (e) => e.isActive('italic'),
  },
  {
    name: 'strike',
    icon: Strikethrough,
    run: (e) => at(e).toggleStrike().run(),
    isOn: (e) => e.isActive('strike'),
  },
  {
    name: 'heading',
    icon: Heading2,
    run: (e) => at(e).toggleHeading({ level: 2 }).run(),
    isOn: (e) => e.isActive('heading'),
  },
  {
    name: 'bullets',
    icon: List,
    run: (e) => at(e).toggleBulletList().run(),
    isOn: (e) => e.isActive('bulletList'),
  },
  {
    name: 'numbers',
    icon: ListOrdered,
    run: (e) => at(e).toggleOrderedList().run(),
    isOn: (e) => e.isActive('orderedList'),
  },
  {
    name: 'tasks',
    icon: ListChecks,
    run: (e) => at(e).toggleTaskList().run(),
    isOn: (e) => e.isActive('taskList'),
  },
  {
    name: 'quote',
    icon: Quote,
    run: (e) => at(e).toggleBlockquote().run(),
    isOn: (e) => e.isActive('blockquote'),
  },
  { name: 'code', icon: Code, run: toggleCode, isOn: (e) => e.isActive('code') || e.isActive('codeBlock') },
]

/** One stop of the Tab key; arrows move between the tools. */
export function Toolbar({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const [linking, setLinking] = useState(false)
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      tools: tools.filter(({ isOn }) => isOn(now)).map(({ name }) => name),
      link: now.isActive('link'),
    }),
  })
  // A sign after a word would be part of it.
  const insertSign = (sign: string) => {
    const { $from } = editor.state.selection
    const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 1), $from.parentOffset)
    at(editor)
      .insertContent(before === '' || /\s/.test(before) ? sign : ` ${sign}`)
      .run()
  }
  return (
    <div className="border-b border-line">
      <Base.Root
        aria-label={t('notes.toolbar.label')}
        className="flex flex-wrap gap-0.5 p-1"
        data-note-toolbar=""
        // A click on a tool leaves the caret where it is.
        onMouseDown={(event) => event.preventDefault()}
      >
        {tools.map(({ name, icon, shortcut, run }) => (
          <Base.Button
            key={name}
            render={
              <IconButton
                icon={icon}
                size="small"
                label={t(`notes.toolbar.${name}`)}
                shortcut={shortcut}
                aria-pressed={on.tools.includes(name)}
                className="aria-pressed:bg-active aria-pressed:text-ink"
              />
            }
            onClick={() => run(editor)}
          />
        ))}
        <Base.Button
          render={
            <IconButton
              icon={Link2}
              size="small"
              label={t('notes.toolbar.link')}
              aria-expanded={linking}
              aria-pressed={on.link}
              className="aria-pressed:bg-active aria-pressed:text-ink"
            />
          }
          onClick={() => setLinking(!linking)}
        />
        <Base.Button
          render={<IconButton icon={AtSign} size="small" label={t('notes.toolbar.mention')} />}
          onClick={() => insertSign('@')}
        />
        <Base.Button
          render={<IconButton icon={Hash} size="small" label={t('notes.toolbar.record')} />}
          onClick={() => insertSign('#')}
        />
      </Base.Root>
      {linking ? <LinkRow editor={editor} onClose={() => setLinking(false)} /> : null}
    </div>
  )
}
