/** Whose a record has been: read from its timeline, which knows every change of its owner and the rule that chose. */
import type { Ownership, RecordRef } from '@rapport/contracts'
import { sql } from 'kysely'
import { belongsClause, seenBy } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { readPlace } from '../records/index.ts'

type Begun = { owner_id: string | null; created_at: string; by_id: string | null; by_name: string | null }
type Change = {
  before: string | null
  after: string | null
  at: string
  by_id: string | null
  by_name: string
}
type Chosen = { owner_id: string; rule: string; at: string }

export async function readOwners(ctx: Ctx, record: RecordRef): Promise<Ownership[]> {
  const { kind } = await readPlace(ctx, record)
  if (!seenBy(kind.records, ctx.actor).fields.has('owner_id')) return []
  const { tx, actor } = ctx
  const facts = sql`FROM activities a WHERE a.organization_id = ${actor.organization_id}::uuid
    AND a.object = ${record.object} AND a.record_id = ${record.id}::uuid`
  const [begun, changes, chosen] = await Promise.all([
    sql<Begun>`
      SELECT r.owner_id, r.created_at, c.actor_id AS by_id, c.actor_name AS by_name
      FROM ${sql.table(kind.records.table)} r
      LEFT JOIN LATERAL (SELECT a.actor_id, a.actor_name ${facts} AND a.type = 'created' ORDER BY a.occurred_at LIMIT 1) c ON true
      WHERE ${belongsClause(kind.records, actor)} AND r.id = ${record.id}::uuid`.execute(tx),
    sql<Change>`
      SELECT a.data->'changes'->'owner_id'->>0 AS before, a.data->'changes'->'owner_id'->>1 AS after,
        a.occurred_at AS at, a.actor_id AS by_id, a.actor_name AS by_name
      ${facts} AND a.data->'changes' ? 'owner_id' ORDER BY a.occurred_at, a.id`.execute(tx),
    sql<Chosen>`
      SELECT a.data->>'owner_id' AS owner_id, a.data->>'rule' AS rule, a.occurred_at AS at
      ${facts} AND a.type = 'assigned'`.execute(tx),
  ])
  const [first] = begun.rows
  return first ? spansOf(first, changes.rows, chosen.rows) : []
}

function spansOf(begun: Begun, changes: readonly Change[], chosen: readonly Chosen[]): Ownership[] {
  const { created_at, by_id, by_name } = begun
  const owner_id = changes[0] ? changes[0].before : begun.owner_id
  const given = [{ owner_id, at: created_at, by_id, by_name }]
  for (const { after, at, ...by } of changes) given.push({ owner_id: after, at, ...by })
  const spans = given.map((one, place): Ownership => {
    const from = new Date(one.at).toISOString()
    const next = given[place + 1]
    // A rule tells in the transaction of the change, and so at the same time.
    const rule = chosen.find(
      (each) => each.owner_id === one.owner_id && new Date(each.at).toISOString() === from,
    )
    return {
      owner_id: one.owner_id,
      from,
      to: next ? new Date(next.at).toISOString() : null,
      by: one.by_name === null ? null : { id: one.by_id, name: one.by_name },
      rule: rule?.rule ?? null,
    }
  })
  return spans.toReversed()
}
