/** What others say in the conversation that is on screen is said to screen readers as it comes. */
import type { ChatMessage } from '@rapport/contracts'
import { useEffect, useState } from 'react'
import type { Place } from './messages.ts'

type Listener = (message: ChatMessage) => void
const listeners = new Set<Listener>()

export function announceNews(message: ChatMessage): void {
  for (const listener of listeners) listener(message)
}

/** The last one of the place. */
export function useNews({ channel_id, thread }: Place): ChatMessage | null {
  const [last, setLast] = useState<ChatMessage | null>(null)
  useEffect(() => {
    const hear: Listener = (message) => {
      if (message.channel_id === channel_id && message.reply_to === thread) setLast(message)
    }
    listeners.add(hear)
    return () => {
      listeners.delete(hear)
    }
  }, [channel_id, thread])
  return last
}
