/**
 * Remembers which texts were seen, in 8 bytes each: sets of hashes with open addressing. Two different texts
 * of a million share a 64-bit hash about once in forty million files.
 */
import { randomInt } from 'node:crypto'

const parts = 16
/** Other ones in every process, so that no file can be made whose texts all meet in one place. */
const seeds = { high: randomInt(2 ** 32), low: randomInt(2 ** 32) }

/** The hash of the text that was looked at last, in two halves: an object for each would be garbage by the million. */
let high = 0
let low = 0

/** The two halves take in every sign by other factors, and each takes in the other. */
function hash(text: string): void {
  let one = seeds.high
  let two = seeds.low
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at)
    one = Math.imul(one ^ sign, 0x9e3779b1)
    two = Math.imul(two ^ sign ^ (one >>> 15), 0x85ebca77)
    one ^= two >>> 13
  }
  one = Math.imul(one ^ text.length ^ (two >>> 16), 0x7feb352d)
  two = Math.imul(two ^ (one >>> 15), 0x846ca68b)
  one = Math.imul(one ^ (two >>> 16), 0x5bd1e995)
  high = (one ^ (one >>> 15)) >>> 0
  low = (two ^ (two >>> 14)) >>> 0
  // Two zeros mark a free slot.
  if (high === 0 && low === 0) low = 1
}

/** In many small parts, each of which grows for itself: one that holds a million would stop the process to grow. */
export class KeySet {
  readonly #parts = Array.from({ length: parts }, () => new Part())

  /** Answers whether the text is new. */
  add(text: string): boolean {
    hash(text)
    return (this.#parts[high % parts] as Part).add(high, low)
  }

  has(text: string): boolean {
    hash(text)
    return (this.#parts[high % parts] as Part).has(high, low)
  }
}

class Part {
  /** Both halves of a hash beside each other. */
  #slots = new Uint32Array(2 * 16)
  #size = 0

  add(one: number, two: number): boolean {
    const at = this.#find(one, two)
    if (!this.#isFree(at)) return false
    this.#slots[at] = one
    this.#slots[at + 1] = two
    this.#size += 1
    if (this.#size * 8 > this.#slots.length * 3) this.#grow() // three quarters are taken
    return true
  }

  has(one: number, two: number): boolean {
    return !this.#isFree(this.#find(one, two))
  }

  #isFree(at: number): boolean {
    return this.#slots[at] === 0 && this.#slots[at + 1] === 0
  }

  /** Where the hash is, or the free slot where it belongs. */
  #find(one: number, two: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let at = (two * 2) & mask
    while ((slots[at] !== one || slots[at + 1] !== two) && !this.#isFree(at)) at = (at + 2) & mask
    return at
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Uint32Array(old.length * 2)
    for (let from = 0; from < old.length; from += 2) {
      const [one, two] = [old[from] as number, old[from + 1] as number]
      if (one === 0 && two === 0) continue
      const at = this.#find(one, two)
      this.#slots[at] = one
      this.#slots[at + 1] = two
    }
  }
}
