/** Several clients that write leads without a break, and repeat each write until it is acknowledged. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { untilAnswered, type Account } from './account.ts'

export type Writers = {
  /** The leads that were acknowledged: id → name. */
  acknowledged: Map<string, string>
  /** Lets them finish what they have begun. */
  pause: () => Promise<void>
  resume: () => void
}

const between_ms = 15

export function startWriters(
  { rapport }: Account,
  count: number,
  onFailure: (error: Error) => void,
): Writers {
  const acknowledged = new Map<string, string>()
  let isWriting = false
  let working: Promise<void>[] = []

  async function writeOne(full_name: string): Promise<void> {
    const idempotencyKey = randomUUID()
    const lead = await untilAnswered(() =>
      rapport.leads.create({ body: { full_name }, idempotencyKey, signal: AbortSignal.timeout(10_000) }),
    )
    acknowledged.set(lead.id, full_name)
  }
  async function write(): Promise<void> {
    while (isWriting) {
      await writeOne(`Lead ${randomUUID()}`)
      await sleep(Math.random() * between_ms * 2)
    }
  }
  return {
    acknowledged,
    resume() {
      isWriting = true
      working = Array.from({ length: count }, () =>
        write().catch((error: unknown) =>
          onFailure(error instanceof Error ? error : new Error(String(error))),
        ),
      )
    },
    async pause() {
      isWriting = false
      await Promise.all(working)
    },
  }
}
