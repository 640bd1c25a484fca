/** Owners by rule: of records that are being made, of some that are there, and of none, to see what would come of it. */
import type { AssignedObject, AssignmentPreview, AssignmentTarget } from '@rapport/contracts'
import { assignedObjects } from '@rapport/contracts'
import { sql } from 'kysely'
import { recordsOf, type RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { choose } from './choose.ts'
import { decide, readMet, type Decision } from './decide.ts'
import { asMembers, keepCredits, lockRules } from './pools.ts'
import { targetsOf } from './repository.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Drafts = readonly (Record<string, unknown> & { id: string })[]

const isAssigned = (object: string): object is AssignedObject => assignedObjects.some((one) => one === object)

/** Of new records, before they are written; those that no rule decides are left out. */
export async function assignNew(
  ctx: Context,
  records: RecordDescription,
  drafts: Drafts,
): Promise<Map<string, Decision>> {
  const { organization_id } = ctx.actor
  const rows = drafts.map((draft) => ({ ...draft, organization_id }))
  const table = sql.table(records.table)
  const from = sql`FROM jsonb_populate_recordset(NULL::${table}, ${JSON.stringify(rows)}::jsonb) r WHERE true`
  return assignAmong(ctx, records, { from, ids: drafts.map(({ id }) => id) })
}

/** Of records that are there and locked. */
export async function assignKnown(
  ctx: Context,
  records: RecordDescription,
  ids: readonly string[],
): Promise<Map<string, Decision>> {
  const from = sql`FROM ${sql.table(records.table)} r WHERE r.organization_id = ${ctx.actor.organization_id}::uuid`
  return assignAmong(ctx, records, { from, ids })
}

type Among = { from: ReturnType<typeof sql>; ids: readonly string[] }

async function assignAmong(
  ctx: Context,
  records: RecordDescription,
  among: Among,
): Promise<Map<string, Decision>> {
  if (!isAssigned(records.object) || among.ids.length === 0) return new Map()
  const rules = await lockRules(ctx, records.object)
  const decided = await decide(ctx, { records, ...among }, rules)
  await keepCredits(ctx, rules)
  return decided
}

/** The same, without taking any turn. */
export async function proposeKnown(
  ctx: Context,
  records: RecordDescription,
  ids: readonly string[],
): Promise<Map<string, Decision>> {
  if (!isAssigned(records.object) || ids.length === 0) return new Map()
  const from = sql`FROM ${sql.table(records.table)} r WHERE r.organization_id = ${ctx.actor.organization_id}::uuid`
  return decide(ctx, { records, from, ids }, await lockRules(ctx, records.object))
}

/** Those who share what is given to them, without a rule: each call tells the next. */
export async function openPool(
  ctx: Context,
  records: RecordDescription,
  target: Pooled,
): Promise<() => string | null> {
  const members = await asMembers(ctx, records, target.strategy, targetsOf(target))
  return () => choose({ strategy: target.strategy, members }, null)
}

type Pooled = Extract<AssignmentTarget, { strategy: 'round_robin' | 'load' }>
type Wanted = {
  object: AssignedObject
  filter: Record<string, unknown> | null
  target: AssignmentTarget
  only_unassigned: boolean
  limit: number
}

/** As if the rule were new and the newest records came one after the other. */
export async function previewRule(ctx: Context, wanted: Wanted): Promise<AssignmentPreview> {
  const { object, filter, target, only_unassigned, limit } = wanted
  const { tx, actor } = ctx
  const records = recordsOf(object)
  const table = sql.table(records.table)
  const { rows } = await sql<{ id: string }>`
    SELECT r.id FROM ${table} r WHERE r.organization_id = ${actor.organization_id}::uuid AND r.deleted_at IS NULL
      ${only_unassigned ? sql`AND r.owner_id IS NULL` : sql``} ORDER BY r.created_at DESC, r.id DESC LIMIT ${limit}`.execute(
    tx,
  )
  const ids = rows.map(({ id }) => id).toReversed()
  const from = sql`FROM ${table} r WHERE r.organization_id = ${actor.organization_id}::uuid`
  const field = target.strategy === 'territory' ? target.field : null
  const met = await readMet(ctx, { records, from, ids }, { filter, field })
  const pool = {
    strategy: target.strategy,
    members: await asMembers(ctx, records, target.strategy, targetsOf(target)),
  }
  const counts = new Map<string, number>()
  let passed_on = 0
  for (const id of ids) {
    if (!met.has(id)) continue
    const user_id = choose(pool, met.get(id) ?? null)
    if (user_id === null) passed_on += 1
    else counts.set(user_id, (counts.get(user_id) ?? 0) + 1)
  }
  return {
    looked_at: ids.length,
    matched: met.size,
    shares: [...counts].map(([user_id, count]) => ({ user_id, records: count })),
    passed_on,
  }
}
