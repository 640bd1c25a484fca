/** Scopes as the picker holds them: one text for each permission, as the API spells them. */
import {
  keyPermissions,
  scopedPermissions,
  scopes as reaches,
  type Me,
  type Permission,
  type PermissionObject,
  type permissionCatalogue,
  type Scope,
} from '@rapport/contracts'

type Action = { [Object in PermissionObject]: (typeof permissionCatalogue)[Object][number] }[PermissionObject]
export type Offer = { object: PermissionObject; actions: { permission: Permission; action: Action }[] }
type Held = Me['permissions']

export const partsOf = (permission: Permission) =>
  permission.split(':') as unknown as [object: PermissionObject, action: Action]

export const permissionOf = (scope: string): Permission => scope.split(':', 2).join(':') as Permission
export const reachOf = (scope: string): Scope => (scope.split(':')[2] ?? 'all') as Scope
export const scopeOf = (permission: Permission, reach: Scope): string =>
  reach === 'all' ? permission : `${permission}:${reach}`

/** What this member can give, by object, in the order of the catalogue. */
export function offersFor(held: Held): Offer[] {
  const offered = keyPermissions.filter((permission) => held[permission] !== undefined)
  const objects = [...new Set(offered.map((permission) => partsOf(permission)[0]))]
  return objects.map((object) => ({
    object,
    actions: offered
      .filter((permission) => partsOf(permission)[0] === object)
      .map((permission) => ({ permission, action: partsOf(permission)[1] })),
  }))
}

/** How far this member can let it reach; one choice or none leaves nothing to choose. */
export function reachesFor(permission: Permission, held: Held): Scope[] {
  if (!scopedPermissions.includes(permission)) return []
  const own = held[permission]
  return own === undefined ? [] : reaches.slice(0, reaches.indexOf(own) + 1).toReversed()
}

const widest = (permission: Permission, held: Held) => scopeOf(permission, held[permission] ?? 'own')

const reading = (permission: Permission) => partsOf(permission)[1] === 'read'

export const readOnlyScopes = (held: Held): string[] =>
  offersFor(held)
    .flatMap(({ actions }) => actions.map(({ permission }) => permission))
    .filter(reading)
    .map((permission) => widest(permission, held))

export const everyScope = (held: Held): string[] =>
  offersFor(held).flatMap(({ actions }) => actions.map(({ permission }) => widest(permission, held)))

export const findScope = (scopes: readonly string[], permission: Permission): string | undefined =>
  scopes.find((scope) => permissionOf(scope) === permission)

/** With that permission reaching so far; without it when `reach` is null. */
export function withReach(scopes: readonly string[], permission: Permission, reach: Scope | null): string[] {
  const others = scopes.filter((scope) => permissionOf(scope) !== permission)
  return reach === null ? others : [...others, scopeOf(permission, reach)]
}

/** Chosen as far as the member's own permission reaches, or left out. */
export const toggled = (scopes: readonly string[], permission: Permission, on: boolean, held: Held) =>
  withReach(scopes, permission, on ? (held[permission] ?? 'own') : null)
