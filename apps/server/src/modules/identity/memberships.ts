/** Who belongs where, with which role. SQL only. */
import { roles, type Member, type Role } from '@rapport/contracts'
import type { PlatformTx } from './sessions.ts'

export type Membership = { organization_id: string; name: string; slug: string; role: Role }

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)

function roleOf(text: string): Role {
  if (!isRole(text)) throw new Error(`A membership has the unknown role "${text}".`)
  return text
}

export async function insertMembership(
  tx: PlatformTx,
  membership: { organization_id: string; user_id: string; role: Role },
): Promise<void> {
  await tx.insertInto('memberships').values(membership).execute()
}

/** The organizations that the user is an active member of, the longest one first. */
export async function listMemberships(tx: PlatformTx, user_id: string): Promise<Membership[]> {
  const rows = await tx
    .selectFrom('memberships')
    .innerJoin('organizations', 'organizations.id', 'memberships.organization_id')
    .select(['memberships.organization_id', 'organizations.name', 'organizations.slug', 'memberships.role'])
    .where('memberships.user_id', '=', user_id)
    .where('memberships.deactivated_at', 'is', null)
    .orderBy('memberships.created_at')
    .orderBy('memberships.organization_id')
    .execute()
  return rows.map((row) => ({ ...row, role: roleOf(row.role) }))
}

export async function listMembers(tx: PlatformTx, organization_id: string): Promise<Member[]> {
  const rows = await tx
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select(['memberships.user_id', 'users.full_name', 'users.email', 'memberships.role'])
    .select('memberships.created_at as joined_at')
    .where('memberships.organization_id', '=', organization_id)
    .where('memberships.deactivated_at', 'is', null)
    .orderBy('users.full_name')
    .orderBy('memberships.user_id')
    .execute()
  return rows.map((row) => ({ ...row, role: roleOf(row.role) }))
}

/** What an actor is made of, or null when the user is no active member there. */
export async function findMember(tx: PlatformTx, user_id: string, organization_id: string) {
  const row = await tx
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .innerJoin('organizations', 'organizations.id', 'memberships.organization_id')
    .select(['memberships.role', 'users.full_name as name', 'users.time_zone'])
    .select(['organizations.currency', 'organizations.country'])
    .where('memberships.organization_id', '=', organization_id)
    .where('memberships.user_id', '=', user_id)
    .where('memberships.deactivated_at', 'is', null)
    .executeTakeFirst()
  return row ? { ...row, role: roleOf(row.role) } : null
}
