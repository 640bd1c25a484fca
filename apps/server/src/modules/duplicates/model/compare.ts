/**
 * How far two values of a column agree, in four levels. What is missing on one side says nothing, for or against.
 */
import type { Kind } from './columns.ts'
import { areTwoSlips, isOneSlip, jaroWinkler } from './similarity.ts'
import { membersOf, type ColumnValues } from './table.ts'

export const same = 0
export const close = 1
export const alike = 2
export const different = 3
export const levels = 4
export const unknown = 255

type Comparison = (one: string, other: string, column: ColumnValues, numbers: [number, number]) => number

const comparisons: Record<Kind, Comparison> = {
  words: compareWords,
  person: comparePart,
  code: compareCodes,
  email: (one, other) => best(one, other, compareEmails),
  phone: (one, other) => best(one, other, comparePhones),
  web: compareWeb,
  date: compareDates,
  number: compareNumbers,
  choice: () => different,
}

/** @param one and @param other numbers of values */
export function compareValues(column: ColumnValues, one: number, other: number): number {
  if (one === 0 || other === 0) return unknown
  if (one === other) return same
  const compare = comparisons[column.column.kind]
  return compare(column.texts[one] ?? '', column.texts[other] ?? '', column, [one, other])
}

const leastAlike = 0.82

const byLikeness = (likeness: number): number =>
  likeness >= 0.92 ? close : likeness >= leastAlike ? alike : different

/** Of the name of a person. */
export function comparePart(one: string, other: string): number {
  // An initial stands for the name.
  if ((one.length === 1 || other.length === 1) && one[0] === other[0]) return alike
  if (spelledAlike(one, other)) return close
  const whole = byLikeness(jaroWinkler(one, other, leastAlike))
  return whole > close && (one.includes(' ') || other.includes(' '))
    ? Math.min(whole, shortened(one, other))
    : whole
}

/** Of several names some are left out or told by their initial, seldom the very last. */
function shortened(one: string, other: string): number {
  const [few = [], many = []] = [one.split(' '), other.split(' ')].toSorted((a, b) => a.length - b.length)
  let place = 0
  for (const word of few) {
    const at = many.findIndex((name, index) => index >= place && stands(word, name))
    if (at < 0) return different
    place = at + 1
  }
  const [last = '', otherLast = ''] = [few.at(-1), many.at(-1)]
  return last.length > 1 && last === otherLast ? close : alike
}

const stands = (word: string, name: string) =>
  word === name || (Math.min(word.length, name.length) === 1 && word[0] === name[0])

/** But for one slip, and spaces. */
export function spelledAlike(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 6) return false
  const [a, b] = [withoutSpaces(one), withoutSpaces(other)]
  return a === b || (Math.min(a.length, b.length) >= 4 && isOneSlip(a, b))
}

const withoutSpaces = (text: string) => (text.includes(' ') ? text.replaceAll(' ', '') : text)

/** Not `63rd`, which is the name of a street. */
const numeral = /(?<![^ ])(?:\d+\p{L}?|[ivx]+)(?![^ ])/gu

/** House 12 and house 14, Solar I and Solar II: where both are numbered, and in nothing the same. */
function areNumberedApart(one: string, other: string): boolean {
  const numbers = one.match(numeral)
  const others = numbers && other.match(numeral)
  return Boolean(others && !numbers.some((number) => others.includes(number)))
}

/** Store 3 of a mall and store 4 of it; one without a number may be any of them. */
function compareNumbering(one: string, other: string): number {
  const numbers: readonly string[] = one.match(numeral) ?? []
  const others: readonly string[] = other.match(numeral) ?? []
  const own = numbers.some((number) => !others.includes(number))
  const otherOwn = others.some((number) => !numbers.includes(number))
  return own && otherOwn ? different : own || otherOwn ? alike : same
}

function compareWords(one: string, other: string, column: ColumnValues, numbers: [number, number]): number {
  if (column.column.is_name) return compareFirms(one, other, column, numbers)
  if (areNumberedApart(one, other)) return different
  if (spelledAlike(one, other)) return close
  const found = compareText(one, other, column, numbers)
  return found === different && isPart(one, other) ? alike : found
}

