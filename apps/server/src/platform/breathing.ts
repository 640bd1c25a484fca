/** Lets others have the process's attention in the middle of long work. */
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Others wait no longer than this for what is done in between. */
const longest_ms = 4

/** What it answers is awaited before each piece of the work: most often it costs nothing. */
export function createBreath(): () => Promise<void> | undefined {
  let began = performance.now()
  const pause = async () => {
    await nextTurn()
    began = performance.now()
  }
  return () => (performance.now() - began < longest_ms ? undefined : pause())
}
