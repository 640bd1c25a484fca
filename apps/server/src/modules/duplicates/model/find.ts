/** All pairs of records that are probably the same. */
import { candidates, planBlocks } from './blocking.ts'
import { learn, type Decision } from './estimate.ts'
import { judge, proposedFrom, scoreOf, type Judgement } from './judge.ts'
import { levelsOf, type Model } from './score.ts'
import type { Table } from './table.ts'

export type Found = Judgement & { a: number; b: number }

/** Nobody reads through more; of more than that the most probable are kept. */
const mostFor = 5

export type Finding = { model: Model; pairs: Found[] }

export function findDuplicates(table: Table, decisions: readonly Decision[] = []): Finding {
  const blocks = planBlocks(table)
  const model = learn(table, blocks, decisions)
  const scored: { a: number; b: number; score: number }[] = []
  const most = Math.max(1_000, table.size * mostFor)
  for (const [a, b] of candidates(blocks)) {
    const score = scoreOf(table, model, a, b, levelsOf(table, a, b))
    if (score < proposedFrom) continue
    scored.push({ a, b, score })
    if (scored.length > most * 2) keepBest(scored, most)
  }
  keepBest(scored, most)
  return { model, pairs: scored.map(({ a, b }) => ({ a, b, ...judge(table, model, a, b) })) }
}

function keepBest(scored: { score: number }[], most: number): void {
  scored.sort((one, other) => other.score - one.score)
  scored.length = Math.min(scored.length, most)
}
