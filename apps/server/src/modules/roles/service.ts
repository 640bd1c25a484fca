/** Making, changing and deleting the roles of an organization. */
import type { NewRole, RoleChange, RoleRecord } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { changedFields } from '../../platform/audit/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { isBuiltIn, lockMemberships, replaceMembershipRole } from '../identity/index.ts'
import { findAnyRole, isRoleId, presentRole } from './catalogue.ts'
import {
  cloneGrants,
  findExcess,
  findFaults,
  normalizeRules,
  takenFromOneself,
  type RoleRules,
} from './policy.ts'
import {
  builtInRole,
  exceedsYours,
  faultyRole,
  locksYouOut,
  nameTaken,
  ownRole,
  roleInUse,
  roleNotFound,
  staleRole,
  tooManyRoles,
  unknownSource,
  unusableReplacement,
} from './problems.ts'
import {
  deleteRoleRow,
  insertRole,
  isNameTaken,
  listRoles,
  lockRole,
  updateRoleRow,
  type RoleRow,
} from './repository.ts'

/** What other modules do when all who have one role get another, in the same transaction. */
export type RoleReplacedHook = (ctx: Ctx, role: string, replacement: string) => Promise<unknown>

const mostRoles = 100

export async function createRole(ctx: Ctx, input: NewRole): Promise<RoleRecord> {
  const source = await findAnyRole(ctx, input.from)
  if (!source) throw unknownSource()
  const rules = normalizeRules({
    grants: input.grants ?? cloneGrants(source.grants),
    field_rules: input.field_rules ?? source.field_rules,
  })
  requireSound(ctx, rules)
  if ((await listRoles(ctx)).length >= mostRoles) throw tooManyRoles(mostRoles)
  const { name, description = source.description } = input
  const row = isBuiltInName(name)
    ? undefined
    : await insertRole(ctx, newId(), { name, description, ...rules })
  if (!row) throw nameTaken()
  ctx.emit({
    type: 'role.created',
    record: { object: 'role', id: row.id, version: row.version, name },
    data: { name },
    changes: { after: { name, description, ...rules } },
  })
  return presentRole(ctx, row)
}

export async function updateRole(
  ctx: Ctx,
  id: string,
  { version, ...given }: RoleChange,
): Promise<RoleRecord> {
  const row = await requireEditable(ctx, id)
  const change = { ...given, ...normalizeGiven(row, given) }
  const changes = changedFields(auditedOf(row), change)
  if (version !== undefined && version !== row.version)
    throw staleRole(await presentRole(ctx, row), Object.keys(changes?.after ?? {}))
  if (!changes) return presentRole(ctx, row)
  requireSound(ctx, { ...row, ...change })
  const taken = takenFromOneself(ctx.actor, id, change.grants ?? row.grants)
  if (taken) throw locksYouOut(`grants.${taken}`)
  const { name } = given
  if (name !== undefined && (isBuiltInName(name) || (await isNameTaken(ctx, name, id)))) throw nameTaken()
  const updated = await updateRoleRow(ctx, id, defined(change))
  ctx.emit({
    type: 'role.updated',
    record: { object: 'role', id, version: updated.version, name: updated.name },
    data: { name: updated.name },
    changes,
  })
  return presentRole(ctx, updated)
}

/** Whoever has the role gets the replacement, in the same moment. */
export async function deleteRole(
  ctx: Ctx,
  id: string,
  replacement: string | undefined,
  onReplaced: readonly RoleReplacedHook[],
): Promise<void> {
  // Nobody is given the role while those who have it get another one.
  await lockMemberships(ctx.tx, ctx.actor.organization_id)
  const row = await requireEditable(ctx, id)
  if (ctx.actor.role === id) throw ownRole()
  const { member_count } = await presentRole(ctx, row)
  if (replacement !== undefined) await replaceRole(ctx, id, replacement, onReplaced)
  // Whoever is shut out may keep it: it grants nothing any more, should they come back.
  else if (member_count > 0) throw roleInUse(member_count)
  await deleteRoleRow(ctx, id)
  ctx.emit({
    type: 'role.deleted',
    record: { object: 'role', id, version: row.version, name: row.name },
    data: { name: row.name, replacement: replacement ?? null },
    changes: { before: auditedOf(row) },
  })
}

/** Whoever has the role or was promised it gets the other one. */
async function replaceRole(
  ctx: Ctx,
  id: string,
  replacement: string,
  onReplaced: readonly RoleReplacedHook[],
): Promise<void> {
  const target =
    replacement === id || replacement === 'owner' ? undefined : await findAnyRole(ctx, replacement)
  if (!target) throw unusableReplacement()
  const excess = findExcess(ctx.actor, target)
  if (excess.length > 0) throw exceedsYours(excess)
  const { organization_id } = ctx.actor
  for (const user_id of await replaceMembershipRole(ctx.tx, organization_id, id, target.id))
    ctx.emit({
      type: 'member.updated',
      record: { object: 'member', id: user_id },
      data: { role: target.id },
      changes: { before: { role: id }, after: { role: target.id } },
    })
  for (const react of onReplaced) await react(ctx, id, target.id)
}

/** A role can be changed by whoever holds at least as much as it grants. */
async function requireEditable(ctx: Ctx, id: string): Promise<RoleRow> {
  if (isBuiltIn(id)) throw builtInRole()
  const row = isRoleId(id) ? await lockRole(ctx, id) : undefined
  if (!row) throw roleNotFound(id)
  const excess = findExcess(ctx.actor, row)
  if (excess.length > 0) throw exceedsYours(excess)
  return row
}

function requireSound(ctx: Ctx, rules: RoleRules): void {
  // Who may not give something at all is told so before its form is looked at.
  const excess = findExcess(ctx.actor, rules)
  if (excess.length > 0) throw exceedsYours(excess)
  const faults = findFaults(ctx.actor, rules)
  if (faults.length > 0) throw faultyRole(faults)
}

function normalizeGiven(row: RoleRow, { grants, field_rules }: Partial<RoleRules>): Partial<RoleRules> {
  const rules = normalizeRules({
    grants: grants ?? row.grants,
    field_rules: field_rules ?? row.field_rules,
  })
  return {
    ...(grants ? { grants: rules.grants } : {}),
    ...(field_rules ? { field_rules: rules.field_rules } : {}),
  }
}

const auditedOf = ({ name, description, grants, field_rules }: RoleRow) => ({
  name,
  description,
  grants,
  field_rules,
})

const isBuiltInName = (name: string) => isBuiltIn(name.toLowerCase().replace(/[\s_]+/g, '_'))

function defined<Values extends object>(
  values: Values,
): { [Key in keyof Values]: Exclude<Values[Key], undefined> } {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as { [Key in keyof Values]: Exclude<Values[Key], undefined> }
}
