/** What can be written in a message: all that a note can hold, teams, everyone, and emoji by their names. */
import { Extension, Node } from '@tiptap/core'
import { named, noteExtensions, type Words } from '../../notes/editor/extensions.ts'
import type { PickerStore } from '../../notes/editor/pickers.ts'
import { suggestEmoji, suggestPeople } from './suggestions.ts'

const everyone = Node.create({
  name: 'everyone',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({
    who: { default: 'here', parseHTML: (element) => element.getAttribute('data-who') },
    label: { default: null, parseHTML: (element) => element.getAttribute('data-label') },
  }),
  parseHTML: () => [{ tag: 'span[data-node="everyone"]' }],
  renderHTML: ({ node }) => {
    const { who, label } = node.attrs as { who: string; label: string | null }
    return [
      'span',
      { class: 'note-mention', 'data-node': 'everyone', 'data-who': who, 'data-label': label },
      `@${label ?? who}`,
    ]
  },
  renderText: ({ node }) => `@${(node.attrs as { who: string }).who}`,
})

export const chatExtensions = (picker: PickerStore, words: Words) => [
  ...noteExtensions(picker, words, suggestPeople),
  named('teamMention', 'note-mention', '@'),
  everyone,
  Extension.create({
    name: 'emoji',
    addProseMirrorPlugins() {
      return [suggestEmoji(this.editor, picker)]
    },
  }),
]
