/** What a message of the chat is made of: as a note, and it may also name a team or everyone in the channel. */
import { z } from 'zod'
import { documentOf, kindsWith, nodesOf, noteText, type NoteDocument } from './note-document.ts'
import { Id } from './shared.ts'

/** Of what can be read in one message, in characters. */
export const longestMessage = 10_000
const longestAsJson = 100_000

const chatKinds = kindsWith({
  teamMention: { holds: [], attrs: z.object({ id: Id }) },
  everyone: { holds: [], attrs: z.object({ who: z.enum(['here', 'channel']) }) },
})

const Document = documentOf(chatKinds, longestAsJson).refine(
  (document) => noteText(document).length <= longestMessage,
  { message: `must not have more than ${longestMessage} characters` },
)

/** A message as it comes from outside: the tree of nodes, or plain text, of which each line becomes a paragraph. */
export const ChatBody = z.union([
  z
    .string()
    .max(longestMessage)
    .refine((text) => !text.includes('\0'), { message: 'must not contain NUL' })
    .transform(documentOfText),
  Document,
])

export function documentOfText(text: string): NoteDocument {
  const lines = text.trim().split('\n')
  return {
    type: 'doc',
    content: lines.map((line) =>
      line === '' ? { type: 'paragraph' } : { type: 'paragraph', content: [{ type: 'text', text: line }] },
    ),
  }
}

export type Everyone = 'here' | 'channel'

/** The teams that a message names, and whether it calls everyone: who is here now, or all of the channel. */
export function calledBy(document: { content: NoteDocument['content'] }): {
  teams: string[]
  everyone: Everyone | null
} {
  const nodes = [...nodesOf(document)]
  const called = nodes.filter(({ type }) => type === 'everyone').map(({ attrs }) => attrs?.['who'])
  const teams = nodes.filter(({ type }) => type === 'teamMention').map(({ attrs }) => String(attrs?.['id']))
  const everyone = called.includes('channel') ? 'channel' : called.includes('here') ? 'here' : null
  return { teams: [...new Set(teams)], everyone }
}
