import type { NoteDocument, NoteNode } from '@rapport/contracts'
import { useMemo } from 'react'

type Named = { id: string; name: string }

function* nodesOf(nodes: readonly NoteNode[]): Generator<NoteNode> {
  for (const node of nodes) {
    yield node
    yield* nodesOf(node.content ?? [])
  }
}

/** What a text names, as its writer saw it: the editor has put it beside the ids. */
export function useNamed(document: NoteDocument) {
  return useMemo(() => {
    const people: Named[] = []
    const teams: Named[] = []
    const records: { object: string; id: string; title: string }[] = []
    for (const { type, attrs = {} } of nodesOf(document.content)) {
      const { id, label, object } = attrs as { id?: string; label?: string | null; object?: string }
      if (id === undefined || label === undefined || label === null) continue
      if (type === 'mention') people.push({ id, name: label })
      if (type === 'teamMention') teams.push({ id, name: label })
      if (type === 'recordLink' && object !== undefined) records.push({ object, id, title: label })
    }
    return { people, teams, records }
  }, [document])
}
