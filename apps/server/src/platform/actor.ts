import type { Grants, Permission, Role, Scope } from '@rapport/contracts'

/** Who acts, where, and what they may do there. Made by authentication, or by `systemActor` for jobs. */
export type Actor = {
  /** Null when the system acts by itself. */
  user_id: string | null
  name: string
  organization_id: string
  role: Role
  grants: Grants
  time_zone: string
  /** The organization's own currency and country, the defaults of what is entered. */
  currency: string
  country: string | null
}

/** How far `permission` reaches for this actor, or undefined when it is not granted. */
export function scopeOf(actor: Actor, permission: Permission): Scope | undefined {
  return actor.grants[permission]
}

/** Whether the actor may do it to a record of this owner. */
export function mayTouch(actor: Actor, permission: Permission, owner_id: string | null): boolean {
  const scope = scopeOf(actor, permission)
  return scope === 'all' || (scope === 'own' && owner_id !== null && owner_id === actor.user_id)
}
