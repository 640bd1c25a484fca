/** Ranks what was found: called exactly so, then beginning so, then the rest; the newest and one's own first. */
import type { SearchHit } from '@rapport/contracts'
import { fold, wordsOf } from './words.ts'

export type Found = {
  object: string
  id: string
  owner_id: string | null
  title: string
  subtitle: string | null
}

/** @param found the newest first. */
export function rankHits(found: Found[], q: string, user_id: string | null, limit: number): SearchHit[] {
  const asked = wordsOf(q)
  return found
    .map((record, place) => {
      const own = user_id !== null && record.owner_id === user_id ? 0.05 : 0
      const recency = 0.05 * (1 - place / found.length)
      const score = Math.round((likeness(wordsOf(record.title), asked) + own + recency) * 1000) / 1000
      const { object, id, title, subtitle } = record
      return { object, id, title, subtitle, score, highlight: highlight(title, asked) }
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
}

function likeness(title: string[], asked: string[]): number {
  const whole = title.join(' ')
  const wanted = asked.join(' ')
  if (whole === wanted) return 0.9
  if (whole.startsWith(wanted)) return 0.7
  if (asked.every((word) => title.some((own) => own.startsWith(word)))) return 0.5
  return 0.3
}

/** Puts « and » around the beginnings of words that were asked for. */
export function highlight(title: string, asked: string[]): string {
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
