/**
 * What a note is made of: a tree of nodes, as the editor keeps it. This is the whole of what may be in one: whatever
 * comes in is read by it, so that nothing that a screen does not know is ever kept, and no screen has to be careful.
 * Members and records are named by their ids alone: what they are called is told to each reader anew.
 */
import { z } from 'zod'
import { Id } from './shared.ts'

const markTypes = ['bold', 'italic', 'underline', 'strike', 'code', 'link'] as const
export type NoteMark = { type: (typeof markTypes)[number]; attrs?: { href: string } }
export type NoteNode = {
  type: string
  attrs?: Record<string, unknown>
  content?: NoteNode[]
  text?: string
  marks?: NoteMark[]
}
export type NoteDocument = { type: 'doc'; content: NoteNode[] }

/** Of the document as JSON, its nodes, and how deep they stand in each other. */
const longest = 200_000
const mostNodes = 5_000
const deepest = 12
const longestLink = 2_000

const blocks = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'taskList',
  'blockquote',
  'codeBlock',
  'horizontalRule',
]
const inline = ['text', 'hardBreak', 'mention', 'recordLink']

export type NodeKind = {
  /** What it may hold. */
  holds: readonly string[]
  /** It holds at least one, of this type where one is named. */
  begins?: true | 'paragraph'
  attrs?: z.ZodType<Record<string, unknown>>
}
export type NodeKinds = Readonly<Record<string, NodeKind>>

const noteKinds: NodeKinds = {
  doc: { holds: blocks, begins: true },
  paragraph: { holds: inline },
  heading: { holds: inline, attrs: z.object({ level: z.int().min(1).max(3) }) },
  bulletList: { holds: ['listItem'], begins: true },
  orderedList: {
    holds: ['listItem'],
    begins: true,
    attrs: z.object({ start: z.int().min(0).max(1_000_000) }),
  },
  taskList: { holds: ['taskItem'], begins: true },
  listItem: { holds: blocks, begins: 'paragraph' },
  taskItem: { holds: blocks, begins: 'paragraph', attrs: z.object({ checked: z.boolean() }) },
  blockquote: { holds: blocks, begins: true },
  codeBlock: { holds: ['text'] },
  horizontalRule: { holds: [] },
  text: { holds: [] },
  hardBreak: { holds: [] },
  mention: { holds: [], attrs: z.object({ id: Id }) },
  recordLink: { holds: [], attrs: z.object({ object: z.string().min(1).max(60), id: Id }) },
}

const Link = z.object({ href: z.url({ protocol: /^(https?|mailto|tel)$/i }).max(longestLink) })

type Path = readonly (string | number)[]
type Fault = { path: Path; message: string }

/** Reads one document from the outside; the first fault ends it. */
class Reader {
  fault: Fault | null = null
  readonly #kinds: NodeKinds
  #nodes = 0

  constructor(kinds: NodeKinds) {
    this.#kinds = kinds
  }

  refuse(path: Path, message: string): null {
    this.fault ??= { path, message }
    return null
  }

  node(given: unknown, path: Path, allowed: readonly string[], depth: number): NoteNode | null {
    this.#nodes += 1
    if (this.#nodes > mostNodes) return this.refuse(path, `must not have more than ${mostNodes} parts`)
    if (depth > deepest) return this.refuse(path, `must not be nested deeper than ${deepest} levels`)
    if (!isObject(given)) return this.refuse(path, 'must be a node')
    const type = String(given['type'])
    const kind = Object.hasOwn(this.#kinds, type) ? this.#kinds[type] : undefined
    if (!kind || !allowed.includes(type))
      return this.refuse([...path, 'type'], 'is no node that may stand here')
    if (type === 'text') return this.#text(given, path)
    const attrs = kind.attrs?.safeParse(given['attrs'])
    if (attrs?.success === false) return this.refuse([...path, 'attrs'], 'are not those of such a node')
    const content = this.#content(given['content'], kind, path, depth)
    if (!content) return null
    return { type, ...(attrs ? { attrs: attrs.data } : {}), ...(content.length > 0 ? { content } : {}) }
  }

  #content(given: unknown, { holds, begins }: NodeKind, path: Path, depth: number): NoteNode[] | null {
    const place = [...path, 'content']
    if (given !== undefined && !Array.isArray(given)) return this.refuse(place, 'must be a list of nodes')
    const content: NoteNode[] = []
    for (const [index, one] of (given ?? []).entries()) {
      const node = this.node(one, [...place, index], holds, depth + 1)
      if (!node) return null
      content.push(node)
    }
    if (begins && content.length === 0) return this.refuse(place, 'must not be empty')
    if (begins === 'paragraph' && content[0]?.type !== 'paragraph')
      return this.refuse(place, 'must begin with a paragraph')
    return content
  }

  #text(given: Record<string, unknown>, path: Path): NoteNode | null {
    const { text, marks = [] } = given
    if (typeof text !== 'string' || text === '') return this.refuse([...path, 'text'], 'must be a text')
    if (!Array.isArray(marks)) return this.refuse([...path, 'marks'], 'must be a list of marks')
    const read: NoteMark[] = []
    for (const [index, mark] of marks.entries()) {
      const known = this.#mark(mark, [...path, 'marks', index])
      if (!known) return null
      if (!read.some(({ type }) => type === known.type)) read.push(known)
    }
    return { type: 'text', text, ...(read.length > 0 ? { marks: read } : {}) }
  }

