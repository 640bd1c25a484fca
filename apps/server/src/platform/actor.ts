import { roleGrants, type Grants, type Permission, type Role, type Scope } from '@rapport/contracts'

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

/**
 * The system itself in one organization, for jobs and reactions to events. What it enters takes the
 * organization's own currency and country where the caller passes them.
 */
export function systemActor(
  organization_id: string,
  defaults: Pick<Actor, 'currency' | 'country'> = { currency: 'USD', country: null },
): Actor {
  return {
    user_id: null,
    name: 'Rapport',
    organization_id,
    role: 'owner',
    grants: roleGrants.owner,
    time_zone: 'UTC',
    currency: defaults.currency,
    country: defaults.country,
  }
}
