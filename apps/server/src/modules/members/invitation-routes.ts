import { operations, type Organization } from '@rapport/contracts'
import { originOf } from '../../platform/http/origin.ts'
import type { SessionContext } from '../../platform/http/route.ts'
import type { Platform } from '../../platform/platform.ts'
import type { SystemTx } from '../../platform/tenancy.ts'
import { getOrganization, getUser, guestActor, type IdentityAccess } from '../identity/index.ts'
import { decline, findMine, findOpenByToken, join, presentReceived, type Guest } from './accept.ts'
import { createInvitationLimits } from './invitation-limits.ts'
import { lockInvitation, selectAcceptable, type InvitationRow } from './invitation-repository.ts'
import { invite, listInvitations, resendInvitation, revokeInvitation } from './invite.ts'
import { addressNotProved, invitationForOther, invitationNotFound } from './problems.ts'

export function serveInvitations(platform: Platform, access: IdentityAccess): void {
  const { api, tenancy, mail } = platform
  const { invitations } = operations
  const countMail = createInvitationLimits(platform.limits)

  async function accept(
    { request, inTenant }: SessionContext,
    found: Pick<InvitationRow, 'organization_id' | 'id' | 'role'> & { proves_address: boolean },
    guest: Guest,
  ): Promise<{ organization: Organization; role: string }> {
    const actor = { ...guestActor(guest, found), origin: originOf(request) }
    const joined = await inTenant(actor, async (ctx) => ({
      role: await join(ctx, found, guest),
      organization: await getOrganization(ctx.tx, found.organization_id),
    }))
    access.forgetUser(guest.id)
    return joined
  }

  api.route(invitations.list, {
    allow: 'members:manage',
    run: async (ctx) => ({ items: await listInvitations(ctx), next_cursor: null }),
  })

  api.route(invitations.create, {
    allow: 'members:manage',
    async handle({ actor, inTenant }, { body }) {
      await countMail(actor.organization_id, body.email)
      return inTenant(actor, (ctx) => invite(ctx, mail, body))
    },
  })

  api.route(invitations.resend, {
    allow: 'members:manage',
    async handle({ actor, inTenant, inSystem }, { params }) {
      const known = await inSystem((tx) => lockInvitation(tx, actor.organization_id, params.id))
      if (!known) throw invitationNotFound(params.id)
      await countMail(actor.organization_id, known.email)
      return inTenant(actor, (ctx) => resendInvitation(ctx, mail, params.id))
    },
  })

  api.route(invitations.revoke, {
    allow: 'members:manage',
    run: (ctx, { params }) => revokeInvitation(ctx, params.id) as Promise<undefined>,
  })

  api.route(invitations.inspect, {
    allow: 'public',
    handle: async ({ inSystem }, { body }) =>
      presentReceived(tenancy, await inSystem((tx) => findOpenByToken(tx, body.token))),
  })

  api.route(invitations.accept, {
    allow: 'session',
    async handle(ctx, { body }) {
      const [found, guest] = await ctx.inSystem((tx) =>
        Promise.all([findOpenByToken(tx, body.token), getUser(tx, ctx.identity.user_id)]),
      )
      if (found.email !== guest.email) throw invitationForOther(found.email)
      return accept(ctx, found, guest)
    },
  })

  api.route(invitations.mine, {
    allow: 'session',
    async handle({ inSystem, identity }) {
      const rows = await inSystem(async (tx) => {
        const guest = await findProvedGuest(tx, identity.user_id)
        return guest ? selectAcceptable(tx, guest.email) : []
      })
      return { items: await Promise.all(rows.map((row) => presentReceived(tenancy, row))) }
    },
  })

  api.route(invitations.acceptMine, {
    allow: 'session',
    async handle(ctx, { params }) {
      const { guest, found } = await ctx.inSystem((tx) => requireMine(tx, ctx.identity.user_id, params.id))
      return accept(ctx, { ...found, proves_address: false }, guest)
    },
  })

  api.route(invitations.decline, {
    allow: 'session',
    async handle({ identity, inSystem, inTenant, request }, { params }) {
      const { guest, found } = await inSystem((tx) => requireMine(tx, identity.user_id, params.id))
      const actor = { ...guestActor(guest, found), origin: originOf(request) }
      await inTenant(actor, (ctx) => decline(ctx, found.id))
      return undefined
    },
  })
}

async function requireMine(tx: SystemTx, user_id: string, id: string) {
  const guest = await findProvedGuest(tx, user_id)
  if (!guest) throw addressNotProved()
  return { guest, found: await findMine(tx, id, guest) }
}

/** Without a token, only a proved address counts: anybody may register with one that is not theirs. */
async function findProvedGuest(tx: SystemTx, user_id: string): Promise<Guest | undefined> {
  return tx
    .selectFrom('users')
    .select(['id', 'email', 'full_name'])
    .where('id', '=', user_id)
    .where('claims_email', 'is', true)
    .where('email_verified_at', 'is not', null)
    .executeTakeFirst()
}
