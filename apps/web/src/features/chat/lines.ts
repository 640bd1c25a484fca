/** A conversation as it is read: days, the line above what is new, and messages that belong together under one name. */
type Said = {
  seq: number
  client_id: string
  author: { id: string | null }
  created_at: string
  deleted_at: string | null
}
type Unsent = { client_id: string; written_at: string }

export type Line<Message, Waiting> =
  | { kind: 'day'; key: string; day: string }
  | { kind: 'new'; key: string }
  | { kind: 'message'; key: string; message: Message; follows: boolean }
  | { kind: 'unsent'; key: string; unsent: Waiting; follows: boolean }

type Given<Message, Waiting> = {
  messages: readonly Message[]
  /** What is on its way; it stands below all else, and is the same line when it has arrived. */
  unsent: readonly Waiting[]
  /** The last place that was read when the conversation was opened; null where nothing is marked as new. */
  read_seq: number | null
  /** Whose own messages are never news. */
  me: string
  /** The day of an instant where the reader is. */
  dayOf: (iso: string) => string
}

/** Longer than that after the last words, and somebody begins anew. */
const together_ms = 5 * 60_000

const keyOf = (author: string | null, client_id: string) => `${author} ${client_id}`

export function linesOf<Message extends Said, Waiting extends Unsent>({
  messages,
  unsent,
  read_seq,
  me,
  dayOf,
}: Given<Message, Waiting>): Line<Message, Waiting>[] {
  const lines: Line<Message, Waiting>[] = []
  let before: Message | null = null
  let day = ''
  let marked = read_seq === null
  for (const message of messages) {
    const here = dayOf(message.created_at)
    let follows = before !== null && belongTogether(before, message)
    if (here !== day) {
      lines.push({ kind: 'day', key: here, day: here })
      day = here
      follows = false
    }
    if (!marked && message.seq > (read_seq ?? 0) && message.author.id !== me) {
      lines.push({ kind: 'new', key: 'new' })
      marked = true
      follows = false
    }
    lines.push({ kind: 'message', key: keyOf(message.author.id, message.client_id), message, follows })
    before = message
  }
  const arrived = new Set(messages.map(({ author, client_id }) => keyOf(author.id, client_id)))
  for (const one of unsent) {
    const key = keyOf(me, one.client_id)
    if (arrived.has(key)) continue
    const follows = lines.at(-1)?.kind === 'unsent' || before?.author.id === me
    lines.push({ kind: 'unsent', key, unsent: one, follows })
  }
  return lines
}

function belongTogether(before: Said, message: Said): boolean {
  return (
    before.author.id !== null &&
    before.author.id === message.author.id &&
    before.deleted_at === null &&
    message.deleted_at === null &&
    Date.parse(message.created_at) - Date.parse(before.created_at) < together_ms
  )
}
