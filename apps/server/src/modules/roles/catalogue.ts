/** The roles of an organization, built-in and its own, as they are told to callers. */
import { roleGrants, roles, type RoleRecord } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { builtInName, countByRole, isBuiltIn } from '../identity/index.ts'
import { mayAssign, type RoleRules } from './policy.ts'
import { findRole, listRoles, type RoleRow } from './repository.ts'

type Described = Omit<RoleRecord, 'member_count' | 'can'>

const builtInRoles: readonly Described[] = roles.map((role) => ({
  id: role,
  name: builtInName(role),
  description: null,
  built_in: true,
  grants: roleGrants[role],
  field_rules: {},
  version: null,
  updated_at: null,
}))

const described = (row: RoleRow): Described => ({ ...row, built_in: false })

function present(actor: Actor, role: Described, member_count: number): RoleRecord {
  const rules = role as RoleRules
  const within = mayAssign(actor, rules)
  const manages = actor.grants['roles:manage'] !== undefined && !role.built_in && within
  return {
    ...role,
    member_count,
    can: {
      update: manages,
      delete: manages && actor.role !== role.id,
      // An owner is made by handing the organization over, in no other way.
      assign: actor.grants['members:manage'] !== undefined && within && role.id !== 'owner',
    },
  }
}

export async function listAllRoles(ctx: Ctx): Promise<RoleRecord[]> {
  const [custom, counts] = await Promise.all([listRoles(ctx), countByRole(ctx.tx, ctx.actor.organization_id)])
  return [...builtInRoles, ...custom.map(described)].map((role) =>
    present(ctx.actor, role, counts.get(role.id) ?? 0),
  )
}

export async function presentRole(ctx: Ctx, row: RoleRow): Promise<RoleRecord> {
  const counts = await countByRole(ctx.tx, ctx.actor.organization_id)
  return present(ctx.actor, described(row), counts.get(row.id) ?? 0)
}

/** Whether the key can be that of a custom role. */
export const isRoleId = (key: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(key)

/** A role by its key: a built-in name or an id of this organization. */
export async function findAnyRole(
  ctx: Pick<Ctx, 'tx' | 'actor'>,
  key: string,
): Promise<Described | undefined> {
  if (isBuiltIn(key)) return builtInRoles.find((role) => role.id === key)
  const row = isRoleId(key) ? await findRole(ctx, key) : undefined
  return row && described(row)
}

export async function readRole(ctx: Ctx, key: string): Promise<RoleRecord | undefined> {
  const [role, counts] = await Promise.all([
    findAnyRole(ctx, key),
    countByRole(ctx.tx, ctx.actor.organization_id),
  ])
  return role && present(ctx.actor, role, counts.get(role.id) ?? 0)
}
