/** What is said of two records: how probable it is that they are the same, and by what. */
import { alike, close, same, unknown } from './compare.ts'
import { chancesOf, levelsOf, oddsOf, probable, weightOf, type Model } from './score.ts'
import type { Table } from './table.ts'

/** From here on a pair is proposed. */
export const proposedFrom = 0.5
/** From here on it is told as sure. */
export const sureFrom = 0.95
/** Who agrees in nothing but the name stays below that. */
const mostByName = 0.9
/** What the other columns have to say together: eight times as probable as by chance. */
const corroborated = Math.log(8)

export type Agreement = 'same' | 'close' | 'alike' | 'different'
const agreements: readonly Agreement[] = ['same', 'close', 'alike', 'different']

export type Reason = {
  /** The name of the column. */
  name: string
  agreement: Agreement
  /** In bits: how much it speaks for them, or against. */
  weight: number
}
export type Judgement = { score: number; reasons: Reason[] }

export function scoreOf(table: Table, model: Model, a: number, b: number, found: Uint8Array): number {
  const chances = chancesOf(table, model, a, b, found)
  const score = probable(oddsOf(model, found, chances))
  if (score <= mostByName) return score
  let beside = 0
  for (const [index, { column }] of table.columns.entries()) {
    const weights = model.columns[index]
    if (weights && !column.is_name) beside += weightOf(weights, found[index] ?? unknown, chances[index] ?? 1)
  }
  return beside >= corroborated && !areNamedApart(table, a, b, found) ? score : mostByName
}

/**
 * Whether their names say no more than that they may be others. Colleagues have one employer, one address and one
 * switchboard, relatives the last name as well, so that of people only what they are called first is asked. The
 * companies of a group have all those, and names that are alike.
 */
function areNamedApart({ columns }: Table, a: number, b: number, found: Uint8Array): boolean {
  const known = [...columns.entries()].filter(
    ([index, { column }]) => column.is_name && found[index] !== unknown,
  )
  const own = known.filter(([, { column }]) => column.kind === 'person')
  const names = own.length > 0 ? own.slice(0, 1) : known
  const enough = own.length > 0 ? alike : close
  if (names.length === 0 || names.some(([index]) => (found[index] ?? unknown) <= enough)) return false
  // A first name may stand where the last one does.
  const words = (record: number, parts: typeof own) =>
    parts.flatMap(([, column]) => column.textOf(record).split(' '))
  const isIn = (one: number, other: number) => {
    const all = words(other, own)
    return words(one, own.slice(0, 1)).some((word) => all.includes(word))
  }
  return !isIn(a, b) && !isIn(b, a)
}

export function judge(table: Table, model: Model, a: number, b: number): Judgement {
  const found = levelsOf(table, a, b)
  const chances = chancesOf(table, model, a, b, found)
  const reasons = new Map<string, Reason>()
  for (const [index, { column }] of table.columns.entries()) {
    const level = found[index] ?? unknown
    const weights = model.columns[index]
    if (level === unknown || !weights) continue
    const name = column.of ?? column.name
    const weight = weightOf(weights, level, chances[index] ?? 1) / Math.LN2
    const other = reasons.get(name)
    // Of a name the worse part tells how far it agrees.
    const worse = Math.max(level, other ? agreements.indexOf(other.agreement) : same)
    reasons.set(name, {
      name,
      agreement: agreements[worse] ?? 'different',
      weight: Math.round((weight + (other?.weight ?? 0)) * 10) / 10,
    })
  }
  return {
    score: Math.round(scoreOf(table, model, a, b, found) * 1e4) / 1e4,
    reasons: [...reasons.values()].toSorted((one, other) => other.weight - one.weight),
  }
}
