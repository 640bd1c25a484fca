import type { LeadChange } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { indexRecords } from '../search/index.ts'
import { refuseStale, refuseTrashed, requireEditableLead, requireOwner, requireTouchable } from './access.ts'
import type { LeadRow } from './lead-row.ts'
import { changesSearch, emitLead, searchDocument } from './record.ts'
import { lockLead, updateLeadRow, type LeadUpdate } from './repository.ts'
import { applyGiven, changesBetween, type Changes, type LeadValues } from './values.ts'

/** Changes the fields that are given; what is as it was writes nothing. */
export async function updateLead(ctx: Ctx, id: string, { version, ...given }: LeadChange): Promise<LeadRow> {
  const [found] = await Promise.all([lockLead(ctx, id), requireOwner(ctx, given.owner_id)])
  const lead = requireTouchable(ctx.actor, 'leads:update', found, id)
  requireEditableLead(ctx.actor, given, 'changing')
  refuseTrashed(lead)
  await refuseStale(ctx, lead, version, given)
  const after = applyGiven(ctx.actor, lead, given)
  const changes = changesBetween(lead, after)
  if (Object.keys(changes).length === 0) return lead
  const data = { changes, version: lead.version + 1 }
  const [updated] = await Promise.all([
    updateLeadRow(ctx, id, changedColumns(after, changes)),
    changesSearch(changes) ? indexRecords(ctx, [searchDocument({ ...lead, ...after })]) : undefined,
    writeActivities(ctx, [{ object: 'lead', record_id: id, type: 'updated', data }]),
  ])
  emitLead(ctx, 'lead.updated', updated, changes)
  return updated
}

function changedColumns(after: LeadValues, changes: Changes): LeadUpdate {
  const names = new Set(Object.keys(changes).map((name) => (name.startsWith('custom.') ? 'custom' : name)))
  return Object.fromEntries(Object.entries(after).filter(([name]) => names.has(name)))
}
