/** `@` asks for members, `#` for records; arrows move, Enter or Tab chooses, Esc goes on writing. */
import type { Editor } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import { Suggestion, type SuggestionOptions } from '@tiptap/suggestion'
import { queryClient } from '../../../app/queryClient.ts'
import { rapport } from '../../../app/rapport.ts'
import { plain } from '../../../ui/plain.ts'
import { membersQuery } from '../../members/api.ts'
import type { Choice, Picker, PickerStore } from './pickers.ts'

const most = 8

export const suggestMembers = (editor: Editor, picker: PickerStore) =>
  suggest(editor, picker, { kind: 'people', char: '@', node: 'mention', find: findMembers })

export const suggestRecords = (editor: Editor, picker: PickerStore) =>
  suggest(editor, picker, { kind: 'records', char: '#', node: 'recordLink', least: 1, find: findRecords })

export async function findMembers(query: string): Promise<Choice[]> {
  const members = await queryClient.ensureQueryData(membersQuery)
  return members
    .filter(({ full_name, email }) => plain(`${full_name} ${email}`).includes(plain(query)))
    .slice(0, most)
    .map(({ user_id, full_name, email }) => ({ id: user_id, label: full_name, detail: email }))
}

async function findRecords(query: string): Promise<Choice[]> {
  if (query.trim() === '') return []
  const { items } = await rapport.search.search({ query: { q: query, limit: most } })
  return items.map(({ id, object, title, subtitle }) => ({
    id,
    object,
    label: title,
    ...(subtitle === null ? {} : { detail: subtitle }),
  }))
}

type Asked = {
  kind: Picker['kind']
  char: string
  /** What a choice is put in as that does not say so itself. */
  node: string
  /** Nothing is offered for less. */
  least?: number
  find: (query: string) => Promise<Choice[]>
}

export function suggest(editor: Editor, store: PickerStore, { kind, char, node, least = 0, find }: Asked) {
  const options: SuggestionOptions<Choice, Choice> = {
    editor,
    char,
    pluginKey: new PluginKey(`notes ${kind}`),
    // A failed search offers nothing; what is typed stays as it is.
    items: ({ query }) => (query.length < least ? [] : find(query).catch(() => [])),
    command: ({ editor: at, range, props }) => {
      at.chain()
        .focus()
        .insertContentAt(range, [nodeOf(props, node), { type: 'text', text: ' ' }])
        .run()
    },
    render: () => {
      const show = (props: ShownProps) => {
        const { items, command, clientRect, query } = props
        if (query.length < least) return store.write(null)
        const before = store.read()
        const active = Math.min(before?.kind === kind ? before.active : 0, Math.max(0, items.length - 1))
        store.write({ kind, choices: items, active, place: clientRect?.() ?? null, choose: command })
      }
      return {
        onStart: show,
        onUpdate: show,
        onKeyDown: ({ event }) => press(store, event),
        onExit: () => store.write(null),
      }
    },
  }
  return Suggestion(options)
}

function nodeOf({ id, label, object, node }: Choice, usual: string) {
  if (node && 'text' in node) return { type: 'text', text: node.text }
  if (node) return { ...node, attrs: { ...node.attrs, label } }
  return { type: usual, attrs: { id, label, ...(object === undefined ? {} : { object }) } }
}

type ShownProps = {
  items: Choice[]
  query: string
  command: (choice: Choice) => void
  clientRect?: (() => DOMRect | null) | null
}

/** Whether the key was for the picker. */
function press(store: PickerStore, event: KeyboardEvent): boolean {
  const picker = store.read()
  if (!picker || event.ctrlKey || event.metaKey) return false
  const { choices, active, choose } = picker
  if (event.key === 'Escape') {
    event.stopPropagation()
    store.write(null)
    return true
  }
  if (choices.length === 0) return false
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step !== undefined) {
    store.write({ ...picker, active: (active + step + choices.length) % choices.length })
    return true
  }
  const chosen = choices[active]
  if ((event.key !== 'Enter' && event.key !== 'Tab') || !chosen) return false
  choose(chosen)
  return true
}
