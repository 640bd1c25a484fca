/** What the nodes of a note are called, for the eye of who edits it; the server drops it again. */
import type { Note, NoteDocument, NoteNode } from '@rapport/contracts'

type Named = Pick<Note, 'people' | 'records'>

export function withLabels(body: NoteDocument, { people, records }: Named): NoteDocument {
  const labels = new Map([
    ...people.map(({ id, name }) => [id, name] as const),
    ...records.map(({ id, title }) => [id, title] as const),
  ])
  const label = (node: NoteNode): NoteNode => ({
    ...node,
    ...(node.type === 'mention' || node.type === 'recordLink'
      ? { attrs: { ...node.attrs, label: labels.get(String(node.attrs?.['id'])) ?? null } }
      : {}),
    ...(node.content ? { content: node.content.map(label) } : {}),
  })
  return { type: 'doc', content: body.content.map(label) }
}
