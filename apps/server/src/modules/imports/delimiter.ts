/** Finds the delimiter over the first rows: the one that cuts most rows into as many fields as the header. */
import { tableBegins } from './header-row.ts'

const candidates = [',', ';', '\t', '|'] as const
const rowsLookedAt = 100

export type Separation = { delimiter: string; spaced: boolean; declared: boolean }

/** `head` is the beginning of the file as text; its last row may be cut off. */
export function detectSeparation(head: string): Separation {
  const text = head.replace(/^\uFEFF/, '')
  const declared = /^\s*"?sep=(.)"?\r?\n/i.exec(text)?.[1]
  if (declared) return { delimiter: declared, spaced: false, declared: true }
  const scored = candidates.map((delimiter) => ({ delimiter, score: score(fieldCounts(text, delimiter)) }))
  const best = scored.reduce((most, next) => (next.score > most.score ? next : most))
  return { delimiter: best.delimiter, spaced: isSpaced(text, best.delimiter), declared: false }
}

/** Share of rows that agree with the header, then the number of fields; nothing when it never cuts. */
function score(counts: number[]): number {
  const [header = 1, ...rest] = counts.slice(tableBegins(counts))
  if (header < 2) return 0
  const agreeing = rest.filter((count) => count === header).length
  return (rest.length === 0 ? 1 : agreeing / rest.length) + Math.min(header, 1000) / 10_000
}

function fieldCounts(text: string, delimiter: string): number[] {
  const counts: number[] = []
  let fields = 1
  let quoted = false
  let start: boolean = true
  let blank = true
  for (let at = 0; at < text.length && counts.length < rowsLookedAt; at += 1) {
    const sign = text[at]
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') at += 1
      else if (sign === '"') quoted = false
      continue
    }
    const opensField: boolean = start
    start = sign === delimiter || (opensField && sign === ' ')
    if (sign === '"' && opensField) quoted = true
    else if (sign === delimiter) fields += 1
    else if (sign === '\n' || sign === '\r') {
      if (!blank) counts.push(fields)
      fields = 1
      start = true
      blank = true
      continue
    }
    blank = false
  }
  if (counts.length === 0) counts.push(fields)
  return counts
}

/** `a, b, c`: the header has a blank after every delimiter. */
function isSpaced(text: string, delimiter: string): boolean {
  const header = text.trimStart().split(/[\r\n]/, 1)[0] ?? ''
  const [, ...rest] = header.split(delimiter)
  return delimiter !== '\t' && rest.length > 0 && rest.every((field) => field.startsWith(' '))
}
