/** What a query may have meant whose words lead to nothing, or to little. */
import type { ReadContext } from '../../platform/http/route.ts'
import { selectAlike } from './near.ts'
import { isLearned, nearest } from './spelling.ts'
import { fold, wordsOf } from './words.ts'

const mostForWord = 5
const mostQueries = 6
/** So short a word is only corrected when it finds nothing: too many others are near it. */
const uncertain = 4

/** The query with words that the organization has written, the likeliest first; empty where nothing is near. */
export async function correctedQueries(
  { actor, read }: ReadContext,
  q: string,
  foundSome: boolean,
): Promise<string[]> {
  const chunks = q.trim().split(/\s+/)
  const asked = [...new Set(chunks.flatMap((chunk) => correctable(chunk, foundSome) ?? []))]
  if (asked.length === 0) return []
  const rows = await read(selectAlike(actor.organization_id, asked))
  const alike = Map.groupBy(rows, ({ place }) => asked[place - 1] ?? '')
  const words = asked.map((word) => {
    const near = (alike.get(word) ?? []).map((row) => row.word)
    return { word, known: near.some((one) => one.startsWith(word)), meant: nearest(word, near, mostForWord) }
  })
  const unknown = words.filter(({ known }) => !known)
  // Words that nobody has written must have been meant otherwise; where all are known, any one of them may have been.
  const ways = unknown.length > 0 ? [unknown] : words.map((word) => [word])
  const replaced = ways.flatMap((way) => replacements(way))
  return replaced
    .slice(0, mostQueries)
    .map((meant) => chunks.map((chunk) => meant.get(fold(chunk)) ?? chunk).join(' '))
}

/** The word of a chunk that is nothing but one word of letters. */
function correctable(chunk: string, foundSome: boolean): string | null {
  const [word = '', ...others] = wordsOf(chunk)
  if (others.length > 0 || word !== fold(chunk) || !isLearned(word)) return null
  return foundSome && word.length <= uncertain ? null : word
}

type Word = { word: string; meant: string[] }

/** Every choice of one meaning for each word, those by the likeliest first. */
const replacements = (words: readonly Word[]): Map<string, string>[] =>
  words.reduce<Map<string, string>[]>(
    (begun, { word, meant }) =>
      begun.flatMap((one) => meant.map((other) => new Map(one).set(word, other))).slice(0, mostQueries),
    [new Map()],
  )
