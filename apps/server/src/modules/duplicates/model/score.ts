/** What the agreements of two records are worth together. */
import { alike, compareValues, different, same, unknown } from './compare.ts'
import { settleNames } from './names.ts'
import { membersOf, type ColumnValues, type Table } from './table.ts'

export type Weights = {
  /** By level: how often it is found among records of the same, */
  m: readonly number[]
  /** and among any two. */
  u: readonly number[]
  /** By column: how often any two records that agree there agree here, too, by level; none where that is left to chance. */
  together: readonly (readonly number[] | null)[]
  /** By level: how many times more often pairs agree so that people said are not the same. */
  doubt: readonly number[]
}
export type Model = {
  columns: readonly Weights[]
  /** How probable it is that any two records are the same. */
  prior: number
}

export function levelsOf(table: Table, a: number, b: number): Uint8Array {
  const found = new Uint8Array(table.columns.length)
  for (const [index, column] of table.columns.entries())
    found[index] = compareValues(column, column.at(a), column.at(b))
  settleNames(table, a, b, found)
  return found
}

/**
 * How probable each agreement is between two records that are not the same. A value that many have is shared by chance,
 * and so is what goes with something else that they share: a city has one state.
 */
export function chancesOf(table: Table, model: Model, a: number, b: number, found: Uint8Array): Float32Array {
  const chances = new Float32Array(found.length)
  const is_apart = found.includes(different)
  for (const [index, column] of table.columns.entries()) {
    const level = found[index] ?? unknown
    const weights = model.columns[index]
    if (level === unknown || !weights) continue
    let chance =
      level === same ? frequencyOf(column, column.at(a), column.at(b), is_apart) : (weights.u[level] ?? 1)
    if (level !== different)
      for (let other = 0; other < found.length; other++) {
        const by = weights.together[other]?.[level] ?? 0
        const given = found[other] ?? unknown
        if (given < alike) chance = Math.max(chance, by)
        // A postcode of the next district goes with the same city. Names are alike by accident.
        else if (given === alike && !table.columns[other]?.column.is_name)
          chance = Math.max(chance, Math.sqrt(chance * by))
      }
    chances[index] = Math.min(1, chance * (weights.doubt[level] ?? 1))
  }
  return chances
}

/**
 * How often any two records agree on this value; of several that they share, the rarest. The name of a company that no
 * other record has is hardly shared by chance, unless something tells the two apart: then they may be its branches. Nor
 * is an address in the net that only two have.
 */
function frequencyOf(column: ColumnValues, one: number, other: number, is_apart: boolean): number {
  const { is_name, kind } = column.column
  const text = column.texts[one] ?? ''
  // A single word may well come again.
  if (is_name && kind === 'words' && !is_apart && text.includes(' ')) return column.shareBeside(text)
  const others = new Set(membersOf(column.texts[other] ?? ''))
  const shared = membersOf(text).filter((member) => others.has(member))
  const isOwn = kind === 'email' || kind === 'web'
  return Math.min(...shared.map((member) => (isOwn ? column.shareBeside(member) : column.shareOf(member))), 1)
}

/** What one agreement adds to the logarithm of the odds. */
export const weightOf = ({ m }: Weights, level: number, chance: number): number =>
  level === unknown ? 0 : Math.log((m[level] ?? 1) / chance)

/** @param without a column that is not asked */
export function oddsOf(model: Model, found: Uint8Array, chances: Float32Array, without = -1): number {
  let odds = Math.log(model.prior / (1 - model.prior))
  for (let index = 0; index < found.length; index++) {
    const weights = model.columns[index]
    if (weights && index !== without) odds += weightOf(weights, found[index] ?? unknown, chances[index] ?? 1)
  }
  return odds
}

export const probable = (odds: number): number => 1 / (1 + Math.exp(-odds))
