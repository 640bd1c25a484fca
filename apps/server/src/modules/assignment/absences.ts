/** When members are away. Each says so of themselves; whoever manages members, or leads a team, of theirs. */
import type { Absence } from '@rapport/contracts'
import { sql } from 'kysely'
import { scopeOf } from '../../platform/actor.ts'
import { forbidden, notFound } from '../../platform/problems.ts'
import { dropOwnRows } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findMember } from '../identity/index.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type MemberAbsence = Absence & { user_id: string }

/** Of today and later. */
export async function listAbsences({ tx, actor }: Context): Promise<MemberAbsence[]> {
  const { rows } = await sql<MemberAbsence>`
    SELECT user_id, from_day::text, to_day::text FROM member_absences
    WHERE organization_id = ${actor.organization_id}::uuid AND to_day >= (now() AT TIME ZONE ${actor.time_zone})::date
    ORDER BY from_day, user_id`.execute(tx)
  return rows
}

export async function setAbsence(
  ctx: Ctx,
  user_id: string,
  { from_day, to_day }: Absence,
): Promise<MemberAbsence> {
  await requireLead(ctx, user_id)
  const { tx, actor } = ctx
  const before = await findAbsence(ctx, user_id)
  await sql`
    INSERT INTO member_absences (organization_id, user_id, from_day, to_day)
    VALUES (${actor.organization_id}::uuid, ${user_id}::uuid, ${from_day}::date, ${to_day}::date)
    ON CONFLICT (organization_id, user_id) DO UPDATE SET from_day = excluded.from_day, to_day = excluded.to_day`.execute(
    tx,
  )
  tell(ctx, user_id, before, { from_day, to_day })
  return { user_id, from_day, to_day }
}

export async function endAbsence(ctx: Ctx, user_id: string): Promise<void> {
  await requireLead(ctx, user_id)
  const before = await findAbsence(ctx, user_id)
  if (!before) return
  await sql`DELETE FROM member_absences
    WHERE organization_id = ${ctx.actor.organization_id}::uuid AND user_id = ${user_id}::uuid`.execute(ctx.tx)
  tell(ctx, user_id, before, null)
}

async function findAbsence({ tx, actor }: Context, user_id: string): Promise<Absence | null> {
  const { rows } = await sql<Absence>`
    SELECT from_day::text, to_day::text FROM member_absences
    WHERE organization_id = ${actor.organization_id}::uuid AND user_id = ${user_id}::uuid`.execute(tx)
  return rows[0] ?? null
}

/** Refuses whoever is no member, and members whom the caller does not lead. */
async function requireLead({ tx, actor }: Ctx, user_id: string): Promise<void> {
  if (!(await findMember(tx, user_id, actor.organization_id))) throw notFound('member', user_id)
  if (actor.user_id === user_id || scopeOf(actor, 'members:manage') !== undefined) return
  const { rows } = await sql`
    SELECT 1 FROM teams t JOIN team_members m ON m.organization_id = t.organization_id AND m.team_id = t.id
    WHERE t.organization_id = ${actor.organization_id}::uuid AND m.organization_id = ${actor.organization_id}::uuid
      AND t.manager_id = ${actor.user_id}::uuid AND m.user_id = ${user_id}::uuid LIMIT 1`.execute(tx)
  if (rows.length === 0)
    throw forbidden(
      'not_your_member',
      'Whoever manages members, or leads their team, says when somebody is away.',
    )
}

function tell({ emit }: Ctx, user_id: string, before: Absence | null, after: Absence | null): void {
  emit({
    type: 'member.absence_changed',
    record: { object: 'member', id: user_id },
    data: { absence: after },
    changes: { before: { absence: before }, after: { absence: after } },
  })
}

/** Of somebody who deleted their account. */
export const forgetAbsences = (ctx: Context, user_id: string) =>
  dropOwnRows(ctx, ['member_absences'], user_id)
