/** The messages that are read, heard of and written here, each conversation and each thread a list of its own. */
import type { ChatChannel, ChatMessage, ChatMessagePage } from '@rapport/contracts'
import { queryOptions, type QueryKey } from '@tanstack/react-query'
import { queryClient, readAgain } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { chatKeys } from './keys.ts'
import {
  addNewer,
  addOlder,
  correct,
  emptyShelf,
  forget,
  learn,
  showStretch,
  type Shelf,
  type Stretch,
} from './shelf.ts'

export type Said = ChatMessage & { revision: number }
export type Conversation = Shelf<Said>
export type Place = { channel_id: string; thread: string | null }

/**
 * An event is the same for all who hear it, so it leaves out what records are called; an answer to the reader says it.
 * What one does oneself counts from now on until the server has said what became of it.
 */
const weights = { event: 0, answer: 1, mine: 2 } as const
type Source = keyof typeof weights

const saidOf = (message: ChatMessage, source: Source): Said => ({
  ...message,
  revision: message.version * 3 + weights[source],
})

const page_size = 50
const most_size = 200
const most_rounds = 5

/** What was heard lately: a page that was on its way meanwhile may not hold it yet. */
const heard = new Map<string, Said>()
const most_heard = 500

function remember(said: Said): void {
  if ((heard.get(said.id)?.revision ?? -1) > said.revision) return
  heard.delete(said.id)
  heard.set(said.id, said)
  const oldest = heard.keys().next()
  if (heard.size > most_heard && !oldest.done) heard.delete(oldest.value)
}

const isOf = ({ channel_id, thread }: Place, message: ChatMessage) =>
  message.channel_id === channel_id && message.reply_to === thread

const stretchOf = ({ items, has_older, has_newer }: ChatMessagePage): Stretch<Said> => ({
  messages: items.map((message) => saidOf(message, 'answer')),
  older: has_older,
  newer: has_newer,
})

type Wanted = { before?: number; after?: number; around?: string; limit?: number }

async function read({ channel_id, thread }: Place, wanted: Wanted, signal?: AbortSignal) {
  const query = { limit: page_size, ...wanted, ...(thread === null ? {} : { thread }) }
  return stretchOf(
    await rapport.chat.messages({ params: { id: channel_id }, query, ...(signal ? { signal } : {}) }),
  )
}

/** What is on screen once more, unless that has become too much: then from the newest messages on. */
async function readShown(place: Place, shown: Conversation | undefined, signal: AbortSignal) {
  if (shown && Number.isFinite(shown.from)) {
    const messages: Said[] = []
    let after = Math.max(0, shown.from - 1)
    for (let round = 0; round < most_rounds; round += 1) {
      const part = await read(place, { after, limit: most_size }, signal)
      messages.push(...part.messages)
      after = part.messages.at(-1)?.seq ?? after
      if (!part.newer || after >= shown.to) return { messages, older: shown.from > 0, newer: part.newer }
    }
  }
  return read(place, {}, signal)
}

function withHeard(place: Place, conversation: Conversation): Conversation {
  return learn(
    conversation,
    [...heard.values()].filter((said) => isOf(place, said)),
  )
}

const keyOf = ({ channel_id, thread }: Place) => chatKeys.messages(channel_id, thread)

export const conversationQuery = (place: Place) =>
  queryOptions({
    queryKey: keyOf(place),
    queryFn: async ({ signal }): Promise<Conversation> => {
      const before = queryClient.getQueryData<Conversation>(keyOf(place))
      const stretch = await readShown(place, before, signal)
      return withHeard(place, showStretch(emptyShelf<Said>(), stretch))
    },
    structuralSharing: false,
    // Where real time is on, events keep it in step.
    staleTime: 60_000,
  })

const change = (place: Place, by: (conversation: Conversation) => Conversation) =>
  queryClient.setQueryData<Conversation>(keyOf(place), (known) => known && by(known))

export async function readOlder(place: Place): Promise<void> {
  const known = queryClient.getQueryData<Conversation>(keyOf(place))
  if (!known || known.from === 0) return
  const part = await read(place, { before: known.from })
  change(place, (now) => withHeard(place, addOlder(now, part)))
}

export async function readNewer(place: Place): Promise<void> {
  const known = queryClient.getQueryData<Conversation>(keyOf(place))
  if (!known || !Number.isFinite(known.to)) return
  const part = await read(place, { after: known.to })
  change(place, (now) => withHeard(place, addNewer(now, part)))
}

