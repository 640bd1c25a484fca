/**
 * Remembers which texts were seen, in 8 bytes each: a set of hashes with open addressing. Two different texts
 * of a million share a 64-bit hash about once in forty million files.
 */
import { hash } from 'node:crypto'

/** 0 marks a free slot. */
const keyOf = (text: string): bigint => hash('sha1', text, 'buffer').readBigUInt64LE() || 1n

export class KeySet {
  #slots = new BigUint64Array(1024)
  #size = 0

  /** Answers whether the text is new. */
  add(text: string): boolean {
    if (this.#size * 2 >= this.#slots.length) this.#grow()
    const added = this.#place(keyOf(text))
    if (added) this.#size += 1
    return added
  }

  has(text: string): boolean {
    const key = keyOf(text)
    const mask = this.#slots.length - 1
    let at = Number(key & BigInt(mask))
    while (this.#slots[at] !== 0n) {
      if (this.#slots[at] === key) return true
      at = (at + 1) & mask
    }
    return false
  }

  #place(key: bigint): boolean {
    const mask = this.#slots.length - 1
    let at = Number(key & BigInt(mask))
    while (this.#slots[at] !== 0n) {
      if (this.#slots[at] === key) return false
      at = (at + 1) & mask
    }
    this.#slots[at] = key
    return true
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new BigUint64Array(old.length * 2)
    for (const key of old) if (key !== 0n) this.#place(key)
  }
}
