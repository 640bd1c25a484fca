/**
 * The model of Fellegi and Sunter: for each column and level of agreement, how often it is found among records of the
 * same (m) and among any two (u). u is counted on random pairs. m is learned without any labels by expectation
 * maximisation over the candidates, which hold nearly all pairs that can be the same; the share of those among all pairs
 * of records is learned with it.
 */
import { candidates, type Blocks } from './blocking.ts'
import { different, unknown } from './compare.ts'
import { learnTogether } from './dependence.ts'
import { chancesOf, levelsOf, oddsOf, probable, type Model } from './score.ts'
import { seeded } from './seeded.ts'
import type { Table } from './table.ts'

const randomPairs = 100_000
const sampledPairs = 80_000
const rounds = 30
/** What is expected of records of the same before anything is seen, worth so many pairs. */
const expected = [0.75, 0.12, 0.05, 0.08]
const worth = 20
/** How any two agree before anything is seen, worth so many pairs: few records have few pairs to count. */
const usual = [0.01, 0.01, 0.03, 0.95]
const usualWorth = 20
/** A merge that people made is worth so many pairs; chance is worth so many of those that they kept apart. */
const decisionWorth = 5
const chanceWorth = 500
/** However often records of the same disagree in a column, it never speaks for them. */
const mostDifferent = 0.3

/** What people decided on pairs of records, by their places in the table. */
export type Decision = { a: number; b: number; same: boolean }

/** @param decisions weigh more than what is only probable */
export function learn(table: Table, blocks: Blocks, decisions: readonly Decision[] = []): Model {
  const total = Math.max((table.size * (table.size - 1)) / 2, 1)
  const u = countChance(table)
  const together = learnTogether(table)
  const doubt = learnDoubt(table, u, decisions)
  const start: Model = {
    columns: u.map((shares, index) => ({
      m: [...expected],
      u: shares,
      together: together[index] ?? [],
      doubt: doubt[index] ?? [],
    })),
    prior: (0.05 * table.size) / total,
  }
  const taught = table.columns.map(() => expected.map((share) => share * worth))
  for (const { a, b } of decisions.filter((decision) => decision.same))
    count(taught, levelsOf(table, a, b), decisionWorth)
  return maximise(table, start, sampleCandidates(table, blocks), { total, taught })
}

function count(counts: number[][], found: Uint8Array, weight: number): void {
  for (const [index, level] of found.entries()) {
    const of = counts[index]
    if (level !== unknown && of) of[level] = (of[level] ?? 0) + weight
  }
}

/** Agreements that misled count for less from then on. */
function learnDoubt(table: Table, u: number[][], decisions: readonly Decision[]): number[][] {
  const against = decisions.filter((decision) => !decision.same)
  const counts = u.map((shares) => shares.map((share) => share * chanceWorth))
  for (const { a, b } of against) count(counts, levelsOf(table, a, b), 1)
  return counts.map((of, index) => {
    const sum = of.reduce((a, b) => a + b)
    return of.map((one, level) =>
      level === different ? 1 : Math.max(1, one / sum / (u[index]?.[level] ?? 1)),
    )
  })
}

/** What is expected of any records, where too few are here to learn from. */
export function unlearned(table: Table): Model {
  const columns = table.columns.map(() => ({ m: expected, u: usual, together: [], doubt: [] }))
  return { columns, prior: 0.05 }
}

/** How often two records picked at random agree on each level. */
function countChance(table: Table): number[][] {
  const random = seeded(table.size)
  const counted = table.columns.map(() => usual.map((share) => share * usualWorth))
  const total = (table.size * (table.size - 1)) / 2
  for (let i = 0; i < Math.min(randomPairs, total * 2); i++) {
    const a = Math.floor(random() * table.size)
    const b = Math.floor(random() * table.size)
    if (a === b) continue
    count(counted, levelsOf(table, a, b), 1)
  }
  return counted.map((counts) => {
    const sum = counts.reduce((a, b) => a + b)
    return counts.map((count) => count / sum)
  })
}

type Sample = {
  a: Uint32Array
  b: Uint32Array
  levels: Uint8Array
  /** For how many candidates each stands. */
  scale: number
}

function sampleCandidates(table: Table, blocks: Blocks): Sample {
  const random = seeded(7)
  const a = new Uint32Array(sampledPairs)
  const b = new Uint32Array(sampledPairs)
  let seen = 0
  for (const [one, other] of candidates(blocks)) {
    const at = seen < sampledPairs ? seen : Math.floor(random() * (seen + 1))
    if (at < sampledPairs) {
      a[at] = one
      b[at] = other
    }
    seen++
  }
  const size = Math.min(seen, sampledPairs)
  const width = table.columns.length
  const found = new Uint8Array(size * width)
  for (let pair = 0; pair < size; pair++) found.set(levelsOf(table, a[pair] ?? 0, b[pair] ?? 0), pair * width)
  return { a: a.subarray(0, size), b: b.subarray(0, size), levels: found, scale: seen / Math.max(size, 1) }
}

type Given = { total: number; taught: readonly (readonly number[])[] }

function maximise(table: Table, start: Model, sample: Sample, { total, taught }: Given): Model {
  const width = table.columns.length
  const at = (pair: number) => sample.levels.subarray(pair * width, (pair + 1) * width)
  const chances = new Float32Array(sample.levels.length)
  for (let pair = 0; pair < sample.a.length; pair++)
    chances.set(chancesOf(table, start, sample.a[pair] ?? 0, sample.b[pair] ?? 0, at(pair)), pair * width)
  let model = start
  for (let round = 0; round < rounds; round++) {
    const counts = taught.map((shares) => [...shares])
    let matches = 0
    for (let pair = 0; pair < sample.a.length; pair++) {
      const found = at(pair)
      const weight = probable(oddsOf(model, found, chances.subarray(pair * width, (pair + 1) * width)))
      if (weight < 1e-4) continue
      matches += weight
      count(counts, found, weight)
    }
    const prior = Math.max(matches * sample.scale, 0.5) / total
    const settled = Math.abs(prior - model.prior) < model.prior * 1e-3
    const columns = model.columns.map((column, index) => ({ ...column, m: sharesOf(counts[index] ?? []) }))
    model = { columns, prior }
    if (settled) break
  }
  return model
}

function sharesOf(counts: readonly number[]): number[] {
  const sum = counts.reduce((a, b) => a + b)
  const shares = counts.map((count) => count / sum)
  const over = (shares[3] ?? 0) - mostDifferent
  if (over <= 0) return shares
  const rest = 1 - (shares[3] ?? 0)
  return shares.map((share, level) => (level === 3 ? mostDifferent : share * (1 + over / rest)))
}
