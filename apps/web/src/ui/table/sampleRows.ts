import type { CellOption } from './types.ts'

/** Generated rows for the kit's gallery: the same ones on every load. */
export type Sample = {
  id: string
  name: string
  shelf: string
  state: string
  price: number
  currency: string
  pieces: number | null
  keeper: string | null
  email: string
  phone: string
  site: string | null
  due_on: string | null
  changed_at: string
}

export const STATES: CellOption[] = [
  { value: 'draft', label: 'Draft', hue: 'slate' },
  { value: 'ordered', label: 'Ordered', hue: 'blue' },
  { value: 'packed', label: 'Packed', hue: 'violet' },
  { value: 'shipped', label: 'Shipped', hue: 'amber' },
  { value: 'arrived', label: 'Arrived', hue: 'green' },
  { value: 'returned', label: 'Returned', hue: 'red' },
]

export const KEEPERS: CellOption[] = [
  { value: 'u1', label: 'Ana Ribeiro', detail: 'ana@example.com', avatar: 'person' },
  { value: 'u2', label: 'Tom Okafor', detail: 'tom@example.com', avatar: 'person' },
  { value: 'u3', label: 'Mei Tanaka', detail: 'mei@example.com', avatar: 'person' },
  { value: 'u4', label: 'Lars Winther', detail: 'lars@example.com', avatar: 'person' },
]

const FIRST = ['Oak', 'Linen', 'Copper', 'Granite', 'Velvet', 'Amber', 'Cedar', 'Ivory', 'Slate', 'Walnut']
const SECOND = ['lamp', 'armchair', 'bookshelf', 'kettle', 'side table', 'mirror', 'rug', 'stool', 'clock']
const MAKERS = ['northwind', 'lumen-studio', 'casa-verde', 'brightside', 'holm', 'atelier-sul']

function pick<Item>(items: readonly Item[], seed: number): Item {
  const item = items[Math.abs(seed) % items.length]
  if (item === undefined) throw new Error('Nothing to pick from')
  return item
}

/** A cheap scramble: neighbours look unrelated, yet each row is always the same. */
function scramble(index: number, salt: number): number {
  return (Math.imul(index + 1, 2_654_435_761) ^ Math.imul(salt, 40_503)) >>> 5
}

export function makeSample(index: number): Sample {
  const maker = pick(MAKERS, scramble(index, 3))
  const day = new Date(Date.UTC(2026, 0, 1 + (scramble(index, 5) % 330)))
  return {
    id: `sample-${index}`,
    name: `${pick(FIRST, scramble(index, 1))} ${pick(SECOND, scramble(index, 2))} ${index + 1}`,
    shelf: `${pick(['A', 'B', 'C', 'D'], scramble(index, 4))}-${scramble(index, 9) % 90}`,
    state: pick(STATES, scramble(index, 6)).value,
    price: (scramble(index, 7) % 480_000) / 100,
    currency: 'BRL',
    pieces: index % 11 === 3 ? null : scramble(index, 8) % 900,
    keeper: index % 7 === 2 ? null : pick(KEEPERS, scramble(index, 10)).value,
    email: `orders${index % 40}@${maker}.example`,
    phone: `+55 11 9${String(scramble(index, 11) % 10_000).padStart(4, '0')}-${String(index % 10_000).padStart(4, '0')}`,
    site: index % 5 === 0 ? null : `https://${maker}.example/${index}`,
    due_on: index % 9 === 4 ? null : day.toISOString().slice(0, 10),
    changed_at: new Date(day.getTime() + (scramble(index, 12) % 86_400) * 1000).toISOString(),
  }
}

export function makeSamples(from: number, count: number): Sample[] {
  return Array.from({ length: count }, (_, index) => makeSample(from + index))
}
