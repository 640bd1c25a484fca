/** What can be written: the nodes and marks that the contract knows, and no others. */
import { Node } from '@tiptap/core'
import { TaskItem, TaskList } from '@tiptap/extension-list'
import { Placeholder } from '@tiptap/extensions'
import StarterKit from '@tiptap/starter-kit'
import type { PickerStore } from './pickers.ts'
import { suggestMembers, suggestRecords } from './suggestions.ts'

const isAllowedLink = (href: string) => /^(https?|mailto|tel):/i.test(href) && URL.canParse(href)

/** Named by id; what it is called stands beside it for the eye alone and is not kept. */
export const named = (name: 'mention' | 'recordLink' | 'teamMention', className: string, sign: string) =>
  Node.create({
    name,
    group: 'inline',
    inline: true,
    atom: true,
    selectable: false,
    addAttributes: () => ({
      id: { default: null, parseHTML: (element) => element.getAttribute('data-id') },
      label: { default: null, parseHTML: (element) => element.getAttribute('data-label') },
      ...(name === 'recordLink'
        ? {
            object: {
              default: null,
              parseHTML: (element: HTMLElement) => element.getAttribute('data-object'),
            },
          }
        : {}),
    }),
    parseHTML: () => [{ tag: `span[data-node="${name}"]` }],
    renderHTML: ({ node }) => {
      const { id, label, object } = node.attrs as Record<string, string | null>
      return [
        'span',
        { class: className, 'data-node': name, 'data-id': id, 'data-label': label, 'data-object': object },
        `${sign}${label ?? '…'}`,
      ]
    },
    renderText: ({ node }) => `${sign}${(node.attrs as { label: string | null }).label ?? '…'}`,
  })

export type Words = { placeholder: string; taskLabel: string }

/** @param suggestPeople what `@` asks for, where it is more than members */
export const noteExtensions = (
  picker: PickerStore,
  { placeholder, taskLabel }: Words,
  suggestPeople: typeof suggestMembers = suggestMembers,
) => [
  StarterKit.configure({
    heading: { levels: [1, 2, 3] },
    trailingNode: false,
    link: {
      openOnClick: false,
      defaultProtocol: 'https',
      isAllowedUri: (href) => isAllowedLink(href) || /^[\w.-]+\.[a-z]{2,}/i.test(href),
      shouldAutoLink: (href) => isAllowedLink(href) || !/^[a-z]+:/i.test(href),
      HTMLAttributes: { target: null, rel: 'noopener noreferrer nofollow' },
    },
  }),
  TaskList,
  TaskItem.configure({ nested: true, a11y: { checkboxLabel: () => taskLabel } }),
  Placeholder.configure({ placeholder }),
  named('mention', 'note-mention', '@').extend({
    addProseMirrorPlugins() {
      return [suggestPeople(this.editor, picker)]
    },
  }),
  named('recordLink', 'note-record', '').extend({
    addProseMirrorPlugins() {
      return [suggestRecords(this.editor, picker)]
    },
  }),
]
