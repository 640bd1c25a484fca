/** The roles of an organization as this module needs them: what each grants, and which may be given away. */
import { roles as builtInRoles, type Grants } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx, TenantTx } from '../../platform/tenancy.ts'
import { resolveRole } from '../identity/index.ts'
import { covers } from './policy.ts'
import { ownerByTransfer, roleAboveYours, unknownRole } from './problems.ts'

export type KnownRole = { key: string; name: string; description: string | null; grants: Grants }
export type KnownRoles = ReadonlyMap<string, KnownRole>

/** Built-in ones first, then the organization's own by name. */
export async function loadRoles(tx: TenantTx, organization_id: string): Promise<KnownRoles> {
  const custom = await tx
    .selectFrom('roles')
    .select(['id', 'name', 'description', 'grants', 'field_rules'])
    .where('organization_id', '=', organization_id)
    .orderBy('name')
    .execute()
  const builtIn = builtInRoles.map((key) => knownRole(key, null, null))
  return new Map(
    [...builtIn, ...custom.map((row) => knownRole(row.id, row.description, row))].map((role) => [
      role.key,
      role,
    ]),
  )
}

function knownRole(
  key: string,
  description: string | null,
  stored: Parameters<typeof resolveRole>[1],
): KnownRole {
  const { role_name: name, grants } = resolveRole(key, stored)
  return { key, name, description, grants }
}

const nothing: Grants = {}
export const grantsOf = (known: KnownRoles, key: string): Grants => known.get(key)?.grants ?? nothing

/** Owners are made by transfer, with a password; everything else only as far as the giver's own grants go. */
export const mayGive = (actor: Actor, { key, grants }: KnownRole): boolean =>
  key !== 'owner' && covers(actor.grants, grants)

export function requireGiveable({ actor }: Ctx, known: KnownRoles, key: string): KnownRole {
  const role = known.get(key)
  if (!role) throw unknownRole()
  if (key === 'owner') throw ownerByTransfer()
  if (!mayGive(actor, role)) throw roleAboveYours()
  return role
}
