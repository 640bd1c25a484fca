/**
 * What a membership's role lets its member do. A built-in role is looked up by its name; a custom one comes
 * with the membership from the database. Whatever is neither grants nothing: a role that was deleted by another
 * process, or a permission that a newer version of Rapport has dropped, refuses and never fails.
 */
import {
  fieldAccesses,
  permissions,
  roleGrants,
  roles,
  scopes,
  type FieldRules,
  type Grants,
  type Role,
} from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'

export type StoredRole = { name: string; grants: unknown; field_rules: unknown }
export type ResolvedRole = Pick<Actor, 'role' | 'role_name' | 'grants' | 'field_rules'>

const nothing: Grants = {}
const unrestricted: FieldRules = {}

export const isBuiltIn = (role: string): role is Role => (roles as readonly string[]).includes(role)

/** A built-in role in plain English; screens have their own words for it. */
export const builtInName = (role: Role): string => role.replaceAll('_', ' ')

export function resolveRole(role: string, custom: StoredRole | null): ResolvedRole {
  if (isBuiltIn(role))
    return { role, role_name: builtInName(role), grants: roleGrants[role], field_rules: unrestricted }
  if (!custom) return { role, role_name: 'unknown role', grants: nothing, field_rules: unrestricted }
  return {
    role,
    role_name: custom.name,
    grants: readGrants(custom.grants),
    field_rules: readFieldRules(custom.field_rules),
  }
}

/** The organization's own objects that are for the role; whoever manages them sees all. */
export function objectsSeen(
  { role, grants }: ResolvedRole,
  objects: readonly { key: string; roles: readonly string[] | null }[],
): ReadonlySet<string> {
  const seesAll = grants['custom_objects:manage'] !== undefined
  const seen = objects.filter(({ roles: named }) => seesAll || named === null || named.includes(role))
  return new Set(seen.map(({ key }) => key))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readGrants(stored: unknown): Grants {
  if (!isObject(stored)) return nothing
  const known = permissions.flatMap((permission) => {
    const scope = scopes.find((one) => one === stored[permission])
    return scope ? [[permission, scope] as const] : []
  })
  return Object.fromEntries(known)
}

function readFieldRules(stored: unknown): FieldRules {
  if (!isObject(stored)) return unrestricted
  const objects = Object.entries(stored).flatMap(([object, fields]) => {
    if (!isObject(fields)) return []
    const rules = Object.entries(fields).flatMap(([field, stated]) => {
      const access = fieldAccesses.find((one) => one === stated)
      return access ? [[field, access] as const] : []
    })
    return rules.length > 0 ? [[object, Object.fromEntries(rules)] as const] : []
  })
  return Object.fromEntries(objects)
}
