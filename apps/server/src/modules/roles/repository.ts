/** The custom roles. SQL only. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import type { RoleRules } from './policy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export type RoleRow = RoleRules & {
  id: string
  name: string
  description: string | null
  version: number
  updated_at: string
}
type RoleValues = Pick<RoleRow, 'name' | 'description' | 'grants' | 'field_rules'>

const columns = ['id', 'name', 'description', 'grants', 'field_rules', 'version', 'updated_at'] as const

const select = ({ tx, actor }: Context) =>
  tx
    .selectFrom('roles')
    .select(columns)
    .$castTo<RoleRow>()
    .where('organization_id', '=', actor.organization_id)

export const listRoles = (ctx: Context): Promise<RoleRow[]> =>
  select(ctx)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute()

export const findRole = (ctx: Context, id: string): Promise<RoleRow | undefined> =>
  select(ctx).where('id', '=', id).executeTakeFirst()

export const lockRole = (ctx: Context, id: string): Promise<RoleRow | undefined> =>
  select(ctx).where('id', '=', id).forUpdate().executeTakeFirst()

const stored = ({ grants, field_rules, ...plain }: Partial<RoleValues>) => ({
  ...plain,
  ...(grants ? { grants: JSON.stringify(grants) } : {}),
  ...(field_rules ? { field_rules: JSON.stringify(field_rules) } : {}),
})

/** Undefined when another role has the name. */
export async function insertRole(
  { tx, actor }: Context,
  id: string,
  { grants, field_rules, ...plain }: RoleValues,
): Promise<RoleRow | undefined> {
  return tx
    .insertInto('roles')
    .values({
      organization_id: actor.organization_id,
      id,
      ...plain,
      grants: JSON.stringify(grants),
      field_rules: JSON.stringify(field_rules),
      created_by: actor.user_id,
    })
    .onConflict((on) => on.doNothing())
    .returning(columns)
    .$castTo<RoleRow>()
    .executeTakeFirst()
}

export async function updateRoleRow(
  { tx, actor }: Context,
  id: string,
  values: Partial<RoleValues>,
): Promise<RoleRow> {
  return tx
    .updateTable('roles')
    .set({ ...stored(values), version: sql`version + 1`, updated_at: sql`now()` })
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .returning(columns)
    .$castTo<RoleRow>()
    .executeTakeFirstOrThrow()
}

export async function deleteRoleRow({ tx, actor }: Context, id: string): Promise<void> {
  await tx
    .deleteFrom('roles')
    .where('organization_id', '=', actor.organization_id)
    .where('id', '=', id)
    .execute()
}

/** Whether another role has the name, whatever its case. */
export async function isNameTaken({ tx, actor }: Context, name: string, except?: string): Promise<boolean> {
  const query = tx
    .selectFrom('roles')
    .select('id')
    .where('organization_id', '=', actor.organization_id)
    .where(sql`lower(name)`, '=', sql`lower(${name}::text)`)
  const found = await (except === undefined ? query : query.where('id', '<>', except)).executeTakeFirst()
  return found !== undefined
}
