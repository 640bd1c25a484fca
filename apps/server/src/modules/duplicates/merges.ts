/** SQL of merges. */
import type { DuplicateState } from '@rapport/contracts'
import { sql } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { Led } from './led.ts'
import type { Moved } from './moved.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Pair = { id: string; state: DuplicateState | null }

export type MergeRow = {
  id: string
  object: string
  winner_id: string
  winner_version: number | null
  led: Led[]
  moved: Moved[]
  pairs: Pair[]
  undone_at: string | null
}

export async function insertMerge(
  { tx, actor }: Context,
  { id, object, winner_id, winner_version, led, moved, pairs }: Omit<MergeRow, 'undone_at'>,
  loser_ids: readonly string[],
): Promise<void> {
  await sql`
    INSERT INTO merges (organization_id, id, object, winner_id, winner_version, led, moved, pairs, merged_by)
    VALUES (${actor.organization_id}::uuid, ${id}::uuid, ${object}, ${winner_id}::uuid, ${winner_version},
      ${JSON.stringify(led)}::jsonb, ${JSON.stringify(moved)}::jsonb, ${JSON.stringify(pairs)}::jsonb, ${actor.user_id}::uuid)`.execute(
    tx,
  )
  await sql`
    INSERT INTO merged_records (organization_id, object, loser_id, winner_id, merge_id)
    SELECT ${actor.organization_id}::uuid, ${object}, n, ${winner_id}::uuid, ${id}::uuid FROM unnest(${loser_ids}::uuid[]) n`.execute(
    tx,
  )
}

export async function lockMerge({ tx, actor }: Context, id: string): Promise<MergeRow | undefined> {
  const { rows } = await sql<MergeRow>`
    SELECT id, object, winner_id, winner_version, led, moved, pairs, undone_at FROM merges
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(tx)
  return rows[0]
}

export async function losersOf({ tx, actor }: Context, merge_id: string): Promise<string[]> {
  const { rows } = await sql<{ loser_id: string }>`
    SELECT loser_id FROM merged_records
    WHERE organization_id = ${actor.organization_id}::uuid AND merge_id = ${merge_id}::uuid ORDER BY loser_id`.execute(
    tx,
  )
  return rows.map(({ loser_id }) => loser_id)
}

export async function endMerge({ tx, actor }: Context, id: string): Promise<void> {
  await sql`
    DELETE FROM merged_records WHERE organization_id = ${actor.organization_id}::uuid AND merge_id = ${id}::uuid`.execute(
    tx,
  )
  await sql`
    UPDATE merges SET undone_at = now(), led = '[]', moved = '[]', pairs = '[]'
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
}

/** The winner of a merge that the record was lost in. */
export async function findWinner({ tx, actor }: Context, object: string, id: string) {
  const { rows } = await sql<{ winner_id: string; merge_id: string }>`
    SELECT winner_id, merge_id FROM merged_records
    WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object} AND loser_id = ${id}::uuid`.execute(
    tx,
  )
  return rows[0]
}

/** Merged is what people said of these pairs, also of such as the finder did not know. Answers how they were before. */
export async function markMerged(
  { tx, actor }: Context,
  object: string,
  { winner_id, loser_ids }: { winner_id: string; loser_ids: readonly string[] },
): Promise<Pair[]> {
  const all = [winner_id, ...loser_ids].toSorted()
  const { rows: known } = await sql<Pair & { a_id: string; b_id: string }>`
    SELECT id, state, a_id, b_id FROM duplicates
    WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object} AND a_id = ANY(${all}::uuid[])
      AND b_id = ANY(${all}::uuid[]) ORDER BY id FOR UPDATE`.execute(tx)
  const wanted = all.flatMap((a, place) =>
    all.slice(place + 1).map((b) => ({ id: newId(), a_id: a, b_id: b })),
  )
  const made = wanted.filter(({ a_id, b_id }) => !known.some((one) => one.a_id === a_id && one.b_id === b_id))
  await sql`
    UPDATE duplicates SET state = 'merged', decided_by = ${actor.user_id}::uuid, decided_at = now()
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ANY(${known.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  )
  await sql`
    INSERT INTO duplicates (organization_id, id, object, a_id, b_id, score, reasons, state, scan_id, decided_by, decided_at)
    SELECT ${actor.organization_id}::uuid, n.id, ${object}, n.a_id, n.b_id, 1, '[]', 'merged', n.id, ${actor.user_id}::uuid, now()
    FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb) AS n (id uuid, a_id uuid, b_id uuid)`.execute(tx)
  return [...known.map(({ id, state }) => ({ id, state })), ...made.map(({ id }) => ({ id, state: null }))]
}

export async function unmarkMerged({ tx, actor }: Context, pairs: readonly Pair[]): Promise<void> {
  const rows = JSON.stringify(pairs)
  await sql`
    DELETE FROM duplicates d USING jsonb_to_recordset(${rows}::jsonb) AS n (id uuid, state text)
    WHERE d.organization_id = ${actor.organization_id}::uuid AND d.id = n.id AND n.state IS NULL`.execute(tx)
  await sql`
    UPDATE duplicates d SET state = n.state, decided_by = CASE WHEN n.state = 'open' THEN NULL ELSE d.decided_by END,
      decided_at = CASE WHEN n.state = 'open' THEN NULL ELSE d.decided_at END
    FROM jsonb_to_recordset(${rows}::jsonb) AS n (id uuid, state text)
    WHERE d.organization_id = ${actor.organization_id}::uuid AND d.id = n.id AND n.state IS NOT NULL`.execute(
    tx,
  )
}
