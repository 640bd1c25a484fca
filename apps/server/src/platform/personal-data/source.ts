/**
 * Where personal data is. Each module says for its own tables what they know of a person and how that is
 * erased; a test demands that every tenant table is spoken for. An export and an erasure walk the same list,
 * so what is found can be erased.
 */
import type { Storage } from '../storage/index.ts'
import type { Ctx } from '../tenancy.ts'

/** Whom a request is about: their records, and what else their traces are found by. */
export type Person = {
  object: string
  record_ids: string[]
  /** In lower case. */
  emails: string[]
  /** The last digits of each number, as many as are the same however it is written. */
  phones: string[]
  /** In lower case. */
  names: string[]
}

export type PersonalData = {
  table: string
  /** What the export shows, as JSON objects; left out where it repeats what another table tells. */
  collect?: (ctx: Pick<Ctx, 'tx' | 'actor'>, person: Person) => Promise<object[]>
  /** Takes away what tells who it was; answers how many rows. May be repeated. */
  erase: (ctx: Ctx, person: Person) => Promise<number>
  /** Files go before the rows that name them, so that none is left behind by a crash. May be repeated. */
  eraseFiles?: (ctx: Ctx, storage: Storage, person: Person) => Promise<void>
}

/** Whether a line of a file or a row of cells tells of the person. */
export function mentions(text: string, { emails, phones, names }: Person): boolean {
  const lower = text.toLowerCase()
  if ([...emails, ...names].some((mark) => lower.includes(mark))) return true
  if (phones.length === 0) return false
  const digits = text.replace(/\D/g, '')
  return phones.some((phone) => digits.includes(phone))
}

/** The text with every mark of the person blacked out, however a number is written. */
export function redact(text: string, { emails, phones, names }: Person): string {
  const numbers = phones.map((phone) => `[+(\\d.\\s/-]{0,8}${phone.split('').join('\\D{0,3}')}`)
  const patterns = [...[...emails, ...names].map(escapeRegExp), ...numbers]
  return patterns.length === 0 ? text : text.replace(new RegExp(patterns.join('|'), 'giu'), '•••')
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
