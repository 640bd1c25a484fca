import { useEffect, useEffectEvent, useState } from 'react'

/** How much was done at a moment, in milliseconds. */
type Look = { at: number; done: number }

/** What was longer ago says little about how fast it goes now. */
const remembered_ms = 30_000
/** Sooner, a first burst or a first wait would be taken for the whole. */
const least_ms = 4_000
const lookEvery_ms = 1_000

/** The looks of the last half minute; none of before what was done fell back, as when something else is counted. */
export function withLook(looks: readonly Look[], look: Look): readonly Look[] {
  const last = looks.at(-1)
  if (last && look.done < last.done) return [look]
  return [...looks.filter(({ at }) => look.at - at <= remembered_ms), look]
}

/** At the speed of these looks; null while they tell none. */
export function secondsLeft(looks: readonly Look[], total: number): number | null {
  const [first, last] = [looks[0], looks.at(-1)]
  if (!first || !last) return null
  const [took_ms, did] = [last.at - first.at, last.done - first.done]
  return took_ms < least_ms || did === 0 ? null : ((total - last.done) * took_ms) / did / 1000
}

/** As exact as a guess is: in steps of ten seconds, then of a minute, then of an hour. */
export function roundedSeconds(seconds: number): number {
  const step = seconds <= 50 ? 10 : seconds < 3_570 ? 60 : 3_600
  const steps = seconds / step
  return Math.max(1, step === 10 ? Math.ceil(steps) : Math.round(steps)) * step
}

/** Seconds that work which moves will still take, rounded; null when it rests, or while its speed is not known yet. */
export function useTimeLeft(done: number, total: number, moves: boolean): number | null {
  const [looks, setLooks] = useState<readonly Look[]>([])
  const look = useEffectEvent(() => setLooks((known) => withLook(known, { at: performance.now(), done })))
  useEffect(() => {
    if (!moves) return
    const timer = setInterval(look, lookEvery_ms)
    return () => {
      clearInterval(timer)
      // What was seen before a rest says nothing about how fast it goes after it.
      setLooks([])
    }
  }, [moves])
  const seconds = moves ? secondsLeft(looks, total) : null
  return seconds === null ? null : roundedSeconds(seconds)
}
