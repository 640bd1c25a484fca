/**
 * One member's screen: it loads the channel once, then follows the events across every lost connection, as the web app
 * does. What it has at the end must be what the database has.
 */
import type { ChatMessage, ChatMessageEvent } from '@rapport/contracts'
import { connectRealtime } from '@rapport/sdk'
import type { Mover } from '../board-storm/crew.ts'
import { untilAnswered } from '../chaos/account.ts'

export type History = {
  /** By id, as this screen knows them. */
  messages: ReadonlyMap<string, ChatMessage>
  seen: () => { events: number; repeated: number; disordered: number; refetches: number; connections: number }
  /** The last event that it was told of. */
  position: () => number
  isLive: () => boolean
  drop: () => void
  close: () => void
}

export async function openHistory(
  url: string,
  organization_id: string,
  channel_id: string,
  { rapport, token }: Mover,
): Promise<History> {
  const messages = new Map<string, ChatMessage>()
  const ids = new Set<string>()
  const seen = { events: 0, repeated: 0, disordered: 0, refetches: 0, connections: 0 }
  let last = 0
  let live = false

  const put = (message: ChatMessage | null | undefined) => {
    if (!message || message.channel_id !== channel_id) return
    const known = messages.get(message.id)
    if (!known || known.version <= message.version) messages.set(message.id, message)
  }

  async function load(): Promise<void> {
    for (let after = 0; ;) {
      const query = { after, limit: 200 }
      const page = await untilAnswered(() => rapport.chat.messages({ params: { id: channel_id }, query }))
      for (const message of page.items) put(message)
      after = page.items.at(-1)?.seq ?? after
      if (!page.has_newer) return
    }
  }

  const connect = () =>
    connectRealtime({
      url,
      organization_id,
      token: () => token,
      since: last,
      onEvent({ id, seq, data, type }) {
        if (seq <= last) seen.disordered += 1
        if (ids.has(id)) seen.repeated += 1
        ids.add(id)
        last = Math.max(last, seq)
        seen.events += 1
        if (!type.startsWith('chat.message_')) return
        const { message, root } = data as Partial<ChatMessageEvent>
        put(message)
        put(root)
      },
      onReady(seq) {
        last = Math.max(last, seq)
        seen.connections += 1
      },
      onRefetch() {
        seen.refetches += 1
        void load()
      },
      onState: (state) => (live = state === 'live'),
    })
  let client = connect()
  await load()

  return {
    messages,
    seen: () => seen,
    position: () => last,
    isLive: () => live,
    drop() {
      client.close()
      live = false
      client = connect()
    },
    close: () => client.close(),
  }
}
