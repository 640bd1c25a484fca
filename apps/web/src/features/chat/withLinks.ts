/** Addresses in a message lead there, also the one that was typed last, before the editor could tell that it was over. */
import type { NoteDocument, NoteNode } from '@rapport/contracts'

const address = /https?:\/\/[^\s<>"']+/g
/** What ends a sentence is no part of the address in it. */
const ending = /[.,;:!?)\]}»”’]+$/

export const withLinks = ({ content }: NoteDocument): NoteDocument => ({
  type: 'doc',
  content: content.flatMap(linked),
})

function linked(node: NoteNode): NoteNode[] {
  if (node.type === 'codeBlock') return [node]
  if (node.type === 'text') return linkedText(node)
  return [node.content ? { ...node, content: node.content.flatMap(linked) } : node]
}

function linkedText(node: NoteNode): NoteNode[] {
  const { text = '', marks = [] } = node
  if (marks.some(({ type }) => type === 'link' || type === 'code')) return [node]
  const parts: NoteNode[] = []
  let from = 0
  const add = (to: number) => {
    if (to > from) parts.push({ ...node, text: text.slice(from, to) })
    from = to
  }
  for (const match of text.matchAll(address)) {
    const href = balanced(match[0])
    if (!URL.canParse(href)) continue
    add(match.index)
    from = match.index + href.length
    parts.push({ type: 'text', text: href, marks: [...marks, { type: 'link', attrs: { href } }] })
  }
  add(text.length)
  return parts
}

/** A bracket that was opened within the address is closed by it. */
function balanced(found: string): string {
  const cut = found.replace(ending, '')
  return found[cut.length] === ')' && cut.includes('(') && !cut.includes(')') ? `${cut})` : cut
}
