/** Who may change whom, and give what: nobody hands out, or takes from, more than they hold themselves. */
import { reachOf, type Grants, type Permission } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'

/** Whether `held` reaches everything that `asked` reaches. */
export const covers = (held: Grants, asked: Grants): boolean =>
  Object.entries(asked).every(
    ([permission, scope]) => reachOf(held[permission as Permission]) >= reachOf(scope),
  )

type Target = { user_id: string; role: string; grants: Grants; active: boolean }

/** What the caller may do to a member, for the screen; the services ask the same questions under their lock. */
export function rightsOver(actor: Actor, { user_id, role, grants, active }: Target) {
  const manages = actor.grants['members:manage'] !== undefined && covers(actor.grants, grants)
  const transfers = actor.kind === 'user' && actor.grants['organization:transfer'] !== undefined
  return {
    change_role: manages && active,
    deactivate: manages && active && user_id !== actor.user_id,
    restore: manages && !active,
    make_owner: transfers && active && role !== 'owner',
  }
}
