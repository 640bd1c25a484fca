/** Who may look at an import and what it may bring in. A file is as telling as the records that come out of it. */
import { customField, customPrefix, mayEdit } from '@rapport/contracts'
import { mayTouch, ownersInReach, scopeOf, type Actor } from '../../platform/actor.ts'
import { hiddenFields } from '../../platform/field-rules.ts'
import { findRecords } from '../../platform/lists/index.ts'
import { ownFieldsOf } from '../records/index.ts'
import { invalidField, permissionMissing } from '../../platform/problems.ts'
import { isNamePart } from './guess.ts'
import { importKind, madeKind, type ImportKind } from './kinds.ts'
import { missingOwn } from './own-cells.ts'
import type { DuplicatePolicy } from './policy.ts'

/** Who imports records of a kind may make such records; who changes some by it may change them. */
export function requireRights(actor: Actor, { kind }: ImportKind, policy: DuplicatePolicy = 'create'): void {
  const changes = policy === 'overwrite' || policy === 'fill_empty'
  for (const permission of [kind.create, ...(changes ? [kind.records.permissions.update] : [])])
    if (scopeOf(actor, permission) === undefined) throw permissionMissing(actor, permission)
}

/** What companies must have beside a name, by its label: those cannot be made because a cell names them. */
const askedOfCompanies = (actor: Actor): string[] =>
  missingOwn(ownFieldsOf(actor, madeKind), {}).map(({ label }) => label)

/** Who has companies made that cells name may make companies, of which a name is enough. */
export function requireCompanies(actor: Actor): void {
  requireRights(actor, importKind(madeKind, actor))
  const asked = askedOfCompanies(actor)
  if (asked.length > 0)
    throw invalidField(
      'create_companies',
      'companies_ask_for_more',
      `companies need more than a name: ${asked.join(', ')}. Import them first`,
    )
}

export const mayMakeCompanies = (actor: Actor): boolean =>
  scopeOf(actor, importKind(madeKind, actor).kind.create) !== undefined &&
  askedOfCompanies(actor).length === 0

/**
 * Whose imports the actor sees: those of everyone whose records of the kind they may read; only their own when fields
 * are hidden from them, which others' files may hold.
 */
export function importersInReach(actor: Actor, object: string): 'all' | readonly string[] {
  const records = findRecords(object, actor)
  if (records && hiddenFields(actor.field_rules, object).length === 0)
    return ownersInReach(actor, records.permissions.read)
  return actor.user_id === null ? [] : [actor.user_id]
}

export function maySeeImport(
  actor: Actor,
  { created_by, object }: { created_by: string | null; object: string },
): boolean {
  const importers = importersInReach(actor, object)
  return importers === 'all' || (created_by !== null && importers.includes(created_by))
}

/** Whether a column may be brought into this target; a name is needed by every new record. */
export function mayMapTo(
  { field_rules, own_fields }: Actor,
  { object, title }: Kind,
  target: string,
): boolean {
  if (target === title || isNamePart(target)) return true
  if (!target.startsWith(customPrefix)) return mayEdit(field_rules, object, target)
  const isOwn = own_fields[object]?.some(({ key }) => customPrefix + key === target) === true
  return mayEdit(field_rules, object, customField) && (!isOwn || mayEdit(field_rules, object, target))
}

type Kind = Pick<ImportKind, 'object' | 'title'>

/** What a row may do to a record that is there already. */
export const updateRights = (actor: Actor, { kind, object, title }: ImportKind) => ({
  mayUpdate: ({ owner_id }: { owner_id: string | null }) =>
    mayTouch(actor, kind.records.permissions.read, owner_id) &&
    mayTouch(actor, kind.records.permissions.update, owner_id),
  mayRename: mayEdit(actor.field_rules, object, title),
})
export type UpdateRights = ReturnType<typeof updateRights>
