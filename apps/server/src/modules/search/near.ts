/**
 * The words that an organization has written, by which a misspelt query finds what was meant. They are learned as they
 * come, once for an organization and not for each record, so an import pays for the words that it is the first to bring.
 */
import { sql } from 'kysely'
import { queryBuilder } from '../../platform/kysely.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { isLearned } from './spelling.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Entry = { id: string; words: readonly string[] }

/** What this process has seen to be learned: words of committed records, which need no second look. */
let known = new Map<string, Set<string>>()
let remembered = 0
let since = 0
const most = 500_000
/** Words that are taken away, because they lead nowhere, may come again. */
const forgotten_ms = 600_000

function knownOf(organization_id: string): Set<string> {
  const now = Date.now()
  if (remembered > most || now - since > forgotten_ms) {
    known = new Map()
    remembered = 0
    since = now
  }
  const held = known.get(organization_id)
  if (held) return held
  const fresh = new Set<string>()
  known.set(organization_id, fresh)
  return fresh
}

export async function learnWords({ tx, actor }: Context, entries: readonly Entry[]): Promise<void> {
  const { organization_id } = actor
  const held = knownOf(organization_id)
  const asked = new Map<string, string>()
  for (const { id, words } of entries)
    for (const word of words) if (!held.has(word) && isLearned(word)) asked.set(word, id)
  if (asked.size === 0) return
  const words = [...asked.keys()].toSorted()
  const records = words.map((word) => asked.get(word))
  const { rows } = await sql<{ fresh: string[] }>`
    SELECT search_learn(${organization_id}::uuid, ${words}::text[], ${records}::uuid[]) AS fresh`.execute(tx)
  // What this transaction brings is only there when it commits.
  const fresh = new Set(rows[0]?.fresh ?? [])
  for (const word of words) if (!fresh.has(word)) held.add(word)
  remembered += words.length
}

/** Takes away those of the words that lead to no record; answers how many rows they had. */
export async function unlearnWords({ tx, actor }: Context, words: readonly string[]): Promise<number> {
  const learned = [...new Set(words)].filter(isLearned)
  if (learned.length === 0) return 0
  const { rows } = await sql<{ gone: number }>`
    SELECT search_unlearn(${actor.organization_id}::uuid, ${learned}::text[]) AS gone`.execute(tx)
  return rows[0]?.gone ?? 0
}

const lookedAt = 1_000

/** Words that share a piece with one of those that are asked for, by its place, from 1. */
export const selectAlike = (organization_id: string, asked: readonly string[]) =>
  sql<{ place: number; word: string }>`
    SELECT place, word FROM search_alike(${organization_id}::uuid, ${asked}::text[], ${lookedAt}::int)`.compile(
    queryBuilder,
  )

const atOnce = 2_000

/** A page of the learned words behind the one that is given. */
export async function pageOfWords({ tx, actor }: Context, after: string): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    SELECT n.word FROM (
      SELECT DISTINCT piece, word FROM search_near
      WHERE organization_id = ${actor.organization_id}::uuid AND piece = left(word, 5)
        AND (piece, word) > (left(${after}::text, 5), ${after}::text)) n
    ORDER BY n.piece, n.word LIMIT ${atOnce}`.execute(tx)
  return rows.map(({ word }) => word)
}