  #mark(given: unknown, path: Path): NoteMark | null {
    const type = markTypes.find((known) => isObject(given) && given['type'] === known)
    if (!type) return this.refuse(path, 'is no mark of a note')
    if (type !== 'link') return { type }
    const link = Link.safeParse(isObject(given) ? given['attrs'] : undefined)
    if (!link.success)
      return this.refuse([...path, 'attrs', 'href'], 'must be a link to http, https, mailto or tel')
    return { type, attrs: link.data }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A document as it comes from outside; attributes that are not known are left out, all else that is not is refused. */
export const documentOf = (kinds: NodeKinds, most: number) =>
  z
    .object({ type: z.literal('doc'), content: z.array(z.record(z.string(), z.unknown())).min(1) })
    .describe('The tree of nodes that the editor keeps')
    .transform((given, ctx): NoteDocument => {
      const reader = new Reader(kinds)
      if (JSON.stringify(given).length > most)
        reader.refuse([], `must not be longer than ${most} characters as JSON`)
      const read = reader.fault ? null : reader.node(given, [], ['doc'], 0)
      if (read) return { type: 'doc', content: read.content ?? [] }
      const { path, message } = reader.fault ?? { path: [], message: 'is no note' }
      ctx.addIssue({ code: 'custom', path: [...path], message })
      return z.NEVER
    })

export const NoteBody = documentOf(noteKinds, longest)

/** The kinds of a note, and some more that stand within a line. */
export function kindsWith(more: NodeKinds): NodeKinds {
  const lines = [...inline, ...Object.keys(more)]
  const widen = (kind: NodeKind): NodeKind => (kind.holds === inline ? { ...kind, holds: lines } : kind)
  return {
    ...Object.fromEntries(Object.entries(noteKinds).map(([type, kind]) => [type, widen(kind)])),
    ...more,
  }
}

/** The same as it is told. */
export const ToldNoteBody = z.object({
  type: z.literal('doc'),
  content: z.array(z.custom<NoteNode>((node) => isObject(node))),
})

export function* nodesOf(node: { content?: readonly NoteNode[] }): Generator<NoteNode> {
  for (const one of node.content ?? []) {
    yield one
    yield* nodesOf(one)
  }
}

const ends = new Set(['paragraph', 'heading', 'codeBlock', 'hardBreak', 'horizontalRule'])

/** What can be read in it, without what members and records are called. */
export function noteText(document: { content: readonly NoteNode[] }): string {
  const tell = (node: NoteNode): string => {
    const inner = node.text ?? (node.content ?? []).map(tell).join('')
    if (node.type === 'mention' || node.type === 'teamMention') return '@…'
    if (node.type === 'everyone') return `@${String(node.attrs?.['who'])}`
    if (node.type === 'recordLink') return '#…'
    return ends.has(node.type) ? `${inner}\n` : inner
  }
  return document.content.map(tell).join('').trim()
}

export type NoteReferences = { users: string[]; records: { object: string; id: string }[] }

/** Whom and what it names, each once. */
export function noteReferences(document: { content: readonly NoteNode[] }): NoteReferences {
  const users = new Set<string>()
  const records = new Map<string, { object: string; id: string }>()
  for (const { type, attrs } of nodesOf(document)) {
    const id = String(attrs?.['id']).toLowerCase()
    if (type === 'mention') users.add(id)
    if (type === 'recordLink')
      records.set(`${String(attrs?.['object'])} ${id}`, { object: String(attrs?.['object']), id })
  }
  return { users: [...users], records: [...records.values()] }
}

/** What says nothing by itself. */
const silent = new Set([...blocks, 'listItem', 'taskItem', 'hardBreak'])

/** Whether anything is in it beside empty lines. */
export const isEmptyNote = (document: { content: readonly NoteNode[] }): boolean =>
  [...nodesOf(document)].every(({ type }) => silent.has(type))
