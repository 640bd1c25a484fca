/** Who belongs where, with which role. SQL only. */
import { sql, type CompiledQuery } from 'kysely'
import { ownFieldsText } from '../../platform/custom-fields.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import type { TenantTx } from '../../platform/tenancy.ts'
import type { StoredRole } from './role-resolution.ts'
import type { PlatformTx } from './sessions.ts'

/** `role` is a built-in name or the id of a custom role. */
export type Membership = { organization_id: string; name: string; slug: string; role: string }

/** Makes the user a member, or one who was shut out a member again; false for one who is. */
export async function insertMembership(
  tx: PlatformTx,
  membership: { organization_id: string; user_id: string; role: string },
): Promise<boolean> {
  const row = await tx
    .insertInto('memberships')
    .values(membership)
    .onConflict((on) =>
      on
        .columns(['organization_id', 'user_id'])
        .doUpdateSet({ role: membership.role, deactivated_at: null })
        .where('memberships.deactivated_at', 'is not', null),
    )
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}

/** The organizations that the user is an active member of, the longest one first. */
export async function listMemberships(tx: PlatformTx, user_id: string): Promise<Membership[]> {
  return tx
    .selectFrom('memberships')
    .innerJoin('organizations', 'organizations.id', 'memberships.organization_id')
    .select(['memberships.organization_id', 'organizations.name', 'organizations.slug', 'memberships.role'])
    .where('memberships.user_id', '=', user_id)
    .where('memberships.deactivated_at', 'is', null)
    .orderBy('memberships.created_at')
    .orderBy('memberships.organization_id')
    .execute()
}

/** The active members, as others know them. */
export async function listMembers(tx: PlatformTx, organization_id: string) {
  return tx
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select(['memberships.user_id', 'users.full_name', 'users.email'])
    .where('memberships.organization_id', '=', organization_id)
    .where('memberships.deactivated_at', 'is', null)
    .orderBy('users.full_name')
    .orderBy('memberships.user_id')
    .execute()
}

/** The user as an active member, or undefined. */
export async function findMember(tx: PlatformTx, user_id: string, organization_id: string) {
  return tx
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select(['memberships.user_id', 'users.full_name', 'memberships.role'])
    .where('memberships.organization_id', '=', organization_id)
    .where('memberships.user_id', '=', user_id)
    .where('memberships.deactivated_at', 'is', null)
    .executeTakeFirst()
}

/** What an actor is made of. */
export type MemberRow = {
  role: string
  name: string
  time_zone: string
  week_start: string
  language: string
  currency: string
  country: string | null
  custom_role: StoredRole | null
  /** All members of the teams that the member belongs to or manages. */
  team_user_ids: string[]
  /** The JSON text of OwnFields. */
  own_fields: string
  /** The objects that are in use, in their order, and the roles that see each; null for all. */
  own_objects: { key: string; roles: string[] | null }[]
}

/** One statement for everything that decides what a member may do; it has to run bound to the organization. */
export function memberStatement(user_id: string, organization_id: string): CompiledQuery<MemberRow> {
  return sql<MemberRow>`
    SELECT m.role, u.full_name AS name, u.time_zone, u.week_start, u.language, o.currency, o.country,
      CASE WHEN r.id IS NOT NULL
        THEN json_build_object('name', r.name, 'grants', r.grants, 'field_rules', r.field_rules) END AS custom_role,
      ARRAY(
        SELECT DISTINCT tm.user_id FROM team_members tm
        WHERE tm.organization_id = ${organization_id}::uuid AND tm.team_id IN (
          SELECT own.team_id FROM team_members own
          WHERE own.organization_id = ${organization_id}::uuid AND own.user_id = ${user_id}::uuid
          UNION ALL
          SELECT t.id FROM teams t
          WHERE t.organization_id = ${organization_id}::uuid AND t.manager_id = ${user_id}::uuid)
      ) AS team_user_ids,
      ${ownFieldsText(organization_id)} AS own_fields, ${ownObjects(organization_id)} AS own_objects
    FROM memberships m
    JOIN users u ON u.id = m.user_id
    JOIN organizations o ON o.id = m.organization_id
    LEFT JOIN roles r ON r.organization_id = m.organization_id AND r.id::text = m.role
    WHERE m.organization_id = ${organization_id}::uuid AND m.user_id = ${user_id}::uuid
      AND m.deactivated_at IS NULL`.compile(queryBuilder)
}

const ownObjects = (organization_id: string) => sql<MemberRow['own_objects']>`(
  SELECT coalesce(json_agg(json_build_object('key', c.key, 'roles', c.roles) ORDER BY c.position, c.id), '[]')
  FROM custom_objects c WHERE c.organization_id = ${organization_id}::uuid AND c.retired_at IS NULL)`

/** How many active members have each role. */
export async function countByRole(tx: TenantTx, organization_id: string): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('memberships')
    .select(['role', sql<number>`count(*)::int`.as('members')])
    .where('organization_id', '=', organization_id)
    .where('deactivated_at', 'is', null)
    .groupBy('role')
    .execute()
  return new Map(rows.map((row) => [row.role, row.members]))
}

/** Gives everyone who has the one role the other, those who are shut out included; answers the active ones. */
export async function replaceMembershipRole(
  tx: TenantTx,
  organization_id: string,
  role: string,
  replacement: string,
): Promise<string[]> {
  const rows = await tx
    .updateTable('memberships')
    .set({ role: replacement })
    .where('organization_id', '=', organization_id)
    .where('role', '=', role)
    .returning(['user_id', 'deactivated_at'])
    .execute()
  return rows.filter((row) => row.deactivated_at === null).map((row) => row.user_id)
}
