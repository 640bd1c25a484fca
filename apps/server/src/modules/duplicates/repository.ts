/** SQL of pairs and of what the finder reads. */
import type { Duplicate, DuplicateState } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { Actor } from '../../platform/actor.ts'
import {
  belongsClause,
  decodeCursor,
  encodeCursor,
  visibleClause,
  type RecordDescription,
} from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { Row } from './columns.ts'
import type { FoundPair } from './thread.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export type PairRow = Pick<Duplicate, 'id' | 'object' | 'score' | 'reasons' | 'state' | 'found_at'> & {
  a_id: string
  b_id: string
  a_name: string
  b_name: string
}

const columns = sql`d.id, d.object, d.a_id, d.b_id, d.score, d.reasons, d.state, d.found_at`

/**
 * The pairs `d` whose two records `r` and `t` the actor may read. Each is looked up by its id (OFFSET keeps it so): right
 * after a scan the planner knows nothing of the pairs, and would rather read all records than a page of them.
 */
const readable = (actor: Actor, records: RecordDescription): RawBuilder<unknown> => {
  const one = (alias: 'r' | 't', id: 'a_id' | 'b_id') => sql`
    CROSS JOIN LATERAL (SELECT ${sql.ref(`${alias}.${records.title}`)} AS name, ${sql.ref(`${alias}.deleted_at`)}
      FROM ${sql.table(records.table)} ${sql.raw(alias)}
      WHERE ${belongsClause(records, actor, alias)} AND ${sql.ref(`${alias}.id`)} = ${sql.ref(`d.${id}`)}
        ${visibleClause(records, actor, alias)} OFFSET 0) ${sql.raw(alias)}`
  return sql`FROM duplicates d ${one('r', 'a_id')} ${one('t', 'b_id')}
    WHERE d.organization_id = ${actor.organization_id}::uuid AND d.object = ${records.object}`
}

/** Of what lies in the trash nothing is proposed. */
const live = sql`AND r.deleted_at IS NULL AND t.deleted_at IS NULL`

const named = sql`r.name AS a_name, t.name AS b_name`

type Wanted = { state: DuplicateState; limit: number; cursor?: string | undefined }
const order = 'duplicates:-score,id'

export async function listPairs(
  { tx, actor }: Context,
  records: RecordDescription,
  { limit, ...wanted }: Wanted,
): Promise<{ rows: PairRow[]; next_cursor: string | null }> {
  const { rows } = await selectPairs(actor, records, { limit, ...wanted }).execute(tx)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    rows: page,
    next_cursor: last ? encodeCursor(order, JSON.stringify([String(last.score), last.id])) : null,
  }
}

/** One more than the page has, to know whether another follows. */
export function selectPairs(
  actor: Actor,
  records: RecordDescription,
  { state, limit, cursor }: Wanted,
): RawBuilder<PairRow> {
  const [score, id] = cursor === undefined ? [] : decodeCursor(order, ['float8', 'uuid'], cursor)
  const after = cursor === undefined ? sql`` : sql`AND (d.score, d.id) < (${score}::float8, ${id}::uuid)`
  return sql<PairRow>`
    SELECT ${columns}, ${named} ${readable(actor, records)} AND d.state = ${state}
      ${state === 'merged' ? sql`` : live} ${after}
    ORDER BY d.score DESC, d.id DESC LIMIT ${limit + 1}`
}

export async function pairsOf(
  { tx, actor }: Context,
  records: RecordDescription,
  record_id: string,
): Promise<PairRow[]> {
  const one = (column: 'a_id' | 'b_id') => sql`
    SELECT ${columns}, ${named} ${readable(actor, records)} AND d.state = 'open' ${live}
      AND ${sql.ref(`d.${column}`)} = ${record_id}::uuid`
  const { rows } =
    await sql<PairRow>`${one('a_id')} UNION ALL ${one('b_id')} ORDER BY score DESC LIMIT 20`.execute(tx)
  return rows
}

export async function findObject({ tx, actor }: Context, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ object: string }>`
    SELECT object FROM duplicates WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(
    tx,
  )
  return rows[0]?.object
}

export async function lockPair(
  { tx, actor }: Context,
  records: RecordDescription,
  id: string,
): Promise<PairRow | undefined> {
  const { rows } = await sql<PairRow>`
    SELECT ${columns}, ${named} ${readable(actor, records)} AND d.id = ${id}::uuid FOR UPDATE OF d`.execute(
    tx,
  )
  return rows[0]
}

export async function decide({ tx, actor }: Context, id: string, state: 'open' | 'dismissed'): Promise<void> {
  const decided = state === 'dismissed'
  await sql`
    UPDATE duplicates SET state = ${state}, decided_by = ${decided ? actor.user_id : null}::uuid,
      decided_at = ${decided ? sql`now()` : sql`NULL`}
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
}

/** What people said of pairs, the newest first. */
export async function readDecisions(
  { tx, actor }: Context,
  object: string,
): Promise<{ a: string; b: string; same: boolean }[]> {
  const { rows } = await sql<{ a: string; b: string; same: boolean }>`
    SELECT a_id AS a, b_id AS b, state = 'merged' AS same FROM duplicates
    WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object} AND state <> 'open'
    ORDER BY decided_at DESC LIMIT 5000`.execute(tx)
  return rows
}

export async function countRecords({ tx, actor }: Context, records: RecordDescription): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.deleted_at IS NULL`.execute(tx)
  return rows[0]?.count ?? 0
}

/** The next live records in the order of their ids. */
export async function readRecords(
  { tx, actor }: Context,
  records: RecordDescription,
  after: string | null,
  limit: number,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT r.* FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.deleted_at IS NULL
      ${after === null ? sql`` : sql`AND r.id > ${after}::uuid`} ORDER BY r.id LIMIT ${limit}`.execute(tx)
  return rows
}

/** What was decided stays; of an open pair the newest judgement counts. */
export async function keepPairs(
  { tx, actor }: Context,
  object: string,
  scan_id: string,
  pairs: readonly FoundPair[],
): Promise<void> {
  const rows = pairs.map(({ a, b, score, reasons }) => ({
    id: newId(),
    a_id: a,
    b_id: b,
    score,
    reasons: reasons.map(({ name, agreement, weight }) => ({ field: name, agreement, weight })),
  }))
  await sql`
    INSERT INTO duplicates (organization_id, id, object, a_id, b_id, score, reasons, scan_id)
    SELECT ${actor.organization_id}::uuid, n.id, ${object}, n.a_id, n.b_id, n.score, n.reasons, ${scan_id}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (id uuid, a_id uuid, b_id uuid, score float8, reasons jsonb)
    ON CONFLICT (organization_id, object, a_id, b_id) DO UPDATE
      SET score = EXCLUDED.score, reasons = EXCLUDED.reasons, scan_id = EXCLUDED.scan_id`.execute(tx)
}

/** Open pairs that the scan did not find any more. */
export async function dropUnfound({ tx, actor }: Context, object: string, scan_id: string): Promise<void> {
  await sql`
    DELETE FROM duplicates WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
      AND state = 'open' AND scan_id <> ${scan_id}::uuid`.execute(tx)
}
