/**
 * Which pairs are worth a comparison. Each pass puts records with the same key together: a whole value, or how two
 * columns begin or sound. A key that too many records share says nothing and is passed over, so the number of
 * candidates grows with the records, not with their square.
 */
import type { Kind } from './columns.ts'
import { soundOf } from './similarity.ts'
import { membersOf, type ColumnValues, type Table } from './table.ts'

/** Hashes of keys, one for each record and pass; 0 for none. */
type Pass = { keys: Uint32Array; pairs: number }

export type Blocks = { passes: readonly Pass[]; size: number }

const mostTogether = 60
/** For each record, over all passes. */
const candidatesEach = 45
const mostPasses = 64
/** Beyond this many records only the passes that cost least are made. */
const many = 100_000
const passesOfMany = 12

function hash(text: string): number {
  let code = 0x811c9dc5
  for (let i = 0; i < text.length; i++) code = Math.imul(code ^ text.charCodeAt(i), 0x01000193)
  code ^= code >>> 15
  code = Math.imul(code, 0x2c1b3c6d)
  return (code ^ (code >>> 12)) >>> 0 || 1
}

const sorted = (text: string) => text.split(' ').toSorted().join('')
const sortedLetters = (text: string) => text.split('').toSorted().join('')

/** A key that survives slips, of which two together are telling. */
const coarse: Record<Kind, (text: string, column: ColumnValues) => string> = {
  words: (text, column) => soundOf(rarestWord(text, column)),
  person: (text) => soundOf(text.split(' ').at(-1) ?? ''),
  code: (text) => text.slice(0, 4),
  email: (text) => text.slice(0, 4),
  phone: (text) => text.slice(-4),
  web: (text) => text.slice(0, 5),
  date: (text) => text.slice(0, 4),
  number: (text) => text,
  choice: (text) => text,
}

function rarestWord(text: string, column: ColumnValues): string {
  if (!text.includes(' ')) return text
  const count = (word: string) => (column.words.get(word) ?? 0) + (word.length < 4 ? 1e6 : 0)
  return text.split(' ').reduce((rarest, word) => (count(word) < count(rarest) ? word : rarest))
}

const whole = (text: string, kind: Kind): string =>
  kind === 'words' || kind === 'person' ? sorted(text) : kind === 'phone' ? text.slice(-8) : text

/** Each value of a column as a hashed key, by its number. */
function keysOfValues(column: ColumnValues, keyOf: (text: string) => string): Uint32Array {
  const keys = new Uint32Array(column.texts.length)
  for (const [number, text] of column.texts.entries()) {
    const key = number === 0 ? '' : keyOf(text)
    keys[number] = key === '' ? 0 : hash(key)
  }
  return keys
}

function passOf(table: Table, keyAt: (record: number) => number): Pass {
  const keys = new Uint32Array(table.size)
  const counts = new Map<number, number>()
  for (let record = 0; record < table.size; record++) {
    const key = keyAt(record)
    keys[record] = key
    if (key !== 0) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  let pairs = 0
  for (const count of counts.values()) if (count <= mostTogether) pairs += (count * (count - 1)) / 2
  for (let record = 0; record < table.size; record++)
    if ((counts.get(keys[record] ?? 0) ?? 0) < 2 || (counts.get(keys[record] ?? 0) ?? 0) > mostTogether)
      keys[record] = 0
  return { keys, pairs }
}

const mixed = (one: number, other: number) => (one && other ? (Math.imul(one, 31) ^ other) >>> 0 || 1 : 0)

export function planBlocks(table: Table): Blocks {
  const useful = table.columns.filter((column) => column.filled > 1)
  const singles = useful.flatMap((column) => singlePasses(table, column))
  const combined = useful.flatMap((one, index) =>
    useful.slice(index + 1).map((other) => combinedPass(table, one, other)),
  )
  const most = table.size > many ? passesOfMany : mostPasses
  const passes: Pass[] = []
  let left = candidatesEach * table.size
  for (const pass of [...singles, ...combined.toSorted((a, b) => a.pairs - b.pairs)]) {
    if (pass.pairs === 0 || pass.pairs > left || passes.length >= most) continue
    passes.push(pass)
    left -= pass.pairs
  }
  return { passes, size: table.size }
}

/** The same value; of lists, the first or the last member. */
function singlePasses(table: Table, column: ColumnValues): Pass[] {
  const { kind } = column.column
  const one = keysOfValues(column, (text) => whole(membersOf(text)[0] ?? '', kind))
  const passes = [passOf(table, (record) => one[column.at(record)] ?? 0)]
  if (kind === 'email' || kind === 'phone') {
    const last = keysOfValues(column, (text) => whole(membersOf(text).at(-1) ?? '', kind))
    passes.push(passOf(table, (record) => last[column.at(record)] ?? 0))
  }
  if (kind === 'code' || kind === 'date') {
    const letters = keysOfValues(column, (text) => (text.length < 6 ? '' : sortedLetters(text)))
    passes.push(passOf(table, (record) => letters[column.at(record)] ?? 0))
  }
  return passes
}

function combinedPass(table: Table, one: ColumnValues, other: ColumnValues): Pass {
  const keys = keysOfValues(one, (text) => coarse[one.column.kind](text, one))
  const otherKeys = keysOfValues(other, (text) => coarse[other.column.kind](text, other))
  // Some write the last name first.
  const areExchanged = one.column.of !== undefined && one.column.of === other.column.of
  return passOf(table, (record) => {
    const [a, b] = [keys[one.at(record)] ?? 0, otherKeys[other.at(record)] ?? 0]
    return areExchanged && a > b ? mixed(b, a) : mixed(a, b)
  })
}

/** Every candidate once: where several passes bring a pair, the first does. */
export function* candidates({ passes, size }: Blocks): Generator<[number, number]> {
  for (const [at, { keys }] of passes.entries()) {
    const earlier = passes.slice(0, at)
    const order = new Uint32Array(size).map((_, record) => record)
    order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0))
    let from = order.findIndex((record) => keys[record] !== 0)
    while (from >= 0 && from < size) {
      const key = keys[order[from] ?? 0]
      let to = from
      while (to < size && keys[order[to] ?? 0] === key) to++
      for (let i = from; i < to; i++)
        for (let j = i + 1; j < to; j++) {
          const [a, b] = [order[i] ?? 0, order[j] ?? 0]
          if (!earlier.some((pass) => pass.keys[a] !== 0 && pass.keys[a] === pass.keys[b])) yield [a, b]
        }
      from = to
    }
  }
}
