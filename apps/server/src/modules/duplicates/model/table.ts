/** The records in memory: each column as numbers of its distinct values, so that a million records stay small. */
import { readValue, type Column, type Kind, type Values } from './columns.ts'

const separator = '\n'
const roomAtFirst = 1024

/** So many different values there are at least in the world, however few records are here. */
const variety: Record<Kind, number> = {
  words: 50,
  person: 200,
  code: 200,
  email: 2_000,
  phone: 2_000,
  web: 500,
  date: 200,
  number: 50,
  choice: 10,
}

const rememberedWords = 50_000

/** So often, in place of once, a value comes again that nobody else has. */
const hardly = 0.01

type Words = { words: string[]; weights: number[]; total: number }

/** One column: number 0 stands for no value. */
export class ColumnValues {
  readonly column: Column
  readonly texts: string[] = ['']
  /** In how many records each value is. */
  readonly counts: number[] = [0]
  /** In how many values each word is. */
  readonly words = new Map<string, number>()
  /** Of lists: in how many records each of their members is. */
  readonly members = new Map<string, number>()
  #split = new Map<number, Words>()
  #numbers = new Map<string, number>()
  #rows = new Uint32Array(roomAtFirst)
  filled = 0

  constructor(column: Column) {
    this.column = column
  }

  set(record: number, value: string | readonly string[] | null): void {
    if (record >= this.#rows.length) {
      const larger = new Uint32Array(this.#rows.length * 2)
      larger.set(this.#rows)
      this.#rows = larger
    }
    this.#rows[record] = this.#numberOf(value)
  }

  /** The number of the value of a record. */
  at(record: number): number {
    return this.#rows[record] ?? 0
  }

  textOf(record: number): string {
    return this.texts[this.at(record)] ?? ''
  }

  /** What part of all records has this value. A single one may yet come again. */
  shareOf(member: string): number {
    return Math.max(this.members.get(member) ?? 1, 2) / this.#atLeast
  }

  /** What part of the others has this value of two records, which seldom comes again by chance. */
  shareBeside(member: string): number {
    return Math.max((this.members.get(member) ?? 2) - 2, hardly) / this.#atLeast
  }

  get #atLeast(): number {
    return Math.max(this.filled, variety[this.column.kind])
  }

  /** The words of a value with what each of them says: rare ones more. */
  wordsAt(number: number): Words {
    const known = this.#split.get(number)
    if (known) return known
    if (this.#split.size >= rememberedWords) this.#split.clear()
    const words = (this.texts[number] ?? '').split(' ')
    const weights = words.map((word) => Math.log(this.texts.length / (this.words.get(word) ?? 1)) + 0.1)
    const split = { words, weights, total: weights.reduce((sum, weight) => sum + weight) }
    this.#split.set(number, split)
    return split
  }

  #numberOf(value: string | readonly string[] | null): number {
    const list = value === null ? [] : typeof value === 'string' ? [value] : value
    const read = list.map((one) => readValue(this.column.kind, one)).filter(Boolean)
    if (read.length === 0) return 0
    this.filled += 1
    const members = read.length > 1 ? [...new Set(read)].toSorted() : read
    for (const member of members) this.members.set(member, (this.members.get(member) ?? 0) + 1)
    const text = members.join(separator)
    const known = this.#numbers.get(text)
    if (known !== undefined) {
      this.counts[known] = (this.counts[known] ?? 0) + 1
      return known
    }
    const number = this.texts.length
    this.#numbers.set(text, number)
    this.texts.push(text)
    this.counts.push(1)
    if (this.column.kind === 'words')
      for (const word of new Set(text.split(' '))) this.words.set(word, (this.words.get(word) ?? 0) + 1)
    return number
  }
}

export const membersOf = (text: string): string[] => text.split(separator)

export class Table {
  readonly columns: readonly ColumnValues[]
  /** Of each name of a person, the places of the columns of its two parts. */
  readonly people: readonly (readonly [first: number, last: number])[]
  readonly ids: string[] = []
  readonly #given: readonly Column[]

  constructor(columns: readonly Column[]) {
    this.#given = columns
    this.columns = columns.flatMap(partsOf).map((column) => new ColumnValues(column))
    this.people = this.columns.flatMap(({ column }, place) =>
      column.of !== undefined && column.of === this.columns[place + 1]?.column.of ? [[place, place + 1]] : [],
    )
  }

  get size(): number {
    return this.ids.length
  }

  add(id: string, values: Values): void {
    const record = this.ids.length
    this.ids.push(id)
    let at = 0
    for (const [index, { kind }] of this.#given.entries())
      for (const part of kind === 'person' ? nameParts(values[index]) : [values[index] ?? null])
        this.columns[at++]?.set(record, part)
  }
}

const partsOf = (column: Column): Column[] =>
  column.kind === 'person'
    ? [
        { ...column, of: column.name, name: `${column.name}.first` },
        { ...column, of: column.name, name: `${column.name}.last` },
      ]
    : [column]

/** How somebody is addressed. */
const honorific = /^\s*(?:(?:dra?|sra?|srta|mrs?|ms|miss|prof|profa|eng|enga)\b\.?\s+)+(?=\S)/i

export const withoutHonorific = (name: string): string => name.replace(honorific, '').trim()

/** `Silva, Ana` and `Ana Maria Silva` begin with Ana and end with Silva. A single word may be either: it is told as the last. */
function nameParts(value: Values[number] | undefined): [string | null, string | null] {
  if (typeof value !== 'string') return [null, null]
  const [last, first] = value.split(',').map((part) => part.trim())
  if (first) return [first, last ?? null]
  const words = withoutHonorific(value).split(/\s+/)
  return words.length === 1 ? [null, words[0] ?? null] : [words[0] ?? null, words.slice(1).join(' ')]
}
