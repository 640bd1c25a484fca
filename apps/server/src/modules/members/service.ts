/**
 * Changing who belongs to an organization. Every change first takes the organization's lock and looks at the
 * caller and the member as they are then: a role that was taken away a moment ago decides nothing any more.
 */
import type { Member } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import {
  countOtherOwners,
  findMembershipState,
  lockMemberships,
  setMembershipActive,
  setMembershipRole,
} from '../identity/index.ts'
import { revokeInvitationsOf } from './invite.ts'
import { selectMembers, type MemberRow, type MemberState } from './member-repository.ts'
import { countOwned, ownedKindsSeen } from './owned.ts'
import { mayAssign } from '../roles/index.ts'
import { leaveTeams } from '../teams/index.ts'
import { rightsOver } from './policy.ts'
import {
  lastOwner,
  memberAboveYou,
  memberIsDeactivated,
  memberNotFound,
  yourRoleChanged,
} from './problems.ts'
import { loadRoles, requireGiveable, roleOf, type KnownRoles } from './roles.ts'

export type Target = { id: string; role: string; full_name: string; active: boolean }

function present(actor: Actor, known: KnownRoles, { two_factor, ...row }: MemberRow): Member {
  const active = row.deactivated_at === null
  const role = roleOf(known, row.role)
  const can = rightsOver(actor, { user_id: row.user_id, role, active })
  // Who could be attacked more easily concerns only those who can do something about it.
  const seesSafety = actor.grants['members:manage'] !== undefined || row.user_id === actor.user_id
  return { ...row, role_name: role.name, two_factor: seesSafety ? two_factor : null, can }
}

export async function listMembers({ tx, actor }: Ctx, state: MemberState): Promise<Member[]> {
  const { organization_id } = actor
  const [known, rows] = await Promise.all([
    loadRoles(tx, organization_id),
    selectMembers(tx, organization_id, { state }),
  ])
  return rows.map((row) => present(actor, known, row))
}

export async function getMember({ tx, actor }: Ctx, user_id: string): Promise<Member> {
  const known = await loadRoles(tx, actor.organization_id)
  const [row] = await selectMembers(tx, actor.organization_id, { state: 'all', user_id })
  if (!row) throw memberNotFound(user_id)
  return present(actor, known, row)
}

export async function getMemberWithOwned(ctx: Ctx, user_id: string) {
  const member = await getMember(ctx, user_id)
  return { ...member, owned: await countOwned(ctx, user_id, ownedKindsSeen(ctx.actor)) }
}

/** Takes the lock, and makes sure that the caller still is what they were when the request came in. */
export async function lockTarget({ tx, actor }: Ctx, user_id: string): Promise<Target> {
  const { organization_id } = actor
  await lockMemberships(tx, organization_id)
  const [self, member] = await Promise.all([
    actor.user_id === null ? undefined : findMembershipState(tx, { organization_id, user_id: actor.user_id }),
    findMembershipState(tx, { organization_id, user_id }),
  ])
  if (actor.kind === 'user' && (!self?.active || self.role !== actor.role)) throw yourRoleChanged()
  if (!member) throw memberNotFound(user_id)
  return { id: user_id, ...member }
}

/** Somebody who holds more than the caller is out of the caller's reach. */
export function requireReach(actor: Actor, known: KnownRoles, { role }: Target): void {
  if (!mayAssign(actor, roleOf(known, role))) throw memberAboveYou()
}

async function requireOtherOwner({ tx, actor }: Ctx, { id: user_id, role }: Target): Promise<void> {
  if (role !== 'owner') return
  const { organization_id } = actor
  if ((await countOtherOwners(tx, { organization_id, user_id })) === 0) throw lastOwner()
}

/** Gives the role and tells of it; the caller has made sure that it may be given. */
export async function giveRole(
  { tx, actor, emit }: Ctx,
  { id, role: before, full_name }: Target,
  role: string,
): Promise<void> {
  await setMembershipRole(tx, { organization_id: actor.organization_id, user_id: id }, role)
  emit({
    type: 'member.updated',
    record: { object: 'member', id, name: full_name },
    data: { full_name, role },
    changes: { before: { role: before }, after: { role } },
  })
}

export async function changeRole(ctx: Ctx, user_id: string, role: string): Promise<Member> {
  const { actor } = ctx
  const target = await lockTarget(ctx, user_id)
  const known = await loadRoles(ctx.tx, actor.organization_id)
  requireGiveable(ctx, known, role)
  requireReach(actor, known, target)
  if (!target.active) throw memberIsDeactivated()
  if (target.role !== role) {
    await requireOtherOwner(ctx, target)
    await giveRole(ctx, target, role)
  }
  return getMember(ctx, user_id)
}

/** Shuts the member out, of the teams too, and takes back what they invited; what they own stays theirs until it is given away. */
export async function removeMember(ctx: Ctx, target: Target): Promise<void> {
  const { tx, actor, emit } = ctx
  const { id, full_name, role } = target
  if (!target.active) return
  await requireOtherOwner(ctx, target)
  await setMembershipActive(tx, { organization_id: actor.organization_id, user_id: id }, false)
  await revokeInvitationsOf(ctx, id)
  await leaveTeams(ctx, id)
  emit({
    type: 'member.removed',
    record: { object: 'member', id, name: full_name },
    data: { full_name },
    changes: { before: { role } },
  })
}

export async function deactivateMember(ctx: Ctx, user_id: string): Promise<Member> {
  const target = await lockTarget(ctx, user_id)
  requireReach(ctx.actor, await loadRoles(ctx.tx, ctx.actor.organization_id), target)
  await removeMember(ctx, target)
  return getMember(ctx, user_id)
}

/** One goes oneself: no permission is needed for it, only another owner where one is an owner. */
export async function leaveOrganization(ctx: Ctx): Promise<void> {
  const { user_id } = ctx.actor
  if (user_id === null) throw new Error('Only people leave an organization.')
  await removeMember(ctx, await lockTarget(ctx, user_id))
}

export async function restoreMember(ctx: Ctx, user_id: string): Promise<Member> {
  const { tx, actor, emit } = ctx
  const target = await lockTarget(ctx, user_id)
  const { id, full_name, role } = target
  requireReach(actor, await loadRoles(tx, actor.organization_id), target)
  if (!target.active) {
    await setMembershipActive(tx, { organization_id: actor.organization_id, user_id }, true)
    emit({
      type: 'member.joined',
      record: { object: 'member', id, name: full_name },
      data: { full_name, role },
      changes: { after: { role } },
    })
  }
  return getMember(ctx, user_id)
}
