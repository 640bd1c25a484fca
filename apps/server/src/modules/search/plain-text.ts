/** Plain text that another module keeps findable in rows of its own, by the same words as records. */
import { patternOf } from './match.ts'
import { documentText, marksOf, plainReading, plainWords } from './words.ts'

export type TextWords = {
  /** Each leads to the text. */
  listed: string[]
  /** All of them, in which a beginning is looked up by `|` and its text. */
  text: string
  marks: string
}

export function textWords(text: string): TextWords {
  const words = plainWords(text)
  return { listed: words.listed, text: documentText(words), marks: marksOf(words.others).toString() }
}

/** `leads` begin listed words; the text must match all of `tests` and have the marks in `mask`. */
export type TextQuery = { leads: string[]; tests: string[]; mask: string }

/** Null when the query has no word. */
export function textQuery(q: string): TextQuery | null {
  const { leads, tests } = plainReading(q)
  return leads.length === 0 ? null : { leads, tests: tests.map(patternOf), mask: marksOf(tests).toString() }
}
