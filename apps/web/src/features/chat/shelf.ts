/**
 * The messages of one list as far as they are known here. They come from three sides, in any order: pages that are read,
 * events that are heard, and answers to what one does oneself. Of one message the highest revision counts, whoever told
 * it; what is shown is all that is known between the two ends up to which the list was read without a gap.
 */
export type Told = {
  id: string
  /** Its place in the channel: the same for everyone. */
  seq: number
  /** Grows with whatever changes of it. */
  revision: number
}

export type Shelf<Message extends Told> = {
  known: ReadonlyMap<string, Message>
  /** The first place that was read; 0 where the list begins. */
  from: number
  /** The last one; infinite where all that comes later is heard. */
  to: number
}

/** Part of a list as the server has it, without a gap. */
export type Stretch<Message> = {
  messages: readonly Message[]
  /** Whether there are more before and after it. */
  older: boolean
  newer: boolean
}

export const emptyShelf = <Message extends Told>(): Shelf<Message> => ({
  known: new Map(),
  from: Number.POSITIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
})

/** Takes in what is told of messages. It may be told twice, late, or before the message itself. */
export function learn<Message extends Told>(
  shelf: Shelf<Message>,
  messages: readonly Message[],
): Shelf<Message> {
  const news = messages.filter(({ id, revision }) => (shelf.known.get(id)?.revision ?? -1) < revision)
  if (news.length === 0) return shelf
  const known = new Map(shelf.known)
  for (const message of news)
    if ((known.get(message.id)?.revision ?? -1) < message.revision) known.set(message.id, message)
  return { ...shelf, known }
}

const endsOf = ({ messages, older, newer }: Stretch<Told>) => {
  const places = messages.map(({ seq }) => seq)
  return {
    from: older ? Math.min(...places) : 0,
    to: newer ? Math.max(...places) : Number.POSITIVE_INFINITY,
  }
}

/** The list is shown from this stretch on: it was read anew, or another part of it is looked at. */
export function showStretch<Message extends Told>(
  shelf: Shelf<Message>,
  stretch: Stretch<Message>,
): Shelf<Message> {
  return { ...learn(shelf, stretch.messages), ...endsOf(stretch) }
}

/** What stands right before the first message that is shown. */
export function addOlder<Message extends Told>(
  shelf: Shelf<Message>,
  { messages, older }: Pick<Stretch<Message>, 'messages' | 'older'>,
): Shelf<Message> {
  const { from } = endsOf({ messages, older, newer: false })
  return { ...learn(shelf, messages), from: Math.min(shelf.from, from) }
}

/** What stands right after the last one. */
export function addNewer<Message extends Told>(
  shelf: Shelf<Message>,
  { messages, newer }: Pick<Stretch<Message>, 'messages' | 'newer'>,
): Shelf<Message> {
  const { to } = endsOf({ messages, older: false, newer })
  return { ...learn(shelf, messages), to: Math.max(shelf.to, to) }
}

/** What one did oneself in advance was refused: it is as the server says, whatever it was taken for here. */
export function correct<Message extends Told>(shelf: Shelf<Message>, message: Message): Shelf<Message> {
  return { ...shelf, known: new Map(shelf.known).set(message.id, message) }
}

/** It is gone for good, with its place. */
export function forget<Message extends Told>(shelf: Shelf<Message>, id: string): Shelf<Message> {
  const known = new Map(shelf.known)
  return known.delete(id) ? { ...shelf, known } : shelf
}

/** What is shown, in the order of everyone. */
export function shownOf<Message extends Told>({ known, from, to }: Shelf<Message>): Message[] {
  return [...known.values()].filter(({ seq }) => seq >= from && seq <= to).sort((a, b) => a.seq - b.seq)
}
