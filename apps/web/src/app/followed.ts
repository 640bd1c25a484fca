/** Channels of the chat that are on screen, and who writes there just now. */
import type { Following, Realtime, Typing } from '@rapport/sdk'
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'

type Followed = { channel_id: string; following: Following | null }

/** What this window shows, whether or not there is a connection yet. */
const shown = new Set<Followed>()
let connected: Realtime | null = null

/** Longer than one is told again while somebody goes on writing. */
const passing_ms = 5_000

type Writer = Typing & { timer: ReturnType<typeof setTimeout> }
let writers: readonly Writer[] = []
const listeners = new Set<() => void>()

function publish(next: readonly Writer[]): void {
  writers = next
  for (const listener of listeners) listener()
}

/** A connection stands: it is told what is on screen. Null when it is closed. */
export function followThrough(realtime: Realtime | null): void {
  connected = realtime
  for (const one of shown) one.following = realtime?.follow(one.channel_id) ?? null
  if (!realtime) forgetTyping()
}

const isSame = (a: Typing, b: Typing) =>
  a.channel_id === b.channel_id && a.thread_id === b.thread_id && a.user_id === b.user_id

export function reportTyping(typing: Typing): void {
  const timer = setTimeout(() => publish(writers.filter((one) => one !== writer)), passing_ms)
  const writer: Writer = { ...typing, timer }
  drop((one) => isSame(one, typing))
  publish([...writers, writer])
}

function drop(isGone: (writer: Writer) => boolean): void {
  for (const writer of writers.filter(isGone)) clearTimeout(writer.timer)
  publish(writers.filter((writer) => !isGone(writer)))
}

/** What was being written has been said. */
export const noteSaid = (channel_id: string, user_id: string | null): void =>
  drop((writer) => writer.channel_id === channel_id && writer.user_id === user_id)

/** Without a connection nobody knows who writes. */
export const forgetTyping = (): void => drop(() => true)

/** Hears of the channel while it is on screen; answers what tells the others that one is writing. */
export function useFollowed(channel_id: string, thread_id: string | null): () => void {
  const own = useRef<Followed | null>(null)
  useEffect(() => {
    const one: Followed = { channel_id, following: connected?.follow(channel_id) ?? null }
    own.current = one
    shown.add(one)
    return () => {
      shown.delete(one)
      one.following?.leave()
    }
  }, [channel_id])
  return useCallback(() => own.current?.following?.typing(thread_id), [thread_id])
}

/** Who else writes there now, each once. */
export function useWriters(channel_id: string, thread_id: string | null): string[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => writers,
  )
  return all
    .filter((writer) => writer.channel_id === channel_id && writer.thread_id === thread_id)
    .map(({ name }) => name)
}