/** `Gijon` of `Tremañes Gijon` */
function isPart(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length >= 4 && ` ${long} `.includes(` ${short} `)
}

/** Names of companies: by what stands before their legal forms, and by their numbers. */
function compareFirms(one: string, other: string, column: ColumnValues, numbers: [number, number]): number {
  const [bare, otherBare] = [withoutForm(one), withoutForm(other)]
  if (bare === otherBare) return areOneForm(one.slice(bare.length), other.slice(bare.length)) ? close : alike
  const numbered = compareNumbering(bare, otherBare)
  if (numbered === different) return different
  if (spelledAlike(one, other)) return Math.max(close, numbered)
  const found = compareText(one, other, column, numbers)
  return found === alike && haveOwn(bare, otherBare) ? different : Math.max(found, numbered)
}

/** Each has a word that is like none of the other's: the companies of a group are called so, and neighbours. */
function haveOwn(one: string, other: string): boolean {
  const [words, others] = [one.split(' '), other.split(' ')]
  return hasOwn(words, others) && hasOwn(others, words)
}

const hasOwn = (words: readonly string[], others: readonly string[]): boolean =>
  words.some((word) => word.length > 3 && !others.some((other) => isLikeWord(word, other)))

/** With slips, cut short (`Constr`) or written as one (`Newyork`). */
const isLikeWord = (one: string, other: string): boolean =>
  other.startsWith(one.slice(0, 3)) ||
  (other.length > 3 && one.includes(other)) ||
  jaroWinkler(one, other, 0.8) > 0.8

function compareText(one: string, other: string, column: ColumnValues, numbers: [number, number]): number {
  const whole = Math.min(one.length, other.length) > 1 ? jaroWinkler(one, other, leastAlike) : 0
  if (!one.includes(' ') && !other.includes(' ')) return byLikeness(whole)
  const words = sharedWords(column, ...numbers)
  return byLikeness(
    Math.max(
      words,
      whole - lettersLess(Math.min(...numbers.map((number) => column.wordsAt(number).words.length))),
    ),
  )
}

const forms =
  'ab ag aps as bv co company corp corporation eireli epp gmbh inc incorporated kft kg lda limitada limited llc llp lp ltd ltda me mei nv oy plc pty pvt sa sapi sarl sas sau scoop sl slu spa srl ss ug'
/** `sa`, `s a` and `s a de c v`; words are never written apart. */
const legalForm = new RegExp(
  `(?: (?:de c ?v|${forms
    .split(' ')
    .map((form) => (form.length <= 4 ? form.replace(/\B/g, ' ?') : form))
    .join('|')}))+$`,
)

/** Some leave the legal form out. Companies of two forms may be those of a group. Both in small letters, with spaces. */
export function isWithForm(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return long.startsWith(`${short} `) && withoutForm(long) === short
}

/** Some leave the form out, or a part of it, or write it in full. Companies of two forms may be those of a group. */
function areOneForm(one: string, other: string): boolean {
  const [a, b] = [inShort(one), inShort(other)]
  return a.startsWith(b) || b.startsWith(a)
}

const inShort = (form: string) =>
  form
    .replace('limitada', 'ltda')
    .replace('limited', 'ltd')
    .replace('incorporated', 'inc')
    .replace('company', 'co')
    .replace('corporation', 'corp')
    .replaceAll(' ', '')

/** @param name in small letters, with spaces between its words */
export const withoutForm = (name: string): string => name.replace(legalForm, '')

/** Long texts often begin alike (`rua`, `instituto`), the more so the longer they are, so that their words decide. */
const lettersLess = (words: number): number => (words === 1 ? 0 : words <= 3 ? 0.06 : 0.1)

/** How much of what the rare words say is on both sides, in any order and with slips. */
function sharedWords(column: ColumnValues, one: number, other: number): number {
  const [first, second] = [column.wordsAt(one), column.wordsAt(other)]
  const [few, many] = first.words.length <= second.words.length ? [first, second] : [second, first]
  if (many.words.length > 30) return 0
  let taken = 0
  let shared = 0
  for (let i = 0; i < few.words.length; i++) {
    const word = few.words[i] ?? ''
    let [place, likeness] = [-1, 0]
    for (let j = 0; j < many.words.length && likeness < 1; j++) {
      if (taken & (1 << j)) continue
      const candidate = many.words[j] ?? ''
      const like = candidate === word ? 1 : word.length > 3 ? jaroWinkler(word, candidate, 0.88) : 0
      if (like > likeness) [place, likeness] = [j, like]
    }
    if (likeness < 0.88) continue
    taken |= 1 << place
    shared += likeness * ((few.weights[i] ?? 0) + (many.weights[place] ?? 0))
  }
  return shared / (few.total + many.total)
}

