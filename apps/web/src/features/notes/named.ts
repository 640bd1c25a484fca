/** What the nodes of a note are called, for the eye of who edits it; the server drops it again. */
import type { Note, NoteDocument, NoteNode } from '@rapport/contracts'

type Named = Pick<Note, 'people' | 'records'> & { teams?: readonly { id: string; name: string }[] }

const labelled = new Set(['mention', 'recordLink', 'teamMention'])

export function withLabels(body: NoteDocument, { people, records, teams = [] }: Named): NoteDocument {
  const labels = new Map([
    ...[...people, ...teams].map(({ id, name }) => [id, name] as const),
    ...records.map(({ id, title }) => [id, title] as const),
  ])
  const label = (node: NoteNode): NoteNode => ({
    ...node,
    ...(labelled.has(node.type)
      ? { attrs: { ...node.attrs, label: labels.get(String(node.attrs?.['id'])) ?? null } }
      : {}),
    ...(node.content ? { content: node.content.map(label) } : {}),
  })
  return { type: 'doc', content: body.content.map(label) }
}
