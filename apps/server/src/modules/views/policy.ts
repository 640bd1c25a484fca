/** Who may do what with a view. Opening one is decided where views are selected. */
import { scopeOf, type Actor } from '../../platform/actor.ts'
import { permissionMissing } from '../../platform/problems.ts'
import { notYours, notYourView } from './problems.ts'
import type { ViewRow } from './repository.ts'

type Owned = Pick<ViewRow, 'owner_id' | 'visibility'>

const mayShare = (actor: Actor) => scopeOf(actor, 'views:share') !== undefined

/** One's own as long as nobody else sees it; what others see, by whoever may share. */
export const mayChange = (actor: Actor, view: Owned): boolean =>
  view.visibility === 'private'
    ? view.owner_id === actor.user_id && scopeOf(actor, 'views:create') !== undefined
    : mayShare(actor)

export function requireChangeable(actor: Actor, view: Owned): void {
  if (!mayChange(actor, view)) throw notYourView()
}

/** What the view shall be: sharing takes the permission, and taking back is for whose it is. */
export function requireReach(actor: Actor, after: Owned): void {
  if (after.visibility !== 'private' && !mayShare(actor)) throw permissionMissing(actor, 'views:share')
  if (after.visibility === 'private' && after.owner_id !== actor.user_id) throw notYours()
}
