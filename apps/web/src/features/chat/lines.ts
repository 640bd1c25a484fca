/** A conversation as it is read: days, the line above what is new, and messages that belong together under one name. */
type Said = { id: string; seq: number; author: { id: string | null }; created_at: string; deleted_at: string | null }

export type Line<Message> =
  | { kind: 'day'; key: string; day: string }
  | { kind: 'new'; key: string }
  | { kind: 'message'; key: string; message: Message; follows: boolean }

type Given<Message> = {
  messages: readonly Message[]
  /** The last place that was read when the conversation was opened; null where nothing is marked as new. */
  read_seq: number | null
  /** Whose own messages are never news. */
  me: string
  /** The day of an instant where the reader is. */
  dayOf: (iso: string) => string
}

/** Longer than that after the last words, and somebody begins anew. */
const together_ms = 5 * 60_000

export function linesOf<Message extends Said>({
  messages,
  read_seq,
  me,
  dayOf,
}: Given<Message>): Line<Message>[] {
  const lines: Line<Message>[] = []
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
    lines.push({ kind: 'message', key: message.id, message, follows })
    before = message
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
