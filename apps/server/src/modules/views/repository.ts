/** Saved views. SQL only. */
import { roles as builtInRoles, type View } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

/** A view as it is kept, whatever of it applies to a reader. */
export type ViewRow = Omit<View, 'can' | 'is_default' | 'left_out'>
export type ViewValues = Omit<ViewRow, 'id' | 'version' | 'created_at' | 'updated_at' | 'is_default_for'>

/** What the actor may open; `restriction` continues the WHERE on `v`. */
export function selectViews(actor: Actor, restriction: RawBuilder<unknown>): RawBuilder<ViewRow> {
  const { organization_id, user_id } = actor
  return sql<ViewRow>`
    SELECT v.id, v.object, v.name, v.layout, v.columns, v.filter, v.sort, v.group_by, v.date_field, v.pipeline_id,
      CASE WHEN v.visibility = 'team' AND v.team_id IS NULL THEN 'private' ELSE v.visibility END AS visibility,
      v.team_id, v.owner_id, v.position, v.version, v.created_at, v.updated_at, ARRAY(
        SELECT d.role FROM view_defaults d
        WHERE d.organization_id = v.organization_id AND d.view_id = v.id AND ${roleIsThere(sql`d.role`, organization_id)}
        ORDER BY d.role
      ) AS is_default_for
    FROM views v
    WHERE v.organization_id = ${organization_id}::uuid AND (
      v.owner_id = ${user_id}::uuid OR v.visibility = 'everyone' OR (v.visibility = 'team' AND v.team_id IN (
        SELECT m.team_id FROM team_members m WHERE m.organization_id = ${organization_id}::uuid AND m.user_id = ${user_id}::uuid
        UNION ALL
        SELECT t.id FROM teams t WHERE t.organization_id = ${organization_id}::uuid AND t.manager_id = ${user_id}::uuid)))
      ${restriction}
    ORDER BY v.position, v.created_at, v.id`
}

const roleIsThere = (role: RawBuilder<unknown>, organization_id: string) => sql`(
  ${role} = ANY(${[...builtInRoles]}::text[])
  OR EXISTS (SELECT FROM roles r WHERE r.organization_id = ${organization_id}::uuid AND r.id::text = ${role}))`

export async function findView({ tx, actor }: Context, id: string): Promise<ViewRow | undefined> {
  return (await selectViews(actor, sql`AND v.id = ${id}::uuid`).execute(tx)).rows[0]
}

/** Changes of a view take turns on its row. */
export async function lockView(ctx: Context, id: string): Promise<ViewRow | undefined> {
  const [, view] = await Promise.all([
    sql`SELECT FROM views WHERE organization_id = ${ctx.actor.organization_id}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(
      ctx.tx,
    ),
    findView(ctx, id),
  ])
  return view
}

type Places = { owned: number; next: number }

/** How many views of the object the actor has, and the place after all of them. */
export async function placesOf({ tx, actor }: Context, object: string): Promise<Places> {
  const { rows } = await sql<Places>`
    SELECT count(*) FILTER (WHERE owner_id = ${actor.user_id}::uuid)::int AS owned,
      least(coalesce(max(position) + 1, 0), 100000)::int AS next
    FROM views WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}`.execute(tx)
  return rows[0] ?? { owned: 0, next: 0 }
}

const stored = (values: Partial<ViewValues>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      (name === 'columns' || name === 'filter') && value !== null ? JSON.stringify(value) : value,
    ]),
  ) as Partial<Omit<ViewValues, 'columns' | 'filter'>> & { columns: string; filter: string | null }

export async function insertView({ tx, actor }: Context, id: string, values: ViewValues): Promise<void> {
  await tx
    .insertInto('views')
    .values({ organization_id: actor.organization_id, id, ...values, ...stored(values) })
    .execute()
}

export async function updateViewRow(
  { tx, actor }: Context,
  id: string,
  values: Partial<ViewValues>,
): Promise<void> {
  await tx
    .updateTable('views')
    .set({ ...stored(values), version: sql`version + 1`, updated_at: sql`now()` })
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .execute()
}

export async function deleteViewRow({ tx, actor }: Context, id: string): Promise<void> {
  await tx
    .deleteFrom('views')
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .execute()
}

/** Makes it the default of exactly these roles; another view that was one of theirs is it no more. */
export async function setDefaults(
  { tx, actor }: Context,
  { id, object }: Pick<ViewRow, 'id' | 'object'>,
  role_keys: readonly string[],
): Promise<void> {
  const { organization_id } = actor
  await sql`
    DELETE FROM view_defaults WHERE organization_id = ${organization_id}::uuid AND view_id = ${id}::uuid
      AND role <> ALL(${[...role_keys]}::text[])`.execute(tx)
  await sql`
    INSERT INTO view_defaults (organization_id, object, role, view_id)
    SELECT ${organization_id}::uuid, ${object}, k.role, ${id}::uuid FROM unnest(${[...role_keys]}::text[]) k (role)
    ON CONFLICT (organization_id, object, role) DO UPDATE SET view_id = excluded.view_id`.execute(tx)
}

/** Those of the roles that the organization has. */
export async function findRoleKeys(
  { tx, actor }: Context,
  role_keys: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ role: string }>`
    SELECT k.role FROM unnest(${[...role_keys]}::text[]) k (role)
    WHERE ${roleIsThere(sql`k.role`, actor.organization_id)}`.execute(tx)
  return new Set(rows.map(({ role }) => role))
}

export async function isTeam({ tx, actor }: Context, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('teams')
    .select('id')
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst()
  return row !== undefined
}

/** Of an object that goes: all of them, whoever they belong to. */
export async function forgetViewsOf({ tx, actor }: Context, object: string): Promise<void> {
  await tx
    .deleteFrom('views')
    .where('organization_id', '=', actor.organization_id)
    .where('object', '=', object)
    .execute()
}

/** Of somebody who deleted their account: what others see stays, for whoever may share. */
export async function forgetPrivateViews({ tx, actor }: Context, owner_id: string): Promise<void> {
  await tx
    .deleteFrom('views')
    .where('organization_id', '=', actor.organization_id)
    .where('owner_id', '=', owner_id)
    .where('visibility', '=', 'private')
    .execute()
}
