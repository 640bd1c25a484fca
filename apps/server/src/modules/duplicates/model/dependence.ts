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
/**
 * And such a part of all that agree in the column: where fewer are, most of these are the same, and so are those few that
 * look as if they were not.
 */
const unlike = 0.4
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
    const counted = countGiven(table, column, given)
    for (const [asked, { counts, seen }] of counted.entries()) {
      if (asked === given || !isBefore(telling, given, asked)) continue
      const sum = counts.reduce((a, b) => a + b, 0)
      const shares = counts.map((one) => one / sum)
      const usual = chanceOfSame(table.columns[asked] ?? column)
      const of = together[asked]
      if (of && sum >= Math.max(enough, seen * unlike) && isNoticeable(shares[same] ?? 0, usual))
        of[given] = shares
    }
  }
  return together
}

/** In odds, so that what most records have in common can go together with something as well: one country and its cities. */
const isNoticeable = (share: number, usual: number): boolean =>
  share > often && share * (1 - usual) > noticeable * usual * (1 - share)

/** The more telling column keeps its weight; what goes with it loses some. */
const isBefore = (telling: readonly number[], one: number, other: number): boolean =>
  (telling[one] ?? 0) > (telling[other] ?? 0) || (telling[one] === telling[other] && one < other)

function chanceOfSame({ counts, filled }: ColumnValues): number {
  let pairs = 0
  for (let number = 1; number < counts.length; number++) pairs += ((counts[number] ?? 0) / filled) ** 2
  return pairs || 1
}

type Counted = {
  /** By level, of pairs that are not the same, */
  counts: number[]
  /** and how many pairs there were. */
  seen: number
}

/** By column: how often records that agree in this column, and hardly anywhere else, do so there. */
function countGiven(table: Table, column: ColumnValues, given: number): Counted[] {
  const counted = table.columns.map((): Counted => ({
    counts: Array.from({ length: levels }, () => 0),
    seen: 0,
  }))
  for (const [a, b] of pairsSharing(table, column)) {
    const found = levelsOf(table, a, b)
    for (const [asked, of] of counted.entries()) {
      const level = found[asked] ?? unknown
      if (level === unknown || asked === given) continue
      of.seen++
      if (areOthers(table, found, given, asked)) of.counts[level] = (of.counts[level] ?? 0) + 1
    }
  }
  return counted
}

/** Whether most of the further columns say that these two are not the same; of as many for as against, the names do. */
function areOthers({ columns }: Table, found: Uint8Array, given: number, asked: number): boolean {
  let [apart, known, named, namedApart] = [0, 0, 0, 0]
  for (const [index, level] of found.entries()) {
    if (index === given || index === asked || level === unknown) continue
    const is_apart = Number(level === different)
    known++
    apart += is_apart
    if (!columns[index]?.column.is_name) continue
    named++
    namedApart += is_apart
  }
  return apart * 2 > known || (apart * 2 === known && named > 0 && named === namedApart)
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
