/**
 * What a record is found by, and what a query asks for: words without case and accents, e-mail addresses
 * whole and in parts, telephone numbers by the digits of every way to write them. Each lexeme begins with a
 * key of its organization, so tenants share no posting list of the index.
 */
import { phoneDigits } from '../../platform/phone-numbers.ts'

const maxWord = 60
const maxWords = 400
const maxTerms = 12

/** The last digits of a UUIDv7 are random; its first are the time. */
const keyOf = (organization_id: string) => organization_id.slice(-8)

export const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
export const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
const quote = (lexeme: string) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
const cut = (word: string) => Array.from(word).slice(0, maxWord).join('')

/** A whole title is one lexeme, too, so that records called exactly so are found among many. */
const titleLexeme = (title: string) => `=${cut(wordsOf(title).join(' '))}`

/** Marked, so that asking for the beginning of a name does not run through all addresses that begin with it. */
const emailLexeme = (email: string) => `@${cut(fold(email))}`

type Words = {
  title: string
  texts: readonly (string | null)[]
  emails: readonly (string | null)[]
  phones: readonly (string | null)[]
  /** Countries as of which a national phone number may be read, ISO 3166-1 alpha-2, likeliest first. */
  countries: readonly (string | null)[]
}

/** The text of a tsvector. */
export function documentVector(organization_id: string, words: Words): string {
  const filled = (values: readonly (string | null)[]) => values.filter((value) => value !== null)
  const emails = filled(words.emails)
  const all = [
    titleLexeme(words.title),
    ...emails.map(emailLexeme),
    ...filled(words.phones).flatMap((phone) => phoneDigits(phone, [...words.countries])),
    ...[words.title, ...filled(words.texts), ...emails].flatMap(wordsOf),
  ]
  const key = keyOf(organization_id)
  const lexemes = [...new Set(all.map(cut))].slice(0, maxWords)
  return lexemes.map((lexeme) => quote(key + lexeme)).join(' ')
}

/** The text of a tsquery in which every word of `q` must begin a lexeme, or null when it has no word. */
export function matchQuery(organization_id: string, q: string, country: string | null): string | null {
  const key = keyOf(organization_id)
  const whole = (word: string) => quote(key + cut(word))
  const prefix = (word: string) => `${whole(word)}:*`
  const terms = groupDigits(q.trim().split(/\s+/)).flatMap((chunk) => {
    if (isDigits(chunk)) return [digitsTerm(chunk, country, { whole, prefix })]
    if (/^[^@]+@/.test(chunk)) return [prefix(emailLexeme(chunk))]
    return wordsOf(chunk).map(prefix)
  })
  return terms.length === 0 ? null : terms.slice(0, maxTerms).join(' & ')
}

/** Titles that are the whole of `q`, and titles that begin with it. */
export function titleQueries(organization_id: string, q: string): { exact: string; beginning: string } {
  const exact = quote(keyOf(organization_id) + titleLexeme(q))
  return { exact, beginning: `${exact}:*` }
}

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

type Forms = Record<'whole' | 'prefix', (word: string) => string>

/** Either a telephone number however it is written, or plain numbers among the words. */
function digitsTerm(chunk: string, country: string | null, { whole, prefix }: Forms): string {
  const digits = chunk.replace(/\D/g, '')
  const forms = phoneDigits(chunk, [country])
  const numbers = new Set([digits, ...forms, ...(digits.startsWith('00') ? [digits.slice(2)] : [])])
  const words = wordsOf(chunk)
    .map((word, index, all) => (index === all.length - 1 ? prefix(word) : whole(word)))
    .join(' & ')
  return `(${[...numbers].map(prefix).join(' | ')} | (${words}))`
}
