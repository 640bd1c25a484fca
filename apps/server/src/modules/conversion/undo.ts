/** Taking a conversion back: what it made goes into the trash, the lead is as it was. */
import { convertedObjects, type ConvertedObject } from '@rapport/contracts'
import { sql } from 'kysely'
import { Problem } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { leadLinking, unlinkAll } from '../contacts/index.ts'
import { leads, type LeadRow } from '../leads/index.ts'
import { emitFact, kindOf, updateRecord } from '../records/index.ts'
import { lockLead, lockTarget } from './convert.ts'
import { conversionNotFound, conversionSettled, conversionUsed } from './problems.ts'
import { deleteConversion, findConversion, type ConversionRow } from './repository.ts'

/** The deal before the people in it, and these before their company. */
const inTurn: readonly ConvertedObject[] = ['deal', 'contact', 'company']

/** @param kept what stays, though the conversion made it. */
export async function undoConversion(
  ctx: Ctx,
  id: string,
  kept: readonly ConvertedObject[] = [],
): Promise<LeadRow> {
  const lead = await lockLead(ctx, id)
  const known = await findConversion(ctx, lead.id)
  if (!known) throw conversionNotFound(id)
  if (!known.open) throw conversionSettled()
  const gone = inTurn.filter((object) => known.made.includes(object) && !kept.includes(object))
  const used: ConvertedObject[] = []
  for (const object of gone) if (await isUsed(ctx, known, object)) used.push(object)
  if (used.length > 0) throw conversionUsed(convertedObjects.filter((object) => used.includes(object)))
  const { contact_id, linked } = known
  if (linked && contact_id !== null && !kept.includes('contact'))
    await unlinkAll(ctx, leadLinking, lead, [contact_id])
  for (const object of gone) await trash(ctx, object, known[`${object}_id`])
  await deleteConversion(ctx, lead.id)
  return restore(ctx, lead, known)
}

/** Whether anybody did something to it, or led something else to it, since it was made. */
async function isUsed({ tx, actor }: Ctx, known: ConversionRow, object: ConvertedObject): Promise<boolean> {
  const id = known[`${object}_id`]
  if (id === null) return false
  const { rows } = await sql<{ used: boolean }>`
    SELECT EXISTS (
      SELECT 1 FROM activities a WHERE a.organization_id = ${actor.organization_id}::uuid AND a.object = ${object}
        AND a.record_id = ${id}::uuid AND a.id > ${known.activity_id}::uuid AND a.type <> 'deleted'
    ) OR ${object === 'deal' ? sql`false` : isLedTo(actor.organization_id, known, object, id)} AS used`.execute(
    tx,
  )
  return rows[0]?.used ?? false
}

function isLedTo(organization_id: string, known: ConversionRow, object: 'company' | 'contact', id: string) {
  const { contact_id, deal_id, lead_id } = known
  if (object === 'contact')
    return sql`EXISTS (SELECT 1 FROM lead_contacts l WHERE l.organization_id = ${organization_id}::uuid AND l.contact_id = ${id}::uuid AND l.lead_id <> ${lead_id}::uuid)
      OR EXISTS (SELECT 1 FROM deal_contacts l WHERE l.organization_id = ${organization_id}::uuid AND l.contact_id = ${id}::uuid AND l.deal_id IS DISTINCT FROM ${deal_id}::uuid)`
  return sql`EXISTS (SELECT 1 FROM contacts c WHERE c.organization_id = ${organization_id}::uuid AND c.company_id = ${id}::uuid AND c.deleted_at IS NULL AND c.id IS DISTINCT FROM ${contact_id}::uuid)
    OR EXISTS (SELECT 1 FROM deals d WHERE d.organization_id = ${organization_id}::uuid AND d.company_id = ${id}::uuid AND d.deleted_at IS NULL AND d.id IS DISTINCT FROM ${deal_id}::uuid)`
}

/** May be in the trash already. */
async function trash(ctx: Ctx, object: ConvertedObject, id: string | null): Promise<void> {
  if (id === null) return
  await lockTarget(ctx, object, id)
  const outcomes = await kindOf(object, ctx.actor)?.delete(ctx, new Map([[id, undefined]]))
  const outcome = outcomes?.get(id)
  if (outcome instanceof Problem) throw outcome
}

async function restore(ctx: Ctx, lead: LeadRow, known: ConversionRow): Promise<LeadRow> {
  const { company_id, contact_id, deal_id, status_before } = known
  // Whoever gave it another status meanwhile meant that.
  const restored =
    lead.status === 'converted' ? await updateRecord(ctx, leads, lead.id, { status: status_before }) : lead
  const ids = { company_id, contact_id, deal_id }
  await writeActivities(ctx, [{ object: 'lead', record_id: lead.id, type: 'conversion_undone', data: ids }])
  emitFact(ctx, leads, 'lead.conversion_undone', restored, { changes: { before: ids }, data: ids })
  return restored
}
