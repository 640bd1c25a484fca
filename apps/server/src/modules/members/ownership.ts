/** Ownership changes hands: with the giver's own password, and never so that an organization has no owner. */
import type { Member } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'
import { memberIsDeactivated } from './problems.ts'
import { getMember, giveRole, lockTarget } from './service.ts'

type Transfer = { user_id: string; stay_owner?: boolean | undefined }

export async function transferOwnership(
  ctx: Ctx,
  { user_id, stay_owner = false }: Transfer,
): Promise<Member> {
  const { actor } = ctx
  const heir = await lockTarget(ctx, user_id)
  if (!heir.active) throw memberIsDeactivated()
  if (heir.role !== 'owner') await giveRole(ctx, heir, 'owner')
  if (!stay_owner && actor.user_id !== null && actor.user_id !== user_id)
    await giveRole(ctx, { id: actor.user_id, role: 'owner', full_name: actor.name, active: true }, 'admin')
  return getMember(ctx, user_id)
}
