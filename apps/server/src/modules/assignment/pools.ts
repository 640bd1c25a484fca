/** Rules with the members they choose among, as they are now: who is active, who is away, who has how much to do. */
import type { AssignmentStrategy } from '@rapport/contracts'
import { sql } from 'kysely'
import { belongsClause, recordsOf, type RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { Member, Pool } from './choose.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export type Rule = Pool & {
  id: string
  name: string
  filter: Record<string, unknown> | null
  field: string | null
}

type RuleRow = {
  id: string
  name: string
  filter: Record<string, unknown> | null
  strategy: AssignmentStrategy
  field: string | null
}

/** The rules that hand out records of the object, in their order; locked, so that turns are taken one by one. */
export async function lockRules(ctx: Context, object: string): Promise<Rule[]> {
  const { tx, actor } = ctx
  const known = await sql`
    SELECT 1 FROM assignment_rules WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object} AND enabled
    LIMIT 1`.execute(tx)
  if (known.rows.length === 0) return []
  const { rows } = await sql<RuleRow>`
    SELECT id, name, filter, strategy, field FROM assignment_rules
    WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object} AND enabled
    ORDER BY position, id FOR NO KEY UPDATE`.execute(tx)
  const rules: Rule[] = []
  for (const row of rows) rules.push({ ...row, members: await readMembers(ctx, object, row) })
  return rules
}

type Target = { user_id: string; place: number; weight: number; value: string | null; credit: number }

async function readMembers(ctx: Context, object: string, { id, strategy }: RuleRow): Promise<Member[]> {
  const { rows } = await sql<Target>`
    SELECT t.user_id, t.place, t.weight, t.value, t.credit FROM assignment_targets t
    WHERE t.organization_id = ${ctx.actor.organization_id}::uuid AND t.rule_id = ${id}::uuid ORDER BY t.place`.execute(
    ctx.tx,
  )
  return asMembers(ctx, recordsOf(object), strategy, rows)
}

export async function asMembers(
  ctx: Context,
  records: RecordDescription,
  strategy: AssignmentStrategy,
  targets: readonly Target[],
): Promise<Member[]> {
  const ids = [...new Set(targets.map(({ user_id }) => user_id))]
  const [available, loads] = await Promise.all([
    readAvailable(ctx, ids),
    strategy === 'load' ? readLoads(ctx, records, ids) : new Map<string, number>(),
  ])
  return targets.map((target) => ({
    ...target,
    available: available.has(target.user_id),
    load: loads.get(target.user_id) ?? 0,
  }))
}

/** Active members who are not away today, by their own clocks. */
async function readAvailable({ tx, actor }: Context, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ user_id: string }>`
    SELECT m.user_id FROM memberships m
    WHERE m.organization_id = ${actor.organization_id}::uuid AND m.user_id = ANY(${ids}::uuid[]) AND m.deactivated_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM member_absences a WHERE a.organization_id = m.organization_id AND a.user_id = m.user_id
          AND a.organization_id = ${actor.organization_id}::uuid
          AND (now() AT TIME ZONE ${actor.time_zone})::date BETWEEN a.from_day AND a.to_day)`.execute(tx)
  return new Set(rows.map(({ user_id }) => user_id))
}

/** What is work still; of other kinds every record is. */
const open: Partial<Record<string, ReturnType<typeof sql>>> = {
  lead: sql`AND r.status NOT IN ('converted', 'lost')`,
  deal: sql`AND r.status = 'open'`,
  task: sql`AND r.status = 'open'`,
}

async function readLoads(
  { tx, actor }: Context,
  records: RecordDescription,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ owner_id: string; count: number }>`
    SELECT r.owner_id, count(*)::int AS count FROM ${sql.table(records.table)} r
    WHERE ${belongsClause(records, actor)} AND r.owner_id = ANY(${ids}::uuid[])
      AND r.deleted_at IS NULL ${open[records.object] ?? sql``} GROUP BY 1`.execute(tx)
  return new Map(rows.map(({ owner_id, count }) => [owner_id, count]))
}

/** Where the turns of these rules stand now. */
export async function keepCredits({ tx, actor }: Context, rules: readonly Rule[]): Promise<void> {
  const credits = rules
    .filter(({ strategy }) => strategy === 'round_robin')
    .flatMap(({ id, members }) => members.map(({ place, credit }) => ({ rule_id: id, place, credit })))
  if (credits.length === 0) return
  await sql`
    UPDATE assignment_targets t SET credit = c.credit
    FROM jsonb_to_recordset(${JSON.stringify(credits)}::jsonb) AS c (rule_id uuid, place int, credit int)
    WHERE t.organization_id = ${actor.organization_id}::uuid AND t.rule_id = c.rule_id AND t.place = c.place
      AND t.credit <> c.credit`.execute(tx)
}
