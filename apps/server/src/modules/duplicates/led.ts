/** Records that lead to a loser lead to the winner: changes of these records like any other, with a version to take back. */
import { customPrefix, roleGrants } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { belongsClause, relationsOf, seenBy } from '../../platform/lists/index.ts'
import { Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { kindOf, recordKinds, type Outcomes, type RecordKind } from '../records/index.ts'

export type Led = { object: string; id: string; version: number }

/** Whoever may merge two records need not be able to change every other one that leads to them. */
const asKeeper = (ctx: Ctx): Ctx => ({
  ...ctx,
  actor: { ...ctx.actor, grants: roleGrants.owner, field_rules: {} },
})

type Leading = { kind: RecordKind; field: string; ids: string[] }

/** @param merged the records of the merge themselves, which are not led anywhere */
export async function leadToWinner(
  given: Ctx,
  object: string,
  { winner_id, loser_ids }: { winner_id: string; loser_ids: readonly string[] },
): Promise<Led[]> {
  const ctx = asKeeper(given)
  const wanted = new Map<string, { kind: RecordKind; changes: Map<string, Record<string, unknown>> }>()
  for (const { kind, field, ids } of await findLeading(ctx, object, loser_ids)) {
    const of = wanted.get(kind.records.object) ?? { kind, changes: new Map() }
    wanted.set(kind.records.object, of)
    for (const id of ids)
      if (!loser_ids.includes(id))
        of.changes.set(id, withField(of.changes.get(id) ?? {}, field, id === winner_id ? null : winner_id))
  }
  const led: Led[] = []
  for (const { kind, changes } of wanted.values())
    for (const [id, version] of versionsOf(await kind.update(ctx, changes)))
      led.push({ object: kind.records.object, id, version })
  return led
}

function withField(
  change: Record<string, unknown>,
  field: string,
  value: string | null,
): Record<string, unknown> {
  if (!field.startsWith(customPrefix)) return { ...change, [field]: value }
  const custom = { ...(change['custom'] as object | undefined), [field.slice(customPrefix.length)]: value }
  return { ...change, custom }
}

function versionsOf(outcomes: Outcomes): [string, number][] {
  return [...outcomes].flatMap(([id, outcome]): [string, number][] => {
    if (outcome instanceof Problem) throw outcome
    return outcome.changed ? [[id, outcome.row.version]] : []
  })
}

async function findLeading(ctx: Ctx, object: string, ids: readonly string[]): Promise<Leading[]> {
  const { actor } = ctx
  const found: Leading[] = []
  for (const kind of recordKinds(actor)) {
    const records = seenBy(kind.records, actor)
    for (const { field, target } of relationsOf(records))
      if (target.object === object && field.writable)
        found.push({
          kind,
          field: field.name,
          ids: await idsOf(ctx, kind, sql`${sql.ref(`r.${field.column}`)} = ANY(${ids}::uuid[])`),
        })
    for (const { name, to, own } of records.own.values())
      if (to === object && own)
        found.push({
          kind,
          field: name,
          ids: await idsOf(
            ctx,
            kind,
            sql`r.id IN (SELECT v.record_id FROM custom_values v WHERE v.organization_id = ${actor.organization_id}::uuid
              AND v.field_id = ${own.id}::uuid AND v.text = ANY(${ids}::text[]))`,
          ),
        })
  }
  return found.filter((one) => one.ids.length > 0)
}

async function idsOf(
  { tx, actor }: Ctx,
  { records }: RecordKind,
  leads: RawBuilder<unknown>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT r.id FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.deleted_at IS NULL AND ${leads} ORDER BY r.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Whoever was led elsewhere since stays there. */
export async function leadBack(given: Ctx, led: readonly Led[]): Promise<void> {
  const ctx = asKeeper(given)
  for (const [object, those] of Map.groupBy(led, (one) => one.object))
    await kindOf(object, ctx.actor)?.revert(ctx, new Map(those.map(({ id, version }) => [id, version])))
}
