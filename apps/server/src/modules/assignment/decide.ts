/** Which rule decides for each of some records, and whom it chooses: the first that a record meets and that finds somebody. */
import { roleGrants } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { filterClause, parseFilter, type RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { choose } from './choose.ts'
import type { Rule } from './pools.ts'

export type Decision = { owner_id: string; rule_id: string; rule: string }
/** `FROM …` of the records in question, under the alias `r`. */
export type Asked = { records: RecordDescription; from: RawBuilder<unknown>; ids: readonly string[] }

/** Rules see all fields, whoever makes the record. */
export const seeingAll = (actor: Actor): Actor => ({ ...actor, grants: roleGrants.owner, field_rules: {} })

export async function decide(
  ctx: Pick<Ctx, 'tx' | 'actor'>,
  { records, from, ids }: Asked,
  rules: readonly Rule[],
): Promise<Map<string, Decision>> {
  const decided = new Map<string, Decision>()
  for (const rule of rules) {
    const left = ids.filter((id) => !decided.has(id))
    if (left.length === 0) break
    const met = await readMet(ctx, { records, from, ids: left }, rule)
    // In the order in which they came, so that turns are taken in it.
    for (const id of left) {
      if (!met.has(id)) continue
      const owner_id = choose(rule, met.get(id) ?? null)
      if (owner_id !== null) decided.set(id, { owner_id, rule_id: rule.id, rule: rule.name })
    }
  }
  return decided
}

type Met = { id: string; value: string | null }

/** Those that meet the rule, with the value of its territory. */
export async function readMet(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  { records, from, ids }: Asked,
  { filter, field }: Pick<Rule, 'filter' | 'field'>,
): Promise<Map<string, string | null>> {
  const all = seeingAll(actor)
  const conditions =
    filter === null ? sql`` : sql`AND ${filterClause(parseFilter(records, all, JSON.stringify(filter)))}`
  const { rows } = await sql<Met>`
    SELECT r.id, ${valueOf(records, field)} AS value ${from} AND r.id = ANY(${ids}::uuid[]) ${conditions}`.execute(
    tx,
  )
  return new Map(rows.map(({ id, value }) => [id, value]))
}

/** As text. The name of the field has been held against the description when the rule was made. */
function valueOf({ fields }: RecordDescription, name: string | null): RawBuilder<string | null> {
  if (name === null) return sql`NULL::text`
  if (name.startsWith('custom.')) return sql`r.custom->>${name.slice('custom.'.length)}::text`
  return fields.has(name) ? sql`${sql.ref(`r.${name}`)}::text` : sql`NULL::text`
}
