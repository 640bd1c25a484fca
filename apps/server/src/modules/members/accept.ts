/** Coming in by an invitation: with its token, or with an account that has proved the invited address. */
import type { ReceivedInvitation, User } from '@rapport/contracts'
import { systemActor } from '../../platform/actor.ts'
import type { Ctx, SystemTx, Tenancy } from '../../platform/tenancy.ts'
import {
  admitMember,
  findMember,
  getOrganization,
  hashSecret,
  noteProvedAddress,
  type InvitationDesk,
} from '../identity/index.ts'
import { joinTeams } from '../teams/index.ts'
import {
  endInvitation,
  findByToken,
  lockInvitation,
  selectAcceptable,
  type InvitationRow,
} from './invitation-repository.ts'
import { tellEnd } from './invite.ts'
import {
  invitationEnded,
  invitationExpired,
  invitationForOther,
  invitationNotFound,
  invitationRoleGone,
  unknownToken,
} from './problems.ts'
import { loadRoles } from './roles.ts'

export type Guest = Pick<User, 'id' | 'email' | 'full_name'>
type Found = InvitationRow & { proves_address: boolean }
type Ticket = Pick<Found, 'id' | 'proves_address'>

function requireOpen({ outcome, expired }: InvitationRow): void {
  if (outcome !== null) throw invitationEnded(outcome)
  if (expired) throw invitationExpired()
}

export async function findOpenByToken(tx: SystemTx, token: string): Promise<Found> {
  const found = await findByToken(tx, hashSecret(token))
  if (!found) throw unknownToken()
  requireOpen(found)
  return found
}

/** What the invited person is shown; a custom role is named in its organization. */
export async function presentReceived(
  { inTenant }: Pick<Tenancy, 'inTenant'>,
  { organization_id, id, email, role, inviter_name, message, expires_at }: InvitationRow,
): Promise<ReceivedInvitation> {
  return inTenant(systemActor(organization_id), async ({ tx }) => {
    const [organization, known] = await Promise.all([
      getOrganization(tx, organization_id),
      loadRoles(tx, organization_id),
    ])
    const role_name = known.get(role)?.name ?? role
    return {
      id,
      organization_name: organization.name,
      email,
      role,
      role_name,
      inviter_name,
      message,
      expires_at,
    }
  })
}

/** Joins the actor's organization in the transaction of `ctx`; answers the role. */
export async function join(ctx: Ctx, { id, proves_address }: Ticket, guest: Guest): Promise<string> {
  const { tx, actor } = ctx
  const invitation = await lockInvitation(tx, actor.organization_id, id)
  if (!invitation) throw invitationNotFound(id)
  requireOpen(invitation)
  const { email, role, team_ids } = invitation
  if (email !== guest.email) throw invitationForOther(email)
  const known = await loadRoles(tx, actor.organization_id)
  if (!known.has(role)) throw invitationRoleGone()
  const joined = await admitMember(ctx, guest, role)
  await joinTeams(ctx, guest.id, team_ids)
  if (proves_address) await noteProvedAddress(tx, { user_id: guest.id, email }, Date.now())
  await endInvitation(tx, invitation, 'accepted')
  tellEnd(ctx, invitation, 'accepted')
  if (joined) return role
  // Somebody let them in meanwhile: they stay what they are.
  return (await findMember(tx, guest.id, actor.organization_id))?.role ?? role
}

/** For the registration of an invited person, which the identity module does. */
export const invitationDesk: InvitationDesk = {
  async find(tx, token, email) {
    const found = await findOpenByToken(tx, token)
    if (found.email !== email) throw invitationForOther(found.email)
    return found
  },
  async accept(ctx, token, user) {
    const found = await findByToken(ctx.tx, hashSecret(token))
    if (!found) throw unknownToken()
    return join(ctx, found, user)
  },
}

/** An open invitation to this guest, by its id. */
export async function findMine(tx: SystemTx, id: string, guest: Guest): Promise<InvitationRow> {
  const found = (await selectAcceptable(tx, guest.email)).find((invitation) => invitation.id === id)
  if (!found) throw invitationNotFound(id)
  return found
}

export async function decline(ctx: Ctx, id: string): Promise<void> {
  const invitation = await lockInvitation(ctx.tx, ctx.actor.organization_id, id)
  if (!invitation) throw invitationNotFound(id)
  requireOpen(invitation)
  await endInvitation(ctx.tx, invitation, 'declined')
  tellEnd(ctx, invitation, 'declined')
}
