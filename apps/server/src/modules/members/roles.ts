/** The roles of an organization as this module needs them: what each lets do, and which may be given away. */
import { roles as builtInRoles } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx, TenantTx } from '../../platform/tenancy.ts'
import { resolveRole, type ResolvedRole, type StoredRole } from '../identity/index.ts'
import { mayAssign } from '../roles/index.ts'
import { ownerByTransfer, roleAboveYours, unknownRole } from './problems.ts'

export type KnownRole = Pick<ResolvedRole, 'grants' | 'field_rules'> & {
  key: string
  name: string
  description: string | null
}
export type KnownRoles = ReadonlyMap<string, KnownRole>

/** Built-in ones first, then the organization's own by name. */
export async function loadRoles(tx: TenantTx, organization_id: string): Promise<KnownRoles> {
  const custom = await tx
    .selectFrom('roles')
    .select(['id', 'name', 'description', 'grants', 'field_rules'])
    .where('organization_id', '=', organization_id)
    .orderBy('name')
    .execute()
  const known = [
    ...builtInRoles.map((key) => knownRole(key, null)),
    ...custom.map(({ id, description, ...stored }) => knownRole(id, stored, description)),
  ]
  return new Map(known.map((role) => [role.key, role]))
}

function knownRole(key: string, stored: StoredRole | null, description: string | null = null): KnownRole {
  const { role_name: name, grants, field_rules } = resolveRole(key, stored)
  return { key, name, description, grants, field_rules }
}

/** A role that was deleted grants nothing, so it is in everybody's reach. */
export const roleOf = (known: KnownRoles, key: string): KnownRole => known.get(key) ?? knownRole(key, null)

/** Owners are made by transfer, with a password; everything else only as far as the giver's own grants go. */
export const mayGive = (actor: Actor, role: KnownRole): boolean =>
  role.key !== 'owner' && mayAssign(actor, role)

export function requireGiveable({ actor }: Ctx, known: KnownRoles, key: string): KnownRole {
  const role = known.get(key)
  if (!role) throw unknownRole()
  if (key === 'owner') throw ownerByTransfer()
  if (!mayGive(actor, role)) throw roleAboveYours()
  return role
}
