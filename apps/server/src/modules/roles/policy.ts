/** Who may make of a role what: pure comparisons of what is granted with what the actor holds. */
import {
  accessTo,
  fieldAccesses,
  findFieldRuleFaults,
  findGrantFaults,
  ownerOnly,
  reachOf,
  type FieldRules,
  type Grants,
  type Permission,
  type RuleFault,
} from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'

export type RoleRules = { grants: Grants; field_rules: FieldRules }

/** What no actor can take from the role that they have themselves: it would be the last change they make. */
const keptByOneself: readonly Permission[] = ['roles:read', 'roles:manage']

/** Rules on a retired object stay: it has its fields. */
export const findFaults = (
  { own_objects, own_fields }: Pick<Actor, 'own_objects' | 'own_fields'>,
  { grants, field_rules }: RoleRules,
): RuleFault[] => [
  ...findGrantFaults(grants),
  ...findFieldRuleFaults(field_rules, new Set([...own_objects, ...Object.keys(own_fields)])),
]

/** Where the role goes beyond what the actor holds: a permission, its scope, or a field. */
export function findExcess(actor: Pick<Actor, 'grants' | 'field_rules'>, role: RoleRules): RuleFault[] {
  return [...excessGrants(actor.grants, role.grants), ...excessFields(actor.field_rules, role.field_rules)]
}

const fault = (path: string, message: string): RuleFault => ({ path, code: 'exceeds_yours', message })

function excessGrants(held: Grants, granted: Grants): RuleFault[] {
  return Object.entries(granted).flatMap(([name, scope]) => {
    const own = held[name as Permission]
    if (reachOf(scope) <= reachOf(own)) return []
    const message = own === undefined ? 'is not granted to you' : `reaches further than yours (${own})`
    return [fault(`grants.${name}`, message)]
  })
}

/** Hidden, read, edit: from least to most. */
function excessFields(held: FieldRules, granted: FieldRules): RuleFault[] {
  return Object.entries(held).flatMap(([object, fields]) =>
    Object.entries(fields).flatMap(([field, own]) => {
      const access = accessTo(granted, object, field)
      if (fieldAccesses.indexOf(access) <= fieldAccesses.indexOf(own)) return []
      return [fault(`field_rules.${object}.${field}`, `is ${own === 'read' ? 'read-only' : own} for you`)]
    }),
  )
}

/** Whether the actor may give the role to a member, or take it from one. */
export const mayAssign = (actor: Pick<Actor, 'grants' | 'field_rules'>, role: RoleRules): boolean =>
  findExcess(actor, role).length === 0

export const takenFromOneself = (actor: Actor, role_id: string, grants: Grants): Permission | undefined =>
  actor.role === role_id
    ? keptByOneself.find(
        (permission) => actor.grants[permission] !== undefined && grants[permission] === undefined,
      )
    : undefined

/** What a clone takes over: everything that can be in a custom role. */
export const cloneGrants = (grants: Grants): Grants =>
  Object.fromEntries(
    Object.entries(grants).filter(([permission]) => !ownerOnly.includes(permission as Permission)),
  )

/** Without what is allowed anyhow, so that equal rules are stored equal. */
export function normalizeRules({ grants, field_rules }: RoleRules): RoleRules {
  const objects = Object.entries(field_rules).flatMap(([object, fields]) => {
    const rules = Object.entries(fields).filter(([, access]) => access !== 'edit')
    return rules.length > 0 ? [[object, Object.fromEntries(rules)] as const] : []
  })
  return { grants, field_rules: Object.fromEntries(objects) }
}
