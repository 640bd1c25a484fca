/** Ranks what was found: called exactly so, then beginning so, then the rest; the newest and one's own first. */
import type { RecordRef, SearchHit } from '@rapport/contracts'
import { fold, wordsOf } from './words.ts'

export type Found = {
  object: string
  id: string
  owner_id: string | null
  title: string
  subtitle: string | null
  /** Beside which it stands, as a note does. */
  record: RecordRef | null
}

/** How much a hit counts that was found by a word that is near the one that was typed. */
const corrected_worth = 0.5

type Asker = { user_id: string | null; limit: number }

/**
 * @param found the newest first.
 * @param queries what was typed, or all that it may have meant, the likeliest first.
 */
export function rankHits(
  found: readonly Found[],
  queries: readonly string[],
  { user_id, limit }: Asker,
  isCorrected = false,
): SearchHit[] {
  const ways = queries.map(wordsOf)
  return found
    .map((hit, place) => {
      const [asked, like] = likeliest(wordsOf(hit.title), ways)
      const own = user_id !== null && hit.owner_id === user_id ? 0.05 : 0
      const recency = 0.05 * (1 - place / found.length)
      const score = (like * (hit.record ? 0.8 : 1) + own + recency) * (isCorrected ? corrected_worth : 1)
      return { hit, asked, score: Math.round(score * 1000) / 1000 }
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ hit, asked, score }): SearchHit => {
      const { object, id, subtitle, record } = hit
      const title = record ? excerptOf(hit.title, asked) : hit.title
      return { object, id, title, subtitle, score, highlight: highlight(title, asked), record }
    })
}

/** The way to read the query that is likest to the title, and how like. */
function likeliest(title: string[], ways: readonly string[][]): [string[], number] {
  let best: [string[], number] = [[], 0]
  for (const asked of ways) {
    const like = likeness(title, asked)
    if (like > best[1]) best = [asked, like]
  }
  return best
}

const around = 40
const longest = 140

/** Of a long text the part around the first word that was asked for. */
function excerptOf(text: string, asked: readonly string[]): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= longest) return line
  const folded = fold(line)
  const places = asked.map((word) => folded.indexOf(word)).filter((place) => place >= 0)
  const place = Math.min(...places, line.length - longest)
  const from = place <= around ? 0 : line.lastIndexOf(' ', place - around) + 1
  const rest = line.slice(from)
  const part =
    rest.length <= longest ? rest : `${rest.slice(0, rest.lastIndexOf(' ', longest) + 1 || longest).trim()} …`
  return from > 0 ? `… ${part}` : part
}

function likeness(title: readonly string[], asked: readonly string[]): number {
  const whole = title.join(' ')
  const wanted = asked.join(' ')
  if (whole === wanted) return 0.9
  if (whole.startsWith(wanted)) return 0.7
  if (asked.every((word) => title.some((own) => own.startsWith(word)))) return 0.5
  return 0.3
}

/** Puts « and » around the beginnings of words that were asked for. */
export function highlight(title: string, asked: readonly string[]): string {
  return title.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) => {
    const match = asked
      .filter((wanted) => fold(word).startsWith(wanted))
      .toSorted((a, b) => b.length - a.length)[0]
    if (match === undefined || match === '') return word
    const end = foldedLength(word, match.length)
    return `«${word.slice(0, end)}»${word.slice(end)}`
  })
}

/** How much of `word` folds to `length` characters: an accented letter may be two. */
function foldedLength(word: string, length: number): number {
  let end = 0
  let folded = 0
  for (const letter of word) {
    const size = fold(letter).length
    if (folded >= length && size > 0) break
    folded += size
    end += letter.length
  }
  return end
}
