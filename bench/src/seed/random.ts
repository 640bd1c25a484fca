/** Seeded randomness: the same seed gives the same million leads on every machine. */
export type Random = {
  /** In [0, 1). */
  next: () => number
  /** In [0, bound). */
  below: (bound: number) => number
  pick: <Value>(values: readonly Value[]) => Value
  chance: (probability: number) => boolean
}

/** mulberry32: 32 bits of state are enough for sample data, and it is fast. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number) => Math.floor(next() * bound)
  return {
    next,
    below,
    pick: (values) => values[below(values.length)] as (typeof values)[number],
    chance: (probability) => next() < probability,
  }
}

/** Picks by rank as names are spread in a population: the k-th most frequent weighs 1 / (k + softness). */
export function createZipf<Value>(values: readonly Value[], softness: number): (random: Random) => Value {
  const cumulated: number[] = []
  let sum = 0
  for (const rank of values.keys()) cumulated.push((sum += 1 / (rank + 1 + softness)))
  return (random) => {
    const wanted = random.next() * sum
    let [low, high] = [0, cumulated.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((cumulated[middle] as number) < wanted) low = middle + 1
      else high = middle
    }
    return values[low] as Value
  }
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** A UUIDv7 of that moment. `order` (12 bits) keeps ids of one millisecond in order. */
export function uuidAt(time_ms: number, order: number, random: Random): string {
  const time = time_ms.toString(16).padStart(12, '0')
  const variant = 0x80 | random.below(64)
  const tail = Array.from({ length: 7 }, () => hex[random.below(256)])
  return (
    `${time.slice(0, 8)}-${time.slice(8)}-7${(order & 0xfff).toString(16).padStart(3, '0')}` +
    `-${hex[variant]}${tail[0]}-${tail.slice(1).join('')}`
  )
}

export function shuffle(values: Uint8Array, random: Random): void {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1)
    const held = values[last] as number
    values[last] = values[other] as number
    values[other] = held
  }
}
