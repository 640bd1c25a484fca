/** What goes with every change of a lead: what search knows of it, a fact on its timeline, and an event. */
import type { EventType } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { SearchDocument } from '../search/index.ts'
import type { LeadRow } from './lead-row.ts'
import { tell, toldValues, type Changes } from './values.ts'

export function searchDocument(lead: SearchSource): SearchDocument {
  return {
    object: 'lead',
    id: lead.id,
    owner_id: lead.owner_id,
    title: lead.full_name,
    subtitle:
      [lead.company_name, lead.email ?? lead.phone ?? lead.mobile].filter(Boolean).join(' · ') || null,
    texts: [lead.company_name, lead.external_id],
    emails: [lead.email],
    phones: [lead.phone, lead.mobile],
    country: lead.country,
  }
}

/** The same subtitle, of what a role sees. */
export function seenSubtitle({ fields }: RecordDescription): RawBuilder<string | null> {
  const columns = (names: readonly string[]) =>
    names.filter((name) => fields.has(name)).map((name) => sql.ref(`r.${name}`))
  const contacts = columns(['email', 'phone', 'mobile'])
  const contact = contacts.length > 0 ? [sql`coalesce(${sql.join(contacts)})`] : []
  const parts = [...columns(['company_name']), ...contact]
  return parts.length === 0 ? sql`NULL::text` : sql`nullif(concat_ws(' · ', ${sql.join(parts)}), '')`
}

type SearchSource = Pick<
  LeadRow,
  'id' | 'owner_id' | 'full_name' | 'company_name' | 'email' | 'phone' | 'mobile' | 'external_id' | 'country'
>

const searched = [
  'owner_id',
  'full_name',
  'company_name',
  'email',
  'phone',
  'mobile',
  'external_id',
  'country',
]
export const changesSearch = (changes: Changes) => searched.some((field) => field in changes)

type LeadEvent = Extract<EventType, `lead.${string}`>

/** Enough for totals and screens to follow without reading the lead: where it is now, and what it was before. */
export function emitLead(
  { emit }: Ctx,
  type: LeadEvent,
  lead: LeadRow,
  changes: Changes = {},
  more: Record<string, unknown> = {},
): void {
  emit({
    type,
    record: { object: 'lead', id: lead.id, version: lead.version, name: lead.full_name },
    changes: auditedChanges(type, lead, changes, more),
    owner_id: lead.owner_id,
    data: {
      full_name: lead.full_name,
      pipeline_id: lead.pipeline_id,
      stage_id: lead.stage_id,
      currency: lead.currency,
      estimated_value: tell('estimated_value', lead.estimated_value),
      changes,
      ...more,
    },
  })
}

/** An audit entry without an event. */
export function auditLead({ audit }: Ctx, action: LeadEvent, lead: LeadRow, changes: Changes): void {
  const { id, full_name } = lead
  audit({
    action,
    object: 'lead',
    record_id: id,
    record_name: full_name,
    ...auditedChanges(action, lead, changes, {}),
  })
}

type AuditedChanges = NonNullable<Parameters<Ctx['emit']>[0]['changes']>

/** A new lead with all its values, a changed one with the fields that changed, before and after. */
function auditedChanges(
  type: LeadEvent,
  lead: LeadRow,
  changes: Changes,
  more: Record<string, unknown>,
): AuditedChanges {
  if (type === 'lead.created') return { after: toldValues(lead) }
  if (type === 'lead.deleted') return { before: { deleted_at: null }, after: { deleted_at: lead.deleted_at } }
  if (type === 'lead.restored') return { after: { deleted_at: null } }
  const fields = Object.entries(changes)
  // Without a changed field, what is told is where a card was put.
  if (fields.length === 0) return { after: more }
  return {
    before: Object.fromEntries(fields.map(([field, [was]]) => [field, was])),
    after: Object.fromEntries(fields.map(([field, [, is]]) => [field, is])),
  }
}
