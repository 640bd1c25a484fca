/** Speaks with the thread of the finder, one order after the other, so that records wait where they are read. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FoundPair, FromFinder, NamedDecision, ToFinder } from './thread.ts'

/** A million records of twenty fields need about so much. */
const most_mb = 1_500

export class Finder {
  readonly #worker = new Worker(new URL('./thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: most_mb },
  })

  async tell(order: Exclude<ToFinder, { find: true }>): Promise<void> {
    await this.#ask(order)
  }

  async find(decisions: readonly NamedDecision[]): Promise<FoundPair[]> {
    const answer = await this.#ask({ find: true, decisions })
    return 'pairs' in answer ? answer.pairs : []
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  async #ask(order: ToFinder): Promise<FromFinder> {
    // An error of the thread rejects what is waited for.
    const answered = once(this.#worker, 'message')
    this.#worker.postMessage(order)
    const [answer] = (await answered) as [FromFinder]
    return answer
  }
}
