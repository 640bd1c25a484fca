import { operations } from '@rapport/contracts'
import type { Platform } from '../../platform/platform.ts'
import type { IdentityAccess } from '../identity/index.ts'
import { serveInvitations } from './invitation-routes.ts'
import { deleteOldInvitations } from './invitation-repository.ts'
import { transferOwnership } from './ownership.ts'
import { createPasswordCheck } from './own-password.ts'
import { memberNotFound, peopleOnly } from './problems.ts'
import { previewHandOver } from './hands.ts'
import { reassignLater, requireHeirs, requireOwnedOf, workOnReassignments } from './reassign.ts'
import { loadRoles, mayGive } from './roles.ts'
import {
  changeRole,
  deactivateMember,
  getMember,
  getMemberWithOwned,
  leaveOrganization,
  listMembers,
  restoreMember,
} from './service.ts'

export function membersModule({ authentication: access }: { authentication: IdentityAccess }) {
  return (platform: Platform): void => {
    const { api, tenancy, jobs, limits } = platform
    const { members } = operations
    const requireOwnPassword = createPasswordCheck(limits)
    workOnReassignments(platform)
    jobs.schedule('members.delete-old-invitations', '47 3 * * *', () =>
      tenancy.inSystem(deleteOldInvitations),
    )
    serveInvitations(platform, access)

    api.route(members.list, {
      allow: 'members:read',
      run: async (ctx, { query }) => ({ items: await listMembers(ctx, query.state), next_cursor: null }),
    })

    api.route(members.get, {
      allow: 'members:manage',
      run: (ctx, { params }) => getMemberWithOwned(ctx, params.user_id),
    })

    api.route(members.assignableRoles, {
      allow: 'members:manage',
      async run({ tx, actor }) {
        const roles = [...(await loadRoles(tx, actor.organization_id)).values()]
        const items = roles
          .filter((role) => mayGive(actor, role))
          .map(({ key, name, description }) => ({ key, name, description }))
        return { items }
      },
    })

    api.route(members.update, {
      allow: 'members:manage',
      async handle({ actor, inTenant }, { params, body }) {
        const member = await inTenant(actor, (ctx) => changeRole(ctx, params.user_id, body.role))
        access.forgetUser(member.user_id)
        return member
      },
    })

    api.route(members.deactivate, {
      allow: 'members:manage',
      async handle({ actor, inTenant }, { params, query }) {
        const member = await inTenant(actor, async (ctx) => {
          const deactivated = await deactivateMember(ctx, params.user_id)
          if (query.reassign_to) {
            const to = { strategy: 'member' as const, user_id: query.reassign_to }
            await requireHeirs(ctx, params.user_id, to)
            await reassignLater(ctx, jobs, params.user_id, to)
          }
          return deactivated
        })
        access.forgetUser(member.user_id)
        return member
      },
    })

    api.route(members.handOver, {
      allow: 'members:manage',
      run: async (ctx, { params, body }) => {
        await getMember(ctx, params.user_id)
        await requireHeirs(ctx, params.user_id, body)
        return { owned: await reassignLater(ctx, jobs, params.user_id, body) }
      },
    })

    api.route(members.previewHandOver, {
      allow: 'members:manage',
      run: async (ctx, { params, body }) => {
        await getMember(ctx, params.user_id)
        await requireHeirs(ctx, params.user_id, body)
        await requireOwnedOf(ctx, params.user_id)
        return previewHandOver(ctx, params.user_id, body)
      },
    })

    api.route(members.restore, {
      allow: 'members:manage',
      async handle({ actor, inTenant }, { params }) {
        const member = await inTenant(actor, (ctx) => restoreMember(ctx, params.user_id))
        access.forgetUser(member.user_id)
        return member
      },
    })

    api.route(members.transferOwnership, {
      allow: 'organization:transfer',
      async handle({ actor, inTenant, inSystem }, { body }) {
        if (actor.kind !== 'user' || actor.user_id === null) throw peopleOnly()
        await requireOwnPassword(inSystem, actor.user_id, body.password)
        const member = await inTenant(actor, (ctx) => transferOwnership(ctx, body))
        access.forgetUser(member.user_id)
        access.forgetUser(actor.user_id)
        return member
      },
    })

    api.route(members.leave, {
      allow: 'session',
      async handle({ identity, inTenant }, { params }) {
        const bound = identity.token_organization_id
        const actor =
          bound === null || bound === params.organization_id.toLowerCase()
            ? await access.actorOf(identity.user_id, params.organization_id)
            : null
        if (!actor) throw memberNotFound(identity.user_id)
        await inTenant(actor, leaveOrganization)
        access.forgetUser(identity.user_id)
        return undefined
      },
    })
  }
}
