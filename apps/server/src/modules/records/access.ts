/** What a caller may do with one record: unseen ones do not exist for them. */
import type { Permission } from '@rapport/contracts'
import { mayTouch, type Actor } from '../../platform/actor.ts'
import { requireEditable } from '../../platform/field-rules.ts'
import { presentRow } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findMember } from '../identity/index.ts'
import type { BaseRow, Given, RecordDefinition } from './definition.ts'
import { notYours, ownerNotMember, recordInTrash, recordNotFound, staleRecord } from './problems.ts'
import { changedSince } from './repository.ts'
import { applyGiven, asValues, currentOf, isSame } from './values.ts'

/** `Found` may hold more than the record, as what it was joined with. */
export function requireReadable<Row extends BaseRow, Found extends Row>(
  actor: Actor,
  { records }: RecordDefinition<Row>,
  row: Found | undefined,
  id: string,
): Found {
  if (!row || !mayTouch(actor, records.permissions.read, row.owner_id)) throw recordNotFound(records, id)
  return row
}

export function requireTouchable<Row extends BaseRow, Found extends Row>(
  actor: Actor,
  definition: RecordDefinition<Row>,
  permission: Permission,
  row: Found | undefined,
  id: string,
): Found {
  const readable = requireReadable(actor, definition, row, id)
  if (!mayTouch(actor, permission, readable.owner_id)) throw notYours(definition.records.object)
  return readable
}

export function refuseTrashed({ records }: Pick<RecordDefinition<never>, 'records'>, row: BaseRow): void {
  if (row.deleted_at !== null) throw recordInTrash(records)
}

/**
 * Refuses what the role may not give. The title is needed to make a record at all, so there it may be given by
 * whoever may make one; only changing it can be forbidden.
 */
export function requireEditableFields<Row extends BaseRow>(
  { field_rules }: Actor,
  { records }: RecordDefinition<Row>,
  given: Given,
  occasion: 'creating' | 'changing',
): void {
  const { [records.title]: _, ...rest } = given
  requireEditable(field_rules, records.object, occasion === 'creating' ? rest : given)
}

/**
 * A change that was made on an older version is refused, with the record as it is and the fields of the change
 * that somebody else set to something else meanwhile. Without a version the last write wins.
 */
export async function refuseStale<Row extends BaseRow>(
  ctx: Ctx,
  { records }: RecordDefinition<Row>,
  row: Row,
  version: number | undefined,
  wanted: Given,
): Promise<void> {
  if (version === undefined || version === row.version) return
  const changed = new Set(await changedSince(ctx, records.object, row.id, version))
  // Compared as they would be kept: numbers in one form, tags by their names, options in their order.
  const { custom: _, ...plain } = wanted
  const wished = { ...row, ...applyGiven(records, ctx.actor, { ...asValues(row), ...plain }, wanted) }
  const conflicts = Object.entries(flatten(wanted)).filter(
    ([field, value]) =>
      changed.has(field) &&
      value !== undefined &&
      !isSame(currentOf(records, wished, field), currentOf(records, row, field)),
  )
  throw staleRecord(
    records.object,
    presentRow(records, ctx.actor, row),
    conflicts.map(([field]) => field),
  )
}

function flatten({ custom, ...plain }: Given): Record<string, unknown> {
  const keys = Object.entries((custom ?? {}) as Record<string, unknown>)
  return { ...plain, ...Object.fromEntries(keys.map(([key, value]) => [`custom.${key}`, value])) }
}

/** Records belong to active members, or to nobody. */
export async function requireOwner({ tx, actor }: Ctx, owner_id: string | null | undefined): Promise<void> {
  if (owner_id == null || owner_id === actor.user_id) return
  if (!(await findMember(tx, owner_id, actor.organization_id))) throw ownerNotMember()
}
