/** Who may look at an import and what it may bring in. A file is as telling as the leads that come out of it. */
import { customPrefix, mayEdit } from '@rapport/contracts'
import { mayTouch, ownersInReach, type Actor } from '../../platform/actor.ts'
import { hiddenFields } from '../../platform/field-rules.ts'
import { nameParts } from './guess.ts'

/**
 * Whose imports the actor sees: those of everyone whose leads they may read; only their own when fields are hidden
 * from them, which others' files may hold.
 */
export function importersInReach(actor: Actor): 'all' | readonly string[] {
  if (hiddenFields(actor.field_rules, 'lead').length === 0) return ownersInReach(actor, 'leads:read')
  return actor.user_id === null ? [] : [actor.user_id]
}

export function maySeeImport(actor: Actor, { created_by }: { created_by: string | null }): boolean {
  const importers = importersInReach(actor)
  return importers === 'all' || (created_by !== null && importers.includes(created_by))
}

/** Whether a column may be brought into this target; a name is needed by every new lead. */
export function mayMapTo({ field_rules }: Actor, target: string): boolean {
  if (target === 'full_name' || Object.hasOwn(nameParts, target)) return true
  return mayEdit(field_rules, 'lead', target.startsWith(customPrefix) ? customPrefix.slice(0, -1) : target)
}

/** What a row may do to a lead that is there already. */
export const updateRights = (actor: Actor) => ({
  mayUpdate: ({ owner_id }: { owner_id: string | null }) =>
    mayTouch(actor, 'leads:read', owner_id) && mayTouch(actor, 'leads:update', owner_id),
  mayRename: mayEdit(actor.field_rules, 'lead', 'full_name'),
})
export type UpdateRights = ReturnType<typeof updateRights>
