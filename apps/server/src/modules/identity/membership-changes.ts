/** Who comes, changes and goes: what the members module decides, written where memberships live. SQL only. */
import { sql } from 'kysely'
import type { PlatformTx } from './sessions.ts'

type Place = { organization_id: string; user_id: string }
export type MembershipState = { role: string; full_name: string; active: boolean }

/**
 * Whoever changes members of one organization takes turns: two owners who demote each other at the same moment
 * would else each see the other as the owner that remains. References to the organization are not held up.
 */
export async function lockMemberships(tx: PlatformTx, organization_id: string): Promise<void> {
  await sql`SELECT FROM organizations WHERE id = ${organization_id} FOR NO KEY UPDATE`.execute(tx)
}

/** What the user is in the organization, deactivated or not; undefined for a stranger. */
export async function findMembershipState(
  tx: PlatformTx,
  { organization_id, user_id }: Place,
): Promise<MembershipState | undefined> {
  return tx
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select(['memberships.role', 'users.full_name'])
    .select(sql<boolean>`memberships.deactivated_at IS NULL`.as('active'))
    .where('memberships.organization_id', '=', organization_id)
    .where('memberships.user_id', '=', user_id)
    .executeTakeFirst()
}

export async function countOtherOwners(tx: PlatformTx, { organization_id, user_id }: Place): Promise<number> {
  const { owners } = await tx
    .selectFrom('memberships')
    .select(sql<number>`count(*)::int`.as('owners'))
    .where('organization_id', '=', organization_id)
    .where('role', '=', 'owner')
    .where('deactivated_at', 'is', null)
    .where('user_id', '<>', user_id)
    .executeTakeFirstOrThrow()
  return owners
}

export async function setMembershipRole(tx: PlatformTx, place: Place, role: string): Promise<void> {
  await change(tx, place).set({ role }).execute()
}

/** Deactivated, the member is shut out as soon as caches forget, everywhere within seconds. */
export async function setMembershipActive(tx: PlatformTx, place: Place, active: boolean): Promise<void> {
  await change(tx, place)
    .set({ deactivated_at: active ? null : new Date() })
    .execute()
}

/** Notes that the member has the organization open, now and then, so that reading stays reading. */
export async function noteActivity(tx: PlatformTx, place: Place): Promise<void> {
  await change(tx, place)
    .set({ last_active_at: new Date() })
    .where(sql<boolean>`coalesce(last_active_at < now() - interval '10 minutes', true)`)
    .execute()
}

const change = (tx: PlatformTx, { organization_id, user_id }: Place) =>
  tx.updateTable('memberships').where('organization_id', '=', organization_id).where('user_id', '=', user_id)
