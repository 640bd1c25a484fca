/** What one member may do to another: nobody hands out, or takes from, more than they hold themselves. */
import type { Actor } from '../../platform/actor.ts'
import { mayAssign } from '../roles/index.ts'
import type { KnownRole } from './roles.ts'

type Target = { user_id: string; role: KnownRole; active: boolean }

/** For the screen; the services ask the same questions again under their lock. */
export function rightsOver(actor: Actor, { user_id, role, active }: Target) {
  const manages = actor.grants['members:manage'] !== undefined && mayAssign(actor, role)
  const transfers = actor.kind === 'user' && actor.grants['organization:transfer'] !== undefined
  return {
    change_role: manages && active,
    deactivate: manages && active && user_id !== actor.user_id,
    restore: manages && !active,
    make_owner: transfers && active && role.key !== 'owner',
  }
}