/** Shows the part of the conversation that a message stands in. */
async function readAround(place: Place, message_id: string): Promise<void> {
  const part = await read(place, { around: message_id })
  await queryClient.cancelQueries({ queryKey: keyOf(place) })
  queryClient.setQueryData<Conversation>(keyOf(place), (known) =>
    withHeard(place, showStretch(known ?? emptyShelf<Said>(), part)),
  )
}

/** Shows what was said last. */
export async function readLatest(place: Place): Promise<void> {
  const part = await read(place, {})
  change(place, (now) => withHeard(place, showStretch(now, part)))
}

/** Wherever the message is shown, it is shown as it is now. */
function everywhere(said: Said, by: (conversation: Conversation) => Conversation): void {
  change({ channel_id: said.channel_id, thread: said.reply_to }, by)
}

/** The pins, found messages and reminders show messages, too. */
function alone(key: QueryKey, said: Said, force: boolean): void {
  queryClient.setQueryData<Said>(key, (known) =>
    known && (force || known.revision < said.revision) ? said : known,
  )
}

const learnOne = (conversation: Conversation, said: Said) => learn(conversation, [said])

export function hear(message: ChatMessage, source: Source = 'answer'): void {
  const said = saidOf(message, source)
  if (source !== 'mine') remember(said)
  everywhere(said, (conversation) => (source === 'mine' ? correct : learnOne)(conversation, said))
  alone(chatKeys.message(said.id), said, source === 'mine')
  if (source === 'event') void nameRecords(message)
}

/** Refused: as the server has it, whatever was shown in advance. */
export async function hearAnew(id: string): Promise<void> {
  const said = saidOf(await rapport.chat.message({ params: { id } }), 'answer')
  everywhere(said, (conversation) => correct(conversation, said))
  alone(chatKeys.message(id), said, true)
}

export function hearGone({ id, ...place }: Place & { id: string }): void {
  heard.delete(id)
  change(place, (conversation) => forget(conversation, id))
  queryClient.removeQueries({ queryKey: chatKeys.message(id) })
}

/** Of a message that is on screen: what its records are called is told to each reader alone. */
async function nameRecords(message: ChatMessage): Promise<void> {
  const { id, channel_id, reply_to, body } = message
  const shown = queryClient.getQueryState(chatKeys.messages(channel_id, reply_to))
  if (!shown || !JSON.stringify(body).includes('"recordLink"')) return
  try {
    hear(await rapport.chat.message({ params: { id } }))
  } catch {
    // It stays without their names, as for who may not know them; the next time it is read they are there.
  }
}

export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: chatKeys.message(id),
    queryFn: async ({ signal }) => saidOf(await rapport.chat.message({ params: { id }, signal }), 'answer'),
    structuralSharing: false,
  })

/** Reads as far as the message. Of a reply that is looked for in the channel itself, answers whose thread it stands in. */
export async function seek(place: Place, id: string): Promise<string | null> {
  const { reply_to } = await queryClient.fetchQuery(messageQuery(id))
  if (place.thread === null && reply_to !== null) return reply_to
  await readAround(place, id)
  return null
}

function forgetHeard(channel_id: string): void {
  for (const [id, said] of heard) if (said.channel_id === channel_id) heard.delete(id)
}

/** The oldest are gone for good: what is read anew does not hold them. */
export function readExpired(channel_id: string): void {
  forgetHeard(channel_id)
  readAgain(['chat', 'messages', channel_id], chatKeys.pins(channel_id), chatKeys.files(channel_id))
  readAgain(chatKeys.reminders)
}

/** One may not read the channel any more: nothing of it stays. */
export function forgetChannel(channel_id: string): void {
  forgetHeard(channel_id)
  queryClient.setQueryData<ChatChannel[]>(chatKeys.channels, (known) =>
    known?.filter(({ id }) => id !== channel_id),
  )
  void queryClient.resetQueries({ queryKey: ['chat', 'search'] })
  queryClient.removeQueries({ queryKey: ['chat', 'messages', channel_id] })
  queryClient.removeQueries({ queryKey: chatKeys.channel(channel_id) })
  queryClient.removeQueries({ queryKey: chatKeys.pins(channel_id) })
  queryClient.removeQueries({ queryKey: chatKeys.files(channel_id) })
  queryClient.removeQueries({ queryKey: chatKeys.members(channel_id) })
  queryClient.removeQueries({
    predicate: ({ queryKey, state }) =>
      queryKey[0] === 'chat' &&
      queryKey[1] === 'message' &&
      (state.data as Said | undefined)?.channel_id === channel_id,
  })
}
