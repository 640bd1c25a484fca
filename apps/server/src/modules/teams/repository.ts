/** Teams and who belongs to them. SQL only. */
import type { Team } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

function selectTeams({ actor }: Context, restriction: RawBuilder<unknown>): RawBuilder<Team> {
  return sql<Team>`
    SELECT t.id, t.name, t.manager_id, ARRAY(
      SELECT m.user_id FROM team_members m
      WHERE m.organization_id = t.organization_id AND m.team_id = t.id ORDER BY m.user_id
    ) AS member_ids, t.version, t.created_at, t.updated_at
    FROM teams t WHERE t.organization_id = ${actor.organization_id}::uuid ${restriction}`
}

export async function listTeams(ctx: Context): Promise<Team[]> {
  return (await selectTeams(ctx, sql`ORDER BY lower(t.name), t.id`).execute(ctx.tx)).rows
}

export async function findTeam(ctx: Context, id: string): Promise<Team | undefined> {
  return (await selectTeams(ctx, sql`AND t.id = ${id}::uuid`).execute(ctx.tx)).rows[0]
}

/** Changes of a team and its members take turns on the team's row. */
export async function lockTeam(ctx: Context, id: string): Promise<Team | undefined> {
  const [, team] = await Promise.all([
    sql`SELECT FROM teams WHERE organization_id = ${ctx.actor.organization_id}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(
      ctx.tx,
    ),
    findTeam(ctx, id),
  ])
  return team
}

type TeamValues = { name: string; manager_id: string | null }

/** False when another team has the name. */
export async function insertTeam({ tx, actor }: Context, id: string, values: TeamValues): Promise<boolean> {
  const row = await tx
    .insertInto('teams')
    .values({ organization_id: actor.organization_id, id, ...values })
    .onConflict((on) => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function updateTeamRow(
  { tx, actor }: Context,
  id: string,
  values: Partial<TeamValues>,
): Promise<void> {
  await tx
    .updateTable('teams')
    .set({ ...values, version: sql`version + 1`, updated_at: sql`now()` })
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .execute()
}

/** Makes exactly these the members. */
export async function setTeamMembers({ tx, actor }: Context, id: string, ids: string[]): Promise<void> {
  const { organization_id } = actor
  await sql`
    WITH gone AS (
      DELETE FROM team_members WHERE organization_id = ${organization_id}::uuid AND team_id = ${id}::uuid
        AND user_id <> ALL(${ids}::uuid[])
    )
    INSERT INTO team_members (organization_id, team_id, user_id)
    SELECT ${organization_id}::uuid, ${id}::uuid, u FROM unnest(${ids}::uuid[]) u
    ON CONFLICT DO NOTHING`.execute(tx)
}

export async function deleteTeamRow({ tx, actor }: Context, id: string): Promise<void> {
  await tx
    .deleteFrom('teams')
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .execute()
}

export async function isNameTaken({ tx, actor }: Context, name: string, except: string): Promise<boolean> {
  const found = await tx
    .selectFrom('teams')
    .select('id')
    .where('organization_id', '=', actor.organization_id)
    .where(sql`lower(name)`, '=', sql`lower(${name}::text)`)
    .where('id', '<>', except)
    .executeTakeFirst()
  return found !== undefined
}

/** Which of these are active members of the organization. Their rows are held, so that none is shut out meanwhile. */
export async function findActiveMembers({ tx, actor }: Context, ids: string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('memberships')
    .select('user_id')
    .where('organization_id', '=', actor.organization_id)
    .where('deactivated_at', 'is', null)
    .where((is) => is('user_id', '=', is.fn.any(is.val(ids))))
    .orderBy('user_id')
    .forShare()
    .execute()
  return new Set(rows.map((row) => row.user_id))
}

/** The teams that the member belongs to or manages. */
export async function findTeamsOf(ctx: Context, user_id: string): Promise<Team[]> {
  const { organization_id } = ctx.actor
  const restriction = sql`AND (t.manager_id = ${user_id}::uuid OR t.id IN (
    SELECT team_id FROM team_members WHERE organization_id = ${organization_id}::uuid AND user_id = ${user_id}::uuid))
    ORDER BY t.id`
  return (await selectTeams(ctx, restriction).execute(ctx.tx)).rows
}
