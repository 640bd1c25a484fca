import {
  goalMetrics,
  goalSpan,
  mostGoals,
  toStoredMoney,
  fitsCurrency,
  type Goal,
  type NewGoal,
} from '@rapport/contracts'
import { sql } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findMember } from '../identity/index.ts'
import {
  goalExists,
  goalNotFound,
  notAMember,
  notOfMoney,
  outOfReach,
  staleGoal,
  teamMissing,
  tooManyGoals,
  tooPrecise,
} from './problems.ts'
import { presentGoal, selectGoals } from './read.ts'

export async function createGoal(ctx: Ctx, given: NewGoal): Promise<Goal> {
  const { tx, actor } = ctx
  const { organization_id } = actor
  const { metric, period, user_id = null, team_id = null } = given
  const currency = currencyOf(ctx, given)
  await requireSubject(ctx, user_id, team_id)
  const span = goalSpan(period, given.starts_on)
  const id = newId()
  const { rows } = await sql<{ made: boolean; among: number }>`
    WITH made AS (
      INSERT INTO goals (organization_id, id, user_id, team_id, metric, period, starts_on, ends_before, target, currency, created_by)
      VALUES (${organization_id}::uuid, ${id}::uuid, ${user_id}::uuid, ${team_id}::uuid, ${metric}, ${period}, ${span.starts_on}::date,
        ${span.ends_before}::date, ${storedTarget(given)}::bigint, ${currency}, ${actor.user_id}::uuid)
      ON CONFLICT DO NOTHING RETURNING id)
    SELECT EXISTS (SELECT FROM made) AS made, (SELECT count(*)::int FROM goals g WHERE g.organization_id = ${organization_id}::uuid
      AND g.starts_on = ${span.starts_on}::date AND g.period = ${period}) AS among`.execute(tx)
  if (!rows[0]?.made) throw goalExists()
  if (rows[0].among >= mostGoals) throw tooManyGoals(mostGoals)
  const goal = await findGoal(ctx, id)
  if (!goal) throw outOfReach()
  tell(ctx, 'created', goal, { after: toldOf(goal) })
  return goal
}

/** Money has a currency, all else has none. */
function currencyOf({ actor }: Ctx, { metric, currency, target }: NewGoal): string | null {
  if (goalMetrics[metric] === 'count') {
    if (currency !== undefined) throw notOfMoney()
    return null
  }
  const own = currency ?? actor.currency
  if (!fitsCurrency(target, own)) throw tooPrecise()
  return own
}

const storedTarget = ({ metric, target }: Pick<Goal, 'metric' | 'target'>): string =>
  goalMetrics[metric] === 'money' ? toStoredMoney(target).toString() : String(target)

async function requireSubject(
  { tx, actor }: Ctx,
  user_id: string | null,
  team_id: string | null,
): Promise<void> {
  if (user_id !== null && !(await findMember(tx, user_id, actor.organization_id))) throw notAMember()
  if (team_id === null) return
  const { rows } = await sql`
    SELECT FROM teams t WHERE t.organization_id = ${actor.organization_id}::uuid AND t.id = ${team_id}::uuid FOR KEY SHARE`.execute(
    tx,
  )
  if (rows.length === 0) throw teamMissing()
}

export async function updateGoal(
  ctx: Ctx,
  id: string,
  { target, version }: { target: number; version?: number | undefined },
): Promise<Goal> {
  const goal = await lockGoal(ctx, id)
  if (version !== undefined && version !== goal.version) throw staleGoal(goal)
  if (target === goal.target) return goal
  if (goal.currency === null ? !Number.isInteger(target) : !fitsCurrency(target, goal.currency))
    throw tooPrecise()
  await ctx.tx
    .updateTable('goals')
    .set({ target: storedTarget({ ...goal, target }), version: sql`version + 1`, updated_at: sql`now()` })
    .where('organization_id', '=', ctx.actor.organization_id)
    .where('id', '=', id)
    .execute()
  const updated = await requireGoal(ctx, id)
  tell(ctx, 'updated', updated, { before: { target: goal.target }, after: { target } })
  return updated
}

export async function deleteGoal(ctx: Ctx, id: string): Promise<void> {
  const goal = await lockGoal(ctx, id)
  await ctx.tx
    .deleteFrom('goals')
    .where('organization_id', '=', ctx.actor.organization_id)
    .where('id', '=', id)
    .execute()
  tell(ctx, 'deleted', goal, { before: toldOf(goal) })
}

async function findGoal({ tx, actor }: Ctx, id: string): Promise<Goal | null> {
  const { rows } = await selectGoals(actor, sql`AND g.id = ${id}::uuid`).execute(tx)
  return rows[0] ? presentGoal(rows[0]) : null
}

async function requireGoal(ctx: Ctx, id: string): Promise<Goal> {
  const goal = await findGoal(ctx, id)
  if (!goal) throw goalNotFound(id)
  return goal
}

async function lockGoal(ctx: Ctx, id: string): Promise<Goal> {
  const { organization_id } = ctx.actor
  await sql`SELECT FROM goals WHERE organization_id = ${organization_id}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(
    ctx.tx,
  )
  return requireGoal(ctx, id)
}

type Changes = Parameters<Ctx['emit']>[0]['changes']

/** Everybody who sees goals hears that there is something to read anew; what it is, they are told by the reading. */
function tell(
  { emit }: Ctx,
  verb: 'created' | 'updated' | 'deleted',
  { id, version, name }: Goal,
  changes: Changes,
) {
  emit({ type: `goal.${verb}`, record: { object: 'goal', id, version, name }, changes: changes ?? null })
}

const toldOf = ({ user_id, team_id, metric, period, starts_on, target, currency }: Goal) => ({
  user_id,
  team_id,
  metric,
  period,
  starts_on,
  target,
  currency,
})
