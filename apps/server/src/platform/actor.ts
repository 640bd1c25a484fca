import {
  roleGrants,
  scopes,
  type FieldRules,
  type Grants,
  type Permission,
  type Scope,
} from '@rapport/contracts'
import { noFields, noObjects, type OwnFields, type OwnObjects } from './custom-fields.ts'

/** From where a request came, for the audit log. */
export type Origin = { ip: string | null; user_agent: string | null; request_id: string | null }

/** The languages that people can choose. */
export type Language = 'en' | 'pt-BR'

/** Who acts, where, and what they may do there. Made by authentication, or by `systemActor` for jobs. */
export type Actor = {
  kind: 'user' | 'api_key' | 'system'
  /** Null when the system acts by itself; whoever made the key, when an API key acts. */
  user_id: string | null
  api_key_id: string | null
  name: string
  organization_id: string
  /** A built-in role's name or a custom role's id. */
  role: string
  /** The role as a person reads it. */
  role_name: string
  grants: Grants
  /** Fields that the role may not see or not change. */
  field_rules: FieldRules
  /** What the organization added to its records. */
  own_fields: OwnFields
  /** The kinds of records that the organization made, as far as the role sees them. */
  own_objects: OwnObjects
  /** Members of the actor's teams, the actor included: whose records the scope `team` reaches. */
  team_user_ids: readonly string[]
  time_zone: string
  /** Of whoever reads what is answered. */
  language: Language
  /** The first day of the actor's week: 0 is Sunday, 1 Monday. */
  week_starts_on: number
  /** The organization's own currency and country, the defaults of what is entered. */
  currency: string
  country: string | null
  /** Null outside a request. */
  origin: Origin | null
}

/** How far `permission` reaches for this actor, or undefined when it is not granted. */
export function scopeOf(actor: Actor, permission: Permission): Scope | undefined {
  return actor.grants[permission]
}

/** The members whose records `permission` reaches, or `all` for every record, those of nobody included. */
export function ownersInReach(actor: Actor, permission: Permission): 'all' | readonly string[] {
  const scope = scopeOf(actor, permission)
  if (scope === 'all') return 'all'
  if (scope === undefined || actor.user_id === null) return []
  return scope === 'team' ? [...new Set([actor.user_id, ...actor.team_user_ids])] : [actor.user_id]
}

/** Whether the actor may do it to a record of this owner. */
export function mayTouch(actor: Actor, permission: Permission, owner_id: string | null): boolean {
  const owners = ownersInReach(actor, permission)
  return owners === 'all' || (owner_id !== null && owners.includes(owner_id))
}

/**
 * The system itself in one organization, for jobs and reactions to events. What it enters takes the
 * organization's own currency and country where the caller passes them.
 */
export function systemActor(
  organization_id: string,
  {
    currency = 'USD',
    country = null,
    own_fields = noFields,
  }: Partial<Pick<Actor, 'currency' | 'country' | 'own_fields'>> = {},
): Actor {
  return {
    kind: 'system',
    user_id: null,
    api_key_id: null,
    name: 'Rapport',
    organization_id,
    role: 'owner',
    role_name: 'owner',
    grants: roleGrants.owner,
    field_rules: {},
    own_fields,
    own_objects: noObjects,
    team_user_ids: [],
    time_zone: 'UTC',
    language: 'en',
    week_starts_on: 1,
    currency,
    country,
    origin: null,
  }
}

/** The owner of an organization, with everything that a person has by default. */
export function ownerActor(
  owner: Pick<Actor, 'name' | 'organization_id'> & { user_id: string } & Partial<Actor>,
): Actor & { user_id: string } {
  return { ...systemActor(owner.organization_id), kind: 'user', ...owner }
}

export const narrower = (one: Scope, other: Scope): Scope =>
  scopes.indexOf(one) < scopes.indexOf(other) ? one : other

/** What both grant, each permission as far as the narrower of the two reaches. */
export function narrowGrants(one: Grants, other: Grants): Grants {
  const both: Grants = {}
  for (const [permission, scope] of Object.entries(one) as [Permission, Scope][]) {
    const limit = other[permission]
    if (limit !== undefined) both[permission] = narrower(scope, limit)
  }
  return both
}
