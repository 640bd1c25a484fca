/**
 * What one has written and the server has not confirmed yet. Of one conversation one message is on its way at a time, so
 * that they arrive in the order in which they were written. Each has an id of its own from the start: sent twice, it is
 * the same message. What a reload finds here may have arrived or not, and is offered to be sent again.
 */
export type Unsent<Body> = {
  client_id: string
  /** The conversation: messages of others do not wait for each other. */
  channel_id: string
  written_at: string
  body: Body
  state: 'sending' | 'waiting' | 'refused' | 'left'
  /** Why it was refused. */
  error?: unknown
}

export type Hindrance = 'later' | 'refused'

type Given<Body> = {
  send: (unsent: Unsent<Body>) => Promise<void>
  judge: (error: unknown) => Hindrance
  keep: (unsent: readonly Unsent<Body>[]) => void
  /** What the last visit left. */
  left: readonly Unsent<Body>[]
  /** Calls back after a pause; the connection may be back earlier. */
  pause?: (attempt: number, retry: () => void) => () => void
}

export type Outbox<Body> = ReturnType<typeof createOutbox<Body>>

const longest_pause_ms = 30_000
const usualPause = (attempt: number, retry: () => void) => {
  const timer = setTimeout(retry, Math.min(longest_pause_ms, 1_000 * 2 ** attempt))
  return () => clearTimeout(timer)
}

export function createOutbox<Body>({ send, judge, keep, left, pause = usualPause }: Given<Body>) {
  let unsent: readonly Unsent<Body>[] = left.map((one) => ({ ...one, state: 'left' }))
  const busy = new Set<string>()
  const listeners = new Set<() => void>()
  let attempt = 0
  let stopPause: (() => void) | null = null

  function publish(next: readonly Unsent<Body>[]): void {
    unsent = next
    keep(unsent)
    for (const listener of listeners) listener()
  }
  const change = (client_id: string, part: Partial<Unsent<Body>>) =>
    publish(unsent.map((one) => (one.client_id === client_id ? { ...one, ...part } : one)))
  const drop = (client_id: string) => {
    if (unsent.some((one) => one.client_id === client_id))
      publish(unsent.filter((one) => one.client_id !== client_id))
  }

  /** The first that may go, unless one of the same conversation is on its way or waits for the connection. */
  async function goOn(channel_id: string): Promise<void> {
    if (busy.has(channel_id)) return
    const next = unsent.find(
      (one) => one.channel_id === channel_id && (one.state === 'sending' || one.state === 'waiting'),
    )
    if (!next) return
    busy.add(channel_id)
    change(next.client_id, { state: 'sending' })
    try {
      await send(next)
      attempt = 0
      drop(next.client_id)
    } catch (error) {
      if (judge(error) === 'later') return waitFor(next.client_id)
      change(next.client_id, { state: 'refused', error })
    } finally {
      busy.delete(channel_id)
    }
    void goOn(channel_id)
  }

  function waitFor(client_id: string): void {
    change(client_id, { state: 'waiting' })
    stopPause?.()
    stopPause = pause(attempt, wake)
    attempt += 1
  }

  /** The connection may be back. */
  function wake(): void {
    stopPause?.()
    stopPause = null
    for (const { channel_id } of unsent) void goOn(channel_id)
  }

  return {
    read: () => unsent,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    add(message: Omit<Unsent<Body>, 'state'>): void {
      publish([...unsent, { ...message, state: 'sending' }])
      void goOn(message.channel_id)
    },
    /** Sends what was refused or left once more, at the end of what waits. */
    again(client_id: string): void {
      const one = unsent.find((each) => each.client_id === client_id)
      if (!one || one.state === 'sending') return
      const { error: _former, ...message } = one
      publish([...unsent.filter((each) => each !== one), { ...message, state: 'sending' }])
      void goOn(one.channel_id)
    },
    /** It has arrived, as its event says, whatever became of the answer. */
    confirm: drop,
    forget: drop,
    wake,
  }
}
