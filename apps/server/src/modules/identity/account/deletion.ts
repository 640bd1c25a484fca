/**
 * Deleting one's account: out of every organization, every way in gone, and no name left. What they made for
 * their organizations stays there, of nobody.
 */
import { sql } from 'kysely'
import { systemActor, type Origin } from '../../../platform/actor.ts'
import type { SessionIdentity } from '../../../platform/http/route.ts'
import type { Ctx, SystemTx, Tenancy } from '../../../platform/tenancy.ts'
import type { IdentityAccess } from '../access.ts'
import { guestActor } from '../accounts.ts'
import { countOtherOwners, lockMemberships, setMembershipActive } from '../membership-changes.ts'
import { listMembers, listMemberships, type Membership } from '../memberships.ts'
import { revokeSessionsOf } from '../sessions.ts'
import type { Throttle } from '../throttle.ts'
import { soleOwner } from './errors.ts'
import type { Holder } from './holders.ts'
import { auditAccount } from './notices.ts'
import { requirePassword } from './password-change.ts'

/** How a member leaves an organization; the members module supplies it. */
export type LeaveOrganization = (ctx: Ctx) => Promise<void>

/** Takes the person's name out of what one organization keeps of them; the privacy module supplies it. */
export type ForgetMember = (ctx: Ctx, person: { id: string; email: string }) => Promise<void>

type Parts = {
  tenancy: Pick<Tenancy, 'inSystem' | 'inTenant'>
  access: IdentityAccess
  throttle: Throttle
  leaveOrganization: LeaveOrganization
  forgetMember: ForgetMember
}

export async function deleteAccount(
  parts: Parts,
  { user_id }: Pick<SessionIdentity, 'user_id'>,
  password: string,
  origin: Origin & { ip: string },
): Promise<void> {
  const { tenancy, access } = parts
  const holder = await requirePassword(parts, user_id, password, { ip: origin.ip, path: 'password' })
  const places = await tenancy.inSystem((tx) => requireHeirs(tx, user_id))
  await tenancy.inSystem((tx) => auditAccount(tx, holder, origin, { action: 'user.deleted' }))
  for (const place of places) {
    const actor = { ...guestActor(holder, place), origin }
    await tenancy.inTenant(actor, (ctx) => leave(ctx, parts, user_id))
  }
  for (const organization_id of await tenancy.inSystem((tx) => listEveryPlace(tx, user_id)))
    await tenancy.inTenant(systemActor(organization_id), (ctx) => parts.forgetMember(ctx, holder))
  const ended = await tenancy.inSystem(async (tx) => {
    await forgetPerson(tx, holder)
    return revokeSessionsOf(tx, user_id, access.now())
  })
  for (const id of ended) access.forgetSession(id)
  access.forgetUser(user_id)
}

/** Organizations that the person ever belonged to: those left before remember the name, too. */
async function listEveryPlace(tx: SystemTx, user_id: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('memberships')
    .select('organization_id')
    .where('user_id', '=', user_id)
    .execute()
  return rows.map(({ organization_id }) => organization_id)
}

/** Refuses to leave colleagues without an owner. */
async function requireHeirs(tx: SystemTx, user_id: string): Promise<Membership[]> {
  const places = await listMemberships(tx, user_id)
  const orphaned: string[] = []
  for (const { organization_id, role, name } of places) {
    if (role !== 'owner' || (await countOtherOwners(tx, { organization_id, user_id })) > 0) continue
    if ((await listMembers(tx, organization_id)).length > 1) orphaned.push(name)
  }
  if (orphaned.length > 0) throw soleOwner(orphaned)
  return places
}

async function leave(ctx: Ctx, { leaveOrganization }: Parts, user_id: string): Promise<void> {
  const { organization_id } = ctx.actor
  await lockMemberships(ctx.tx, organization_id)
  const colleagues = (await listMembers(ctx.tx, organization_id)).length - 1
  if (colleagues > 0) return leaveOrganization(ctx)
  // Nobody is left behind: the organization stays without members until it is removed.
  await setMembershipActive(ctx.tx, { organization_id, user_id }, false)
}

/** The row stays, because records refer to it; what it said of the person goes, and with it every way in. */
async function forgetPerson(tx: SystemTx, { id, email }: Holder): Promise<void> {
  await sql`UPDATE users SET email = ${`deleted-${id}@deleted.invalid`}, full_name = 'Deleted user', password_hash = NULL,
      claims_email = true, email_verified_at = NULL, deleted_at = now(), updated_at = now() WHERE id = ${id}`.execute(
    tx,
  )
  for (const table of [
    'account_tokens',
    'second_factors',
    'recovery_codes',
    'passkeys',
    'identities',
  ] as const)
    await tx.deleteFrom(table).where('user_id', '=', id).execute()
  await tx.deleteFrom('sign_in_steps').where('user_id', '=', id).execute()
  await tx
    .deleteFrom('outgoing_mails')
    .where('recipient', '=', email)
    .where('state', '<>', 'queued')
    .execute()
  await tx.updateTable('sessions').set({ ip: null, user_agent: null }).where('user_id', '=', id).execute()
}
