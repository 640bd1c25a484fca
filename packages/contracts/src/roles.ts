/**
 * Roles as an organization sees and edits them: the built-in ones, which are code, and its own, cloned from
 * another role. What may be granted and what may be restricted is checked here, so that the editor on
 * screen and the server find the same faults.
 */
import { z } from 'zod'
import { companyFields } from './company-fields.ts'
import { contactFields } from './contact-fields.ts'
import { dealFields } from './deal-fields.ts'
import { customRecordFields } from './custom-record-fields.ts'
import { customPrefix, type FieldDescription } from './fields.ts'
import { RoleKey } from './identity.ts'
import { leadFields } from './lead-fields.ts'
import { operation } from './operation.ts'
import {
  fieldAccesses,
  permissionCatalogue,
  permissions,
  scopedPermissions,
  scopes,
  type FieldAccess,
  type FieldRules,
  type Grants,
  type Permission,
} from './permissions.ts'
import { productFields } from './product-fields.ts'
import { taskFields } from './task-fields.ts'
import { line, optionalLine, Timestamp, Version } from './shared.ts'

export const RoleGrants = z.partialRecord(z.enum(permissions), z.enum(scopes))
export const RoleFieldRules = z.record(z.string(), z.record(z.string(), z.enum(fieldAccesses)))

/** A built-in role, whose id is its name, or a custom one. */
export const RoleRecord = z.object({
  id: RoleKey,
  name: z.string(),
  description: z.string().nullable(),
  built_in: z.boolean(),
  grants: RoleGrants,
  field_rules: RoleFieldRules,
  /** Active members who have it. */
  member_count: z.int(),
  /** Null for a built-in role, which never changes. */
  version: z.int().nullable(),
  updated_at: Timestamp.nullable(),
  /** `assign`: whether the caller may give this role to a member. */
  can: z.object({ update: z.boolean(), delete: z.boolean(), assign: z.boolean() }),
})
export type RoleRecord = z.infer<typeof RoleRecord>

const description = optionalLine(500)
const RoleParams = z.strictObject({ id: RoleKey })

export const NewRole = z.strictObject({
  name: line(80),
  description,
  from: RoleKey.describe('The role to clone: a built-in name or an id'),
  grants: RoleGrants.optional().describe('Instead of those of the cloned role'),
  field_rules: RoleFieldRules.optional().describe('Instead of those of the cloned role'),
})
export type NewRole = z.output<typeof NewRole>

export const RoleChange = z.strictObject({
  name: line(80).optional(),
  description,
  grants: RoleGrants.optional().describe('All of them; a permission that is left out is taken away'),
  field_rules: RoleFieldRules.optional().describe('All of them'),
  version: Version.optional(),
})
export type RoleChange = z.output<typeof RoleChange>

export const roleOperations = {
  list: operation({
    method: 'GET',
    path: '/organizations/current/roles',
    summary: 'Built-in and custom roles with what they grant',
    reply: z.object({ items: z.array(RoleRecord), next_cursor: z.null() }),
  }),
  create: operation({
    method: 'POST',
    path: '/organizations/current/roles',
    summary: 'Make a role by cloning another one',
    body: NewRole,
    status: 201,
    reply: RoleRecord,
  }),
  get: operation({
    method: 'GET',
    path: '/organizations/current/roles/{id}',
    summary: 'One role',
    params: RoleParams,
    reply: RoleRecord,
  }),
  update: operation({
    method: 'PATCH',
    path: '/organizations/current/roles/{id}',
    summary: 'Change a custom role; the version may also come as If-Match',
    params: RoleParams,
    body: RoleChange,
    reply: RoleRecord,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/organizations/current/roles/{id}',
    summary: 'Delete a custom role; one that members have asks which role they get instead',
    params: RoleParams,
    query: z.strictObject({
      replacement: RoleKey.optional().describe('The role that its members get'),
    }),
    status: 204,
  }),
}

// What may be granted -------------------------------------------------------------------------------

/** Nobody but the owner has these; no custom role can hold them. */
export const ownerOnly: readonly Permission[] = ['organization:transfer']

/** What else a permission needs in order to make sense: a lead is always in a stage of a pipeline. */
const needs: Partial<Record<Permission, Permission>> = {
  'leads:read': 'pipelines:read',
  'deals:read': 'pipelines:read',
}

/** `code` is told as that of the place, when such a role is refused. */
export type RuleFault = {
  path: string
  code:
    | 'exceeds_read'
    | 'exceeds_yours'
    | 'needs_permission'
    | 'not_restrictable'
    | 'not_scoped'
    | 'owner_only'
    | 'unknown_field'
    | 'unknown_object'
  message: string
}

const objectsWithRead: ReadonlySet<string> = new Set(
  Object.entries(permissionCatalogue)
    .filter(([, actions]) => (actions as readonly string[]).includes('read'))
    .map(([object]) => object),
)

/** The permission to read what another permission acts on, if it is not that itself. */
function readOf(permission: Permission): Permission | null {
  const [object = ''] = permission.split(':')
  const read = `${object}:read` as Permission
  return objectsWithRead.has(object) && read !== permission ? read : null
}

/** What else has to be granted for this permission to make sense. */
export const neededFor = (permission: Permission): Permission[] =>
  [readOf(permission), needs[permission]].filter((needed) => needed != null)

/** How far a scope reaches: nothing, own, team, all. */
export const reachOf = (scope: (typeof scopes)[number] | undefined): number =>
  scope === undefined ? 0 : scopes.indexOf(scope) + 1

/** The scopes that a permission can be granted with. */
export const scopeChoices = (permission: Permission): readonly (typeof scopes)[number][] =>
  scopedPermissions.includes(permission) ? scopes : ['all']

