/**
 * What a record is found by, and what a query asks for: words without case and accents, e-mail addresses
 * whole and in parts, telephone numbers by their digits. A query is a few beginnings of words, and a record is
 * found when it has a word for each of them.
 */
import { splitExtension } from '../../platform/phone-extension.ts'
import { callingCodeOf, phoneForms } from '../../platform/phone-numbers.ts'

const maxWord = 60
const maxWords = 400
const maxTerms = 12
/** A query may be read in several ways (digits as a number or as words); more of them are not tried. */
const maxReadings = 12

/** Most text is plain, and plain text takes a shorter way. */
const isPlain = (text: string) => !/[^ -~]/.test(text)
const foldMarked = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
export const fold = (text: string) => (isPlain(text) ? text.toLowerCase() : foldMarked(text))
export const wordsOf = (text: string): string[] =>
  (isPlain(text) ? text.toLowerCase().match(/[a-z0-9]+/g) : foldMarked(text).match(/[\p{L}\p{N}]+/gu)) ?? []
/** `|` separates the words in the text of a document. */
const cut = (word: string) =>
  word.length <= maxWord && !word.includes('|')
    ? word
    : Array.from(word.replaceAll('|', ' ')).slice(0, maxWord).join('')
const isMixed = (word: string) => /\p{L}/u.test(word) && /\p{N}/u.test(word)

/** A whole title is one word, too, so that records called exactly so are found among many. */
export const titleWord = (title: string) => asTitle(wordsOf(title))
const asTitle = (words: string[]) => `=${cut(words.join(' '))}`

/** Marked, so that asking for the beginning of a name does not run through all addresses that begin with it. */
const addressWord = (text: string) => `@${cut(fold(text))}`

type Words = {
  title: string
  urls?: readonly (string | null)[]
  of?: unknown
  texts: readonly (string | null)[]
  emails: readonly (string | null)[]
  phones: readonly (string | null)[]
  /** Countries as of which a national phone number may be read, ISO 3166-1 alpha-2, likeliest first. */
  countries: readonly (string | null)[]
}
/** `listed` words lead to the record; `others` are only asked of a record to which another word has led. */
export type DocumentWords = { listed: string[]; others: string[] }

export function documentWords(words: Words): DocumentWords {
  const found = new Found()
  const title = wordsOf(words.title)
  // What stands beside a record is not called what it begins with.
  if (words.of === undefined) found.list(asTitle(title))
  found.listAll(title)
  for (const text of words.texts) if (text !== null) addText(found, text)
  for (const email of words.emails) if (email !== null) addEmail(found, email)
  for (const url of words.urls ?? []) if (url !== null) addUrl(found, url)
  for (const phone of words.phones) if (phone !== null) addPhone(found, phone, words.countries)
  return found.words
}

/** Gathers the words of a document, each once. */
class Found {
  readonly #listed = new Set<string>()
  readonly #others = new Set<string>()

