/** What a caller may do with one lead: unseen leads do not exist for them. */
import type { Permission } from '@rapport/contracts'
import { mayTouch, type Actor } from '../../platform/actor.ts'
import { requireEditable } from '../../platform/field-rules.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { findMember } from '../identity/index.ts'
import { presentLead, type LeadRow } from './lead-row.ts'
import { leadInTrash, leadNotFound, leadNotYours, ownerNotMember, staleLead } from './problems.ts'
import { changedSince } from './repository.ts'
import { tell } from './values.ts'

export function requireReadable<Row extends LeadRow>(actor: Actor, lead: Row | undefined, id: string): Row {
  if (!lead || !mayTouch(actor, 'leads:read', lead.owner_id)) throw leadNotFound(id)
  return lead
}

export function requireTouchable<Row extends LeadRow>(
  actor: Actor,
  permission: Permission,
  lead: Row | undefined,
  id: string,
): Row {
  const readable = requireReadable(actor, lead, id)
  if (!mayTouch(actor, permission, readable.owner_id)) throw leadNotYours()
  return readable
}

export function refuseTrashed(lead: LeadRow): void {
  if (lead.deleted_at !== null) throw leadInTrash()
}

/**
 * A change that was made on an older version is refused, with the record as it is and the fields of the change
 * that somebody else set to something else meanwhile. Without a version the last write wins.
 */
export async function refuseStale(
  ctx: Ctx,
  lead: LeadRow,
  version: number | undefined,
  wanted: Record<string, unknown>,
): Promise<void> {
  if (version === undefined || version === lead.version) return
  const changed = new Set(await changedSince(ctx, lead.id, version))
  const conflicts = Object.entries(flatten(wanted)).filter(
    ([field, value]) => changed.has(field) && value !== undefined && value !== currentOf(lead, field),
  )
  throw staleLead(
    presentLead(ctx.actor, lead),
    conflicts.map(([field]) => field),
  )
}

function flatten({ custom, ...plain }: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.entries((custom ?? {}) as Record<string, unknown>)
  return { ...plain, ...Object.fromEntries(keys.map(([key, value]) => [`custom.${key}`, value])) }
}

function currentOf(lead: LeadRow, field: string): unknown {
  if (field.startsWith('custom.')) return lead.custom[field.slice('custom.'.length)] ?? null
  return tell(field, lead[field as keyof LeadRow])
}

/**
 * Refuses what the role may not give. The name is needed to make a lead at all, so there it may be given by whoever
 * may make one; only changing it can be forbidden.
 */
export function requireEditableLead(
  { field_rules }: Actor,
  { full_name, ...given }: Record<string, unknown>,
  occasion: 'creating' | 'changing',
): void {
  requireEditable(field_rules, 'lead', occasion === 'creating' ? given : { full_name, ...given })
}

/** Leads belong to active members, or to nobody. */
export async function requireOwner({ tx, actor }: Ctx, owner_id: string | null | undefined): Promise<void> {
  if (owner_id == null || owner_id === actor.user_id) return
  if (!(await findMember(tx, owner_id, actor.organization_id))) throw ownerNotMember()
}
