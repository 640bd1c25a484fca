/** Members as their colleagues see them. Reads only: identity writes memberships, and the roles module teams. */
import type { Member } from '@rapport/contracts'
import { sql } from 'kysely'
import type { TenantTx } from '../../platform/tenancy.ts'

export type MemberState = 'active' | 'deactivated' | 'all'
export type MemberRow = Omit<Member, 'can' | 'two_factor' | 'role_name'> & { two_factor: boolean }

/** By name; `user_id` leaves one. */
export async function selectMembers(
  tx: TenantTx,
  organization_id: string,
  { state, user_id }: { state: MemberState; user_id?: string },
): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    SELECT m.user_id, u.full_name, u.email, m.role, m.created_at AS joined_at, m.last_active_at, m.deactivated_at,
      EXISTS (SELECT FROM second_factors f WHERE f.user_id = m.user_id AND f.confirmed_at IS NOT NULL) AS two_factor,
      coalesce((
        SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name)
        FROM team_members tm JOIN teams t ON t.organization_id = tm.organization_id AND t.id = tm.team_id
        WHERE tm.organization_id = ${organization_id}::uuid AND tm.user_id = m.user_id), '[]') AS teams
    FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.organization_id = ${organization_id}::uuid
      AND (${user_id ?? null}::uuid IS NULL OR m.user_id = ${user_id ?? null}::uuid)
      AND (${state} = 'all' OR (m.deactivated_at IS NULL) = (${state} = 'active'))
    ORDER BY u.full_name, m.user_id`.execute(tx)
  return rows
}

export async function isMemberAddress(
  tx: TenantTx,
  organization_id: string,
  email: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select('memberships.user_id')
    .where('memberships.organization_id', '=', organization_id)
    .where('memberships.deactivated_at', 'is', null)
    .where('users.email', '=', email)
    .executeTakeFirst()
  return row !== undefined
}
