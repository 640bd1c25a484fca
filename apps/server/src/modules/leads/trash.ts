/** Deleting puts a lead into the trash, from which it can be restored. Both may be repeated. */
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { indexRecords, removeRecords } from '../search/index.ts'
import { refuseStale, requireTouchable } from './access.ts'
import type { LeadRow } from './lead-row.ts'
import { emitLead, searchDocument } from './record.ts'
import { lockLead, updateLeadRow } from './repository.ts'

export async function deleteLead(ctx: Ctx, id: string, version: number | undefined): Promise<void> {
  const lead = requireTouchable(ctx.actor, 'leads:delete', await lockLead(ctx, id), id)
  if (lead.deleted_at !== null) return
  await refuseStale(ctx, lead, version, {})
  const data = { version: lead.version + 1 }
  const [deleted] = await Promise.all([
    updateLeadRow(ctx, id, { deleted_at: 'now' }),
    removeRecords(ctx.tx, ctx.actor.organization_id, 'lead', [id]),
    writeActivities(ctx, [{ object: 'lead', record_id: id, type: 'deleted', data }]),
  ])
  emitLead(ctx, 'lead.deleted', deleted)
}

export async function restoreLead(ctx: Ctx, id: string): Promise<LeadRow> {
  const lead = requireTouchable(ctx.actor, 'leads:delete', await lockLead(ctx, id), id)
  if (lead.deleted_at === null) return lead
  const data = { version: lead.version + 1 }
  const [restored] = await Promise.all([
    updateLeadRow(ctx, id, { deleted_at: null }),
    indexRecords(ctx, [searchDocument(lead)]),
    writeActivities(ctx, [{ object: 'lead', record_id: id, type: 'restored', data }]),
  ])
  emitLead(ctx, 'lead.restored', restored)
  return restored
}
