/**
 * What goes together by itself: the city with its state, the name with the site. Records that agree in the one agree in
 * the other, though they are not the same, so the second says little more. It is counted on pairs that agree in one
 * column and differ in most of the others, so that they are not the same.
 */
import { different, levels, same, unknown } from './compare.ts'
import { levelsOf } from './score.ts'
import { seeded } from './seeded.ts'
import type { ColumnValues, Table } from './table.ts'

const pairsEach = 3_000
/** Pairs that are not the same, before anything is concluded from them. */
const enough = 30
/** What goes together does so often, and much more often than by chance. */
const often = 0.25
const noticeable = 5

/** By column, and by the one that it goes with: how often it agrees then, by level; null where that is left to chance. */
export function learnTogether(table: Table): (readonly number[] | null)[][] {
  const width = table.columns.length
  const together = table.columns.map((): (readonly number[] | null)[] =>
    Array.from({ length: width }, () => null),
  )
  const telling = table.columns.map((column) => 1 / chanceOfSame(column))
  for (const [given, column] of table.columns.entries()) {
    const counts = countGiven(table, column, given)
    for (let asked = 0; asked < width; asked++) {
      if (asked === given || !isBefore(telling, given, asked)) continue
      const count = counts[asked] ?? []
      const sum = count.reduce((a, b) => a + b, 0)
      const shares = count.map((one) => one / sum)
      const usual = chanceOfSame(table.columns[asked] ?? column)
      const of = together[asked]
      if (of && sum >= enough && (shares[same] ?? 0) > Math.max(often, noticeable * usual)) of[given] = shares
    }
  }
  return together
}

/** The more telling column keeps its weight; what goes with it loses some. */
const isBefore = (telling: readonly number[], one: number, other: number): boolean =>
  (telling[one] ?? 0) > (telling[other] ?? 0) || (telling[one] === telling[other] && one < other)

function chanceOfSame({ counts, filled }: ColumnValues): number {
  let pairs = 0
  for (let number = 1; number < counts.length; number++) pairs += ((counts[number] ?? 0) / filled) ** 2
  return pairs || 1
}

/** By column and level: how often records that agree in this column, and hardly anywhere else, do so there. */
function countGiven(table: Table, column: ColumnValues, given: number): number[][] {
  const counted = table.columns.map(() => Array.from({ length: levels }, () => 0))
  for (const [a, b] of pairsSharing(table, column)) {
    const found = levelsOf(table, a, b)
    for (const [asked, counts] of counted.entries()) {
      const level = found[asked] ?? unknown
      if (level !== unknown && asked !== given && areOthers(found, given, asked))
        counts[level] = (counts[level] ?? 0) + 1
    }
  }
  return counted
}

/** Whether most of the further columns say that these two are not the same. */
function areOthers(found: Uint8Array, given: number, asked: number): boolean {
  let [apart, known] = [0, 0]
  for (const [index, level] of found.entries()) {
    if (index === given || index === asked || level === unknown) continue
    known++
    if (level === different) apart++
  }
  return apart * 2 > known
}

function* pairsSharing(table: Table, column: ColumnValues): Generator<[number, number]> {
  const random = seeded(11)
  const groups = new Map<number, number[]>()
  for (let record = 0; record < table.size; record++) {
    const value = column.at(record)
    if (value === 0 || (column.counts[value] ?? 0) < 2) continue
    const group = groups.get(value)
    if (group) group.push(record)
    else groups.set(value, [record])
  }
  const records = [...groups.values()].flat()
  for (let i = 0; i < pairsEach && records.length > 0; i++) {
    const a = records[Math.floor(random() * records.length)] ?? 0
    const group = groups.get(column.at(a)) ?? []
    const b = group[Math.floor(random() * group.length)] ?? a
    if (a !== b) yield [a, b]
  }
}