function compareCodes(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  if (isOneSlip(one, other)) return length >= 3 ? close : length === 2 ? alike : different
  return length >= 6 && areTwoSlips(one, other) ? alike : different
}

function best(one: string, other: string, compare: (one: string, other: string) => number): number {
  let found = different
  for (const a of membersOf(one))
    for (const b of membersOf(other)) found = Math.min(found, a === b ? same : compare(a, b))
  return found
}

function compareEmails(one: string, other: string): number {
  const [[name = '', host = ''], [otherName = '', otherHost = '']] = [one.split('@'), other.split('@')]
  const [plain, otherPlain] = [mailbox(name), mailbox(otherName)]
  if (host === otherHost && plain === otherPlain) return same
  if (host === otherHost) return compareMailboxes(plain, otherPlain)
  if (plain !== otherPlain) return different
  if (isOneSlip(host, otherHost)) return close
  return plain.length > 4 && !role.test(plain) ? alike : different
}

/** Many a company has such a mailbox. */
const role =
  /^(?:admin|atendimento|comercial|compras|contact|contato|financeiro|hello|marketing|office|sales|suporte|support|vendas)$/

/** Colleagues of one first name, or with a number each, have addresses that begin alike. */
function compareMailboxes(one: string, other: string): number {
  if (Math.min(one.length, other.length) < 4) return different
  if (lettersOf(one) === lettersOf(other)) return alike
  if (isOneSlip(one, other)) return close
  return areTwoSlips(one, other) ? alike : different
}
const lettersOf = (text: string) => text.replace(/\d/g, '')

const mailbox = (name: string) => name.replace(/\+.*$/, '').replaceAll('.', '')

/** Two extensions of one switchboard are two telephones. */
function comparePhones(one: string, other: string): number {
  const [number, extension] = phoneParts(one)
  const [otherNumber, otherExtension] = phoneParts(other)
  if (extension !== '' && otherExtension !== '' && extension !== otherExtension) return different
  if (number.slice(-8) === otherNumber.slice(-8)) return number.length >= 8 ? same : close
  return isOneSlip(number, otherNumber) && number.length >= 7 ? close : different
}

function phoneParts(text: string): [number: string, extension: string] {
  const at = text.indexOf('#')
  return [text.slice(at + 1), text.slice(0, Math.max(at, 0))]
}

const ending = /(?:\.(?:ac|co|com|edu|gov|net|org))?\.[^.]+$/

function compareWeb(one: string, other: string): number {
  if (one.endsWith(`.${other}`) || other.endsWith(`.${one}`)) return close
  if (one.replace(ending, '') === other.replace(ending, '')) return close
  return isOneSlip(one, other) && lettersOf(one) !== lettersOf(other) ? alike : different
}

/** `YYYYMMDD`: a slip, day and month exchanged, or one of the three parts another. */
function compareDates(one: string, other: string): number {
  if (one.length !== 8 || other.length !== 8) return different
  if (isOneSlip(one, other)) return close
  const parts = (text: string) => [text.slice(0, 4), text.slice(4, 6), text.slice(6)]
  const [[year, month, day], [otherYear, otherMonth, otherDay]] = [parts(one), parts(other)]
  if (year === otherYear && month === otherDay && day === otherMonth) return close
  const shared = [year === otherYear, month === otherMonth, day === otherDay].filter(Boolean).length
  return shared === 2 || areTwoSlips(one, other) ? alike : different
}

function compareNumbers(one: string, other: string): number {
  const [a, b] = [Number(one), Number(other)]
  const away = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1)
  if (away <= 0.01 || (Math.min(one.length, other.length) >= 4 && isOneSlip(one, other))) return close
  return away <= 0.1 ? alike : different
}
