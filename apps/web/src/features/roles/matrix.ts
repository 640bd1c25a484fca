/** The permissions of a role as a matrix that can be edited: what is chosen stays a role that makes sense. */
import {
  neededFor,
  ownerOnly,
  permissionCatalogue,
  reachOf,
  scopeChoices,
  type Grants,
  type Permission,
  type PermissionObject,
  type Scope,
} from '@rapport/contracts'

export type MatrixAction = keyof typeof actionNames
export type MatrixRow = { permission: Permission; action: MatrixAction }
export type MatrixGroup = { object: PermissionObject; rows: readonly MatrixRow[] }

/** Every action of the catalogue has words; this says so to the type check. */
const actionNames = {
  read: true,
  create: true,
  update: true,
  delete: true,
  import: true,
  manage: true,
  export: true,
  transfer: true,
} as const

/** The rows of the matrix by object, in the order of the catalogue. */
export const matrix: readonly MatrixGroup[] = (
  Object.entries(permissionCatalogue) as [PermissionObject, readonly MatrixAction[]][]
).map(([object, actions]) => ({
  object,
  rows: actions.map((action) => ({ permission: `${object}:${action}` as Permission, action })),
}))

const isScoped = (permission: Permission) => scopeChoices(permission).length > 1

/** What the caller, who holds `held`, can choose; nothing for what is for the owner alone. */
export const choicesWithin = (held: Grants, permission: Permission): Scope[] =>
  ownerOnly.includes(permission)
    ? []
    : scopeChoices(permission).filter((scope) => reachOf(scope) <= reachOf(held[permission]))

/** The grants with this one changed, and with whatever has to go with it. */
export function withGrant(grants: Grants, permission: Permission, scope: Scope | null): Grants {
  if (scope !== null) return settle(give(grants, permission, scope))
  const { [permission]: _, ...rest } = grants
  return settle(rest)
}

/** Gives it together with what it needs, as far as it needs it. */
function give(grants: Grants, permission: Permission, scope: Scope): Grants {
  let given: Grants = { ...grants, [permission]: scope }
  for (const needed of neededFor(permission)) {
    const least = !isScoped(needed) ? 'all' : isScoped(permission) ? scope : 'own'
    if (reachOf(given[needed]) < reachOf(least)) given = give(given, needed, least)
  }
  return given
}

/** Takes away what lacks what it needs, and shortens what reaches further than one can see. */
function settle(grants: Grants): Grants {
  for (const [name, scope] of Object.entries(grants)) {
    const permission = name as Permission
    for (const needed of neededFor(permission)) {
      const most = grants[needed]
      const { [permission]: _, ...rest } = grants
      if (most === undefined) return settle(rest)
      if (isScoped(permission) && isScoped(needed) && reachOf(scope) > reachOf(most))
        return settle({ ...rest, [permission]: most })
    }
  }
  return grants
}
