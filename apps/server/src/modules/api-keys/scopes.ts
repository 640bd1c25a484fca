/** Scopes of a key, and what is left of its maker's grants under them. Pure rules. */
import type { Grants, KeyScope, Permission, Scope } from '@rapport/contracts'
import { narrower } from '../../platform/actor.ts'

const form = /^(\w+:\w+)(?::(own|team))?$/

/** `leads:read:own` → leads:read, own. */
function parseScope(text: string): { permission: Permission; scope: Scope } {
  const [, permission, scope = 'all'] = form.exec(text) ?? []
  return { permission: permission as Permission, scope: scope as Scope }
}

const textOf = (permission: Permission, scope: Scope): KeyScope =>
  scope === 'all' ? permission : `${permission}:${scope}`

/** What both allow: each permission that both have, as far as the one that reaches less far. */
export function intersectGrants(scopes: readonly string[], grants: Grants): Grants {
  const both: Grants = {}
  for (const text of scopes) {
    const { permission, scope } = parseScope(text)
    const granted = grants[permission]
    if (granted !== undefined) both[permission] = narrower(granted, scope)
  }
  return both
}

/** The places in `scopes` that ask for a permission which the grants do not hold. */
export function beyondGrants(scopes: readonly string[], grants: Grants): number[] {
  return scopes.flatMap((text, index) => (grants[parseScope(text).permission] === undefined ? [index] : []))
}

/** Scopes as they are stored: one for each permission, none reaching further than the grants do now. */
export function boundScopes(scopes: readonly string[], grants: Grants): KeyScope[] {
  const widest: Grants = {}
  for (const text of scopes) {
    const { permission, scope } = parseScope(text)
    const before = widest[permission]
    widest[permission] = before === undefined || narrower(before, scope) === before ? scope : before
  }
  const asked = Object.entries(widest).map(([permission, scope]) => textOf(permission as Permission, scope))
  return Object.entries(intersectGrants(asked, grants)).map(([permission, scope]) =>
    textOf(permission as Permission, scope),
  )
}
