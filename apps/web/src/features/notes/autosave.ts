/**
 * Saves what somebody writes a moment after they pause, one save at a time. Until the server has it, it is kept on the
 * device; what is shown of it is never more than what is true.
 */
export type SaveState = 'saved' | 'unsaved' | 'saving' | Hindrance
/** `conflict`: somebody else has changed it; `refused`: it will not be taken as it is. Both wait for a decision. */
export type Hindrance = 'offline' | 'conflict' | 'refused'

type Parts<Content> = {
  save: (content: Content) => Promise<void>
  /** On the device. */
  keep: (content: Content) => void
  forget: () => void
  tell: (state: SaveState, error?: unknown) => void
  judge: (error: unknown) => Hindrance
  pause_ms?: number
  retry_ms?: number
}

export type Autosave<Content> = {
  change: (content: Content) => void
  /** Saves at once what waits; says whether nothing waits any more. */
  flush: () => Promise<boolean>
  /** No more by itself; what waits stays on the device. */
  stop: () => void
  /** What waits is not wanted. */
  discard: () => void
}

export function createAutosave<Content>(parts: Parts<Content>): Autosave<Content> {
  const { save, keep, forget, tell, judge, pause_ms = 1_200, retry_ms = 5_000 } = parts
  let waiting: { content: Content } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<boolean> | null = null
  /** Only a decision helps. */
  let stuck = false

  const schedule = (delay_ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), delay_ms)
  }

  async function send(): Promise<boolean> {
    const sent = waiting
    if (!sent) return true
    tell('saving')
    try {
      await save(sent.content)
    } catch (error) {
      const hindrance = judge(error)
      stuck = hindrance !== 'offline'
      tell(hindrance, error)
      if (!stuck) schedule(retry_ms)
      return false
    }
    stuck = false
    if (waiting !== sent) {
      tell('unsaved')
      schedule(pause_ms)
      return false
    }
    waiting = null
    forget()
    tell('saved')
    return true
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    // What is under way is not what was written since.
    await running
    running = send().finally(() => (running = null))
    return running
  }

  return {
    change(content) {
      waiting = { content }
      keep(content)
      if (stuck) return
      tell('unsaved')
      schedule(pause_ms)
    },
    async flush() {
      if (!waiting) return true
      const done = await flush()
      // Written while it was being saved.
      return done || stuck || !waiting ? done : flush()
    },
    stop: () => clearTimeout(timer),
    discard() {
      clearTimeout(timer)
      waiting = null
      forget()
    },
  }
}