  list(word: string): void {
    if (this.#listed.size < maxWords) this.#listed.add(cut(word))
  }

  listAll(words: readonly string[]): void {
    for (const word of words) this.list(word)
  }

  addAll(words: readonly string[]): void {
    for (const word of words) if (this.#others.size < maxWords) this.#others.add(cut(word))
  }

  get words(): DocumentWords {
    return { listed: [...this.#listed], others: [...this.#others] }
  }
}

/** Single letters (`S.A.`, `e`) lead to too many records to be of use. */
const leadsAnywhere = (word: string) => word.length > 1 || !/^[a-z]$/.test(word)

function addText(found: Found, text: string): void {
  const words = wordsOf(text)
  for (const word of words) if (leadsAnywhere(word)) found.list(word)
  found.addAll(words)
}

/** All words of a text that is found by nothing else; `others` has them all. */
export function plainWords(text: string): DocumentWords {
  const others = [...new Set(wordsOf(text).map(cut))]
  return { listed: others.filter(leadsAnywhere), others }
}

function addEmail(found: Found, email: string): void {
  const [name = [], domain = [], ...further] = email.split('@').map(wordsOf)
  found.list(addressWord(email))
  for (const word of name) found.list(lettersOf(word))
  for (const word of withoutEnding(domain)) found.list(lettersOf(word))
  for (const words of [name, domain, ...further]) found.addAll(words)
}

/** A web address leads by the name of its host. */
function addUrl(found: Found, url: string): void {
  const host = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?(?:www\.)?([^/?#:]+)/i.exec(url)?.[1] ?? ''
  const labels = wordsOf(host)
  found.listAll(labels.length > 1 ? withoutEnding(labels) : labels)
  found.addAll(labels)
}

/** `silva879` of an address is listed as `silva`: else `silva` would begin a thousand words. */
const lettersOf = (word: string) => (isMixed(word) ? (/^\p{L}{2,}/u.exec(word)?.[0] ?? word) : word)

const secondLevels = new Set(['ac', 'co', 'com', 'edu', 'gov', 'net', 'org'])

/** Half of all records end in `com`: it leads nowhere. */
function withoutEnding(labels: string[]): string[] {
  const rest = labels.slice(0, -1)
  return rest.length > 1 && secondLevels.has(rest.at(-1) ?? '') ? rest.slice(0, -1) : rest
}

/** The national number and its last digits lead to the record. */
function addPhone(found: Found, phone: string, countries: readonly (string | null)[]): void {
  const { short, long } = phoneForms(phone, countries)
  found.listAll(short)
  found.addAll(long)
}

/** The text of a document, in which a word is looked up by `|` and its beginning. */
export function documentText({ listed, others }: DocumentWords): string {
  const words = new Set(listed)
  for (const word of others) words.add(word)
  return `|${[...words].join('|')}|`
}

/**
 * Bits that tell in each row of a record how its words begin, so that most records which lack the second word
 * of a query are passed over without being looked up. The migration that made the table computes the same.
 */
export function marksOf(...lists: readonly (readonly string[])[]): bigint {
  let [low, high] = [0, 0]
  for (const words of lists)
    for (const word of words) {
      if (!startsWithLetter(word)) continue
      const [a = 0, b = 0, c = 0, d = 0] = firstLetters(word)
      if (b > 0) low |= 1 << ((a * 7 + b) % 31)
      if (d > 0) high |= 1 << ((a * 5 + b * 11 + c * 3 + d) % 32)
    }
  return (BigInt(high >>> 0) << 31n) | BigInt(low >>> 0)
}

const startsWithLetter = (word: string) => /^(?:[a-z]|\p{L})/u.test(word)

function firstLetters(word: string): number[] {
  const letters: number[] = []
  for (let place = 0; place < word.length && letters.length < 4;) {
    const letter = word.codePointAt(place) ?? 0
    letters.push(letter)
    place += letter > 0xffff ? 2 : 1
  }
  return letters
}

/** One way to understand a query: `leads` begin listed words, `tests` begin any words of the document. */
export type Reading = { leads: string[]; tests: string[] }

/** Without any when the query has no word. */
export function readingsOf(q: string, country: string | null): Reading[] {
  let readings: Reading[] = [{ leads: [], tests: [] }]
  for (const chunk of groupDigits(splitExtension(q).number.trim().split(/\s+/))) {
    const ways = waysToRead(chunk, country)
    if (ways.length > 0)
      readings = readings.flatMap((begun) => ways.map((way) => joined(begun, way))).slice(0, maxReadings)
  }
  const distinct = new Map(readings.map(narrow).map((reading) => [JSON.stringify(reading), reading]))
  return [...distinct.values()].filter(({ leads }) => leads.length > 0)
}

/** A query for plain text: nothing in it is read as a number or an address. */
export function plainReading(q: string): Reading {
  const words = wordsOf(q)
  const leads = words.filter(leadsAnywhere)
  return narrow(read(leads.length > 0 ? leads : words, words))
}

const joined = (one: Reading, other: Reading): Reading => ({
  leads: [...one.leads, ...other.leads],
  tests: [...one.tests, ...other.tests],
})

/** Without what another beginning includes. One lead that is the only test as well needs no look at the document. */
function narrow({ leads, tests }: Reading): Reading {
  const distinct = [...new Set(leads.map(cut))].slice(0, maxTerms)
  const kept = distinct
    .filter((word) => !distinct.some((other) => other !== word && other.startsWith(word)))
    .toSorted((a, b) => b.length - a.length)
  const more = [...new Set(tests.map(cut))].filter((word) => !kept.some((lead) => lead.startsWith(word)))
  return { leads: kept, tests: [...kept, ...more.slice(0, maxTerms)] }
}

const read = (leads: string[], tests: string[] = []): Reading => ({ leads, tests })

function waysToRead(chunk: string, country: string | null): Reading[] {
  if (isDigits(chunk)) {
    const pieces = wordsOf(chunk)
    const number = numberReadings(chunk, country)
    // `28 23 04 55` is a number in pairs: as words, each pair would begin a good part of all there are.
    return isInPairs(pieces) ? number : [...number, read(pieces)]
  }
  if (/^[^@]+@/.test(chunk)) return [read([addressWord(chunk)])]
  const words = wordsOf(chunk)
  if (words.length === 0) return []
  const leads = words.filter((word, place) => !mayEndDomain(word, place, chunk, words.length))
  const plain = read(leads, words)
  return words.some(isMixed) ? [plain, read(leads.map(lettersOf), words)] : [plain]
}

/** What follows a dot may be the end of a domain, which leads nowhere. */
const mayEndDomain = (word: string, place: number, chunk: string, count: number) =>
  chunk.includes('.') && place > 0 && (place === count - 1 || secondLevels.has(word))

const isInPairs = (pieces: readonly string[]) =>
  pieces.length >= 3 && pieces.every((piece) => piece.length <= 2)

const isDigits = (chunk: string) => /^[+()\d./\- ]+$/.test(chunk) && chunk.replace(/\D/g, '').length >= 3

/** Joins neighbouring pieces of a number: `06 28 23` is one chunk. */
function groupDigits(chunks: string[]): string[] {
  const groups: string[] = []
  let open = false
  for (const chunk of chunks) {
    const numeric = /^[+()\d./-]+$/.test(chunk) && /\d/.test(chunk)
    if (numeric && open) groups.push(`${groups.pop() ?? ''} ${chunk}`)
    else groups.push(chunk)
    open = numeric
  }
  return groups
}

/**
 * A telephone number however it is written, also while it is still being typed. A calling code is looked for where one
 * is written as such, or where the digits are too many for anything else.
 */
function numberReadings(chunk: string, country: string | null): Reading[] {
  const digits = chunk.replace(/\D/g, '')
  const short = digits.replace(/^0+/, '')
  const forms = [digits, short, ...phoneForms(chunk, [country]).short].filter((form) => form.length >= 3)
  const code = /^(\+|00)/.test(chunk) || digits.length >= 7 ? callingCodeOf(short) : ''
  const national = short.slice(code.length)
  const international = code !== '' && national.length >= 3 ? [read([national], [short])] : []
  return [...[...new Set(forms)].map((form) => read([form])), ...international]
}
