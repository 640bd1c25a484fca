/** What goes with every change of a lead: what search knows of it, a fact on its timeline, and an event. */
import type { EventType } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { SearchDocument } from '../search/index.ts'
import type { LeadRow } from './lead-row.ts'
import { tell, type Changes } from './values.ts'

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
    record: { object: 'lead', id: lead.id, version: lead.version },
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