/** Whatever keeps these grants from being a role, each fault by its place. */
export function findGrantFaults(grants: Grants): RuleFault[] {
  return Object.entries(grants).flatMap(([name, scope]) => {
    const permission = name as Permission
    const fault = faultOf(grants, permission, scope)
    return fault ? [{ path: `grants.${permission}`, ...fault }] : []
  })
}

function faultOf(
  grants: Grants,
  permission: Permission,
  scope: (typeof scopes)[number],
): Omit<RuleFault, 'path'> | null {
  if (ownerOnly.includes(permission)) return { code: 'owner_only', message: 'is for the owner alone' }
  if (!scopeChoices(permission).includes(scope))
    return { code: 'not_scoped', message: 'can be granted for the whole organization only' }
  const missing = neededFor(permission).find((needed) => grants[needed] === undefined)
  if (missing) return { code: 'needs_permission', message: `cannot be granted without ${missing}` }
  const read = readOf(permission)
  if (read && scopedPermissions.includes(permission) && reachOf(scope) > reachOf(grants[read]))
    return { code: 'exceeds_read', message: `cannot reach further than ${read}` }
  return null
}

// What may be restricted ----------------------------------------------------------------------------

export type RuledField = { name: string; choices: readonly FieldAccess[] }

/** All values that have no field of their own, as one. */
export const customField = customPrefix.slice(0, -1)

/** Fields that go with another one: a stage is in its pipeline, an amount in its currency. */
const goesWith: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lead: { pipeline_id: 'stage_id', currency: 'estimated_value' },
  company: { currency: 'annual_revenue' },
  deal: { pipeline_id: 'stage_id', currency: 'value' },
  product: { currency: 'price' },
}

const leaderOf = (object: string, field: string): string | undefined => {
  const followers = Object.hasOwn(goesWith, object) ? goesWith[object] : undefined
  return followers && Object.hasOwn(followers, field) ? followers[field] : undefined
}

/** What must have a value can be made read-only, but not hidden; what the system keeps is always seen. */
function ruledOf(object: string, fields: readonly FieldDescription[]): RuledField[] {
  const own = fields.filter((field) => field.writable && leaderOf(object, field.name) === undefined)
  return [
    ...own.map(({ name, required }): RuledField => ({
      name,
      choices: required ? ['edit', 'read'] : fieldAccesses.toReversed(),
    })),
    { name: customField, choices: fieldAccesses.toReversed() },
  ]
}

/** The fields of each object that a role can restrict, in their order. */
export const ruledFields: Readonly<Record<string, readonly RuledField[]>> = {
  lead: ruledOf('lead', leadFields),
  contact: ruledOf('contact', contactFields),
  company: ruledOf('company', companyFields),
  deal: ruledOf('deal', dealFields),
  product: ruledOf('product', productFields),
  task: ruledOf('task', taskFields),
}

const ofOwnObject = ruledOf('', customRecordFields)

/** The same of any object, also of one that the organization made. */
export const ruledFieldsOf = (
  object: string,
  own: ReadonlySet<string>,
): readonly RuledField[] | undefined => {
  if (Object.hasOwn(ruledFields, object)) return ruledFields[object]
  return own.has(object) ? ofOwnObject : undefined
}

/** A field that the organization made may have a rule of its own, which goes before that of all custom values. */
const ownFieldRule = (name: string): RuledField | undefined =>
  /^custom\.[a-z][a-z0-9_]{0,62}$/.test(name) ? { name, choices: fieldAccesses.toReversed() } : undefined

/** @param own the keys of the objects that the organization made. */
export function findFieldRuleFaults(rules: FieldRules, own: ReadonlySet<string>): RuleFault[] {
  return Object.entries(rules).flatMap(([object, fields]) => {
    const known = ruledFieldsOf(object, own)
    if (!known)
      return [
        { path: `field_rules.${object}`, code: 'unknown_object', message: 'is not an object with fields' },
      ]
    return Object.entries(fields).flatMap(([name, access]): RuleFault[] => {
      const path = `field_rules.${object}.${name}`
      const field = known.find((one) => one.name === name) ?? ownFieldRule(name)
      if (!field) return [{ path, code: 'unknown_field', message: 'is not a field that can be restricted' }]
      if (field.choices.includes(access)) return []
      return [{ path, code: 'not_restrictable', message: `must be one of ${field.choices.join(', ')}` }]
    })
  })
}

/** What is told of a record beside its fields, and the field by whose rule that goes: prices tell the value. */
const toldAs: Readonly<Record<string, Readonly<Record<string, string>>>> = { deal: { line_items: 'value' } }

/** What is told of records of an object beside their fields. */
export const toldBeside = (object: string): string[] =>
  Object.hasOwn(toldAs, object) ? Object.keys(toldAs[object] ?? {}) : []

/** What the rules say of a field; a custom one without a rule of its own goes by that of all custom values. */
export function accessTo(rules: FieldRules, object: string, field: string): FieldAccess {
  const own = Object.hasOwn(rules, object) ? rules[object] : undefined
  if (!own) return 'edit'
  const name = toldBeside(object).includes(field) ? (toldAs[object]?.[field] ?? field) : field
  const stated = Object.hasOwn(own, name) ? own[name] : undefined
  return stated ?? (field.startsWith(customPrefix) ? own[customField] : undefined) ?? 'edit'
}

export const maySee = (rules: FieldRules, object: string, field: string): boolean =>
  accessTo(rules, object, field) !== 'hidden'

/** Whether a value may be given; of fields that go with another one, that one decides. */
export const mayEdit = (rules: FieldRules, object: string, field: string): boolean =>
  accessTo(rules, object, leaderOf(object, field) ?? field) === 'edit'
