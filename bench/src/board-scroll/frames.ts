/** The frames that a page draws while something happens to it. */
import type { Page } from 'playwright-core'

export type Frames = { deltas_ms: number[]; long_tasks: number }

type Watch = { stop: () => Frames }
declare global {
  interface Window {
    frameWatch?: Watch
  }
}

export async function watchFrames(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(start)
  await work()
  return page.evaluate((): Frames => window.frameWatch?.stop() ?? { deltas_ms: [], long_tasks: 0 })
}

function start(): void {
  const deltas_ms: number[] = []
  let [last, running, long_tasks] = [performance.now(), true, 0]
  const observer = new PerformanceObserver((list) => (long_tasks += list.getEntries().length))
  observer.observe({ type: 'longtask' })
  const tick = (now: number) => {
    if (!running) return
    deltas_ms.push(now - last)
    last = now
    requestAnimationFrame(tick)
  }
  requestAnimationFrame((now) => {
    last = now
    requestAnimationFrame(tick)
  })
  window.frameWatch = {
    stop() {
      running = false
      observer.disconnect()
      return { deltas_ms, long_tasks }
    },
  }
}

export function summarize(runs: readonly { frames: Frames }[]) {
  const deltas = runs.flatMap(({ frames }) => frames.deltas_ms).toSorted((one, other) => one - other)
  const total_ms = deltas.reduce((sum, delta) => sum + delta, 0)
  return {
    fps: (deltas.length / total_ms) * 1000,
    p95_ms: deltas[Math.ceil(deltas.length * 0.95) - 1] ?? 0,
    worst_ms: deltas.at(-1) ?? 0,
    long_tasks: runs.reduce((sum, { frames }) => sum + frames.long_tasks, 0),
  }
}
