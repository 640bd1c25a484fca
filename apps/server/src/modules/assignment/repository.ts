/** SQL of rules and absences. */
import type { AssignedObject, AssignmentRule, AssignmentTarget } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { keyOf } from './choose.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

type TargetJson = { user_id: string; weight: number; value: string | null }
type RuleRow = Omit<AssignmentRule, 'target'> & {
  strategy: AssignmentTarget['strategy']
  field: string | null
  members: TargetJson[]
}

function present({ strategy, field, members, ...rule }: RuleRow): AssignmentRule {
  const [first] = members
  const targets: { [S in AssignmentTarget['strategy']]: () => AssignmentTarget } = {
    member: () => ({ strategy: 'member', user_id: first?.user_id ?? '' }),
    round_robin: () => ({
      strategy: 'round_robin',
      members: members.map(({ user_id, weight }) => ({ user_id, weight })),
    }),
    load: () => ({ strategy: 'load', members: members.map(({ user_id }) => ({ user_id })) }),
    territory: () => ({
      strategy: 'territory',
      field: field ?? '',
      members: members.map(({ user_id, value }) => ({ user_id, value: value ?? '' })),
    }),
  }
  return { ...rule, target: targets[strategy]() }
}

const columns = sql`
  r.id, r.object, r.name, r.enabled, r.position, r.filter, r.strategy, r.field, r.version, r.created_at, r.updated_at, (
    SELECT coalesce(json_agg(json_build_object('user_id', t.user_id, 'weight', t.weight, 'value', t.value) ORDER BY t.place), '[]')
    FROM assignment_targets t WHERE t.organization_id = r.organization_id AND t.rule_id = r.id) AS members`

export async function listRules({ tx, actor }: Context): Promise<AssignmentRule[]> {
  const { rows } = await sql<RuleRow>`
    SELECT ${columns} FROM assignment_rules r WHERE r.organization_id = ${actor.organization_id}::uuid
    ORDER BY r.object, r.position, r.id`.execute(tx)
  return rows.map(present)
}

/** The rules of an object in their order, locked: their places change together. */
export async function lockRulesOf({ tx, actor }: Context, object: AssignedObject): Promise<AssignmentRule[]> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`assignment ${actor.organization_id} ${object}`}, 0))`.execute(
    tx,
  )
  const rules = await listRules({ tx, actor })
  return rules.filter((rule) => rule.object === object)
}

export async function findRule({ tx, actor }: Context, id: string): Promise<AssignmentRule | undefined> {
  const { rows } = await sql<RuleRow>`
    SELECT ${columns} FROM assignment_rules r
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.id = ${id}::uuid`.execute(tx)
  return rows[0] && present(rows[0])
}

type Written = Pick<AssignmentRule, 'id' | 'object' | 'name' | 'enabled' | 'position' | 'filter' | 'target'>

export async function insertRule({ tx, actor }: Context, rule: Written): Promise<void> {
  const { id, object, name, enabled, position, filter, target } = rule
  await sql`
    INSERT INTO assignment_rules (organization_id, id, object, name, enabled, position, filter, strategy, field, created_by)
    VALUES (${actor.organization_id}::uuid, ${id}::uuid, ${object}, ${name}, ${enabled}, ${position},
      ${filter && JSON.stringify(filter)}::jsonb, ${target.strategy}, ${fieldOf(target)}, ${actor.user_id}::uuid)`.execute(
    tx,
  )
  await writeTargets({ tx, actor }, id, target)
}

/** @param renewed whether its members begin anew. */
export async function updateRule({ tx, actor }: Context, rule: Written, renewed: boolean): Promise<void> {
  const { id, name, enabled, filter, target } = rule
  await sql`
    UPDATE assignment_rules SET name = ${name}, enabled = ${enabled}, filter = ${filter && JSON.stringify(filter)}::jsonb,
      strategy = ${target.strategy}, field = ${fieldOf(target)}, version = version + 1, updated_at = now()
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
  if (renewed) await writeTargets({ tx, actor }, id, target)
}

export async function placeRules({ tx, actor }: Context, ids: readonly string[]): Promise<void> {
  const places = JSON.stringify(ids.map((id, position) => ({ id, position })))
  await sql`
    UPDATE assignment_rules r SET position = p.position FROM jsonb_to_recordset(${places}::jsonb) AS p (id uuid, position int)
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.id = p.id AND r.position <> p.position`.execute(
    tx,
  )
}

export async function deleteRule({ tx, actor }: Context, id: string): Promise<void> {
  await sql`DELETE FROM assignment_rules WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(
    tx,
  )
}

const fieldOf = (target: AssignmentTarget) => (target.strategy === 'territory' ? target.field : null)

export type Target = { place: number; user_id: string; weight: number; value: string | null; credit: number }

export function targetsOf(target: AssignmentTarget): Target[] {
  const blank = { weight: 1, value: null, credit: 0 }
  if (target.strategy === 'member') return [{ ...blank, place: 0, user_id: target.user_id }]
  if (target.strategy === 'territory')
    return target.members.map(({ user_id, value }, place) => ({
      ...blank,
      place,
      user_id,
      value: keyOf(value),
    }))
  return target.members.map((member, place) => ({ ...blank, ...member, place }))
}

async function writeTargets(
  { tx, actor }: Context,
  rule_id: string,
  target: AssignmentTarget,
): Promise<void> {
  await sql`DELETE FROM assignment_targets
    WHERE organization_id = ${actor.organization_id}::uuid AND rule_id = ${rule_id}::uuid`.execute(tx)
  await sql`
    INSERT INTO assignment_targets (organization_id, rule_id, place, user_id, weight, value)
    SELECT ${actor.organization_id}::uuid, ${rule_id}::uuid, t.place, t.user_id, t.weight, t.value
    FROM jsonb_to_recordset(${JSON.stringify(targetsOf(target))}::jsonb) AS t (place int, user_id uuid, weight int, value text)`.execute(
    tx,
  )
}
