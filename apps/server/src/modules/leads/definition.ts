/** Leads as an instance of the general description of records. */
import { leadFields } from '@rapport/contracts'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { DB } from '../../db/types.ts'
import { describeRecords, type RecordDescription } from '../../platform/lists/index.ts'
import type { Custom, RecordDefinition } from '../records/index.ts'
import type { SearchDocument } from '../search/index.ts'
import type { Staged } from '../staged/index.ts'
import { tagRows } from '../tags/index.ts'

export type LeadRow = Omit<Selectable<DB['leads']>, 'custom'> & { custom: Custom }

const leadRecords = describeRecords({
  object: 'lead',
  table: 'leads',
  title: 'full_name',
  fields: leadFields,
  rows: { tags: tagRows('lead') },
  permissions: { read: 'leads:read', update: 'leads:update', delete: 'leads:delete' },
})

export const leads: RecordDefinition<LeadRow> = {
  records: leadRecords,
  create: 'leads:create',
  kept: ['pipeline_id', 'stage_id', 'rank', 'import_id'],
  defaults: ({ currency }) => ({ currency, import_id: null }),
  document: searchDocument,
  subtitle: seenSubtitle,
  searched: ['owner_id', 'full_name', 'company_name', 'email', 'phone', 'mobile', 'external_id', 'country'],
  told: ['full_name', 'pipeline_id', 'stage_id', 'currency', 'estimated_value'],
  settle: async (_ctx, lead, before) =>
    before?.status === 'lost' && lead.status !== 'lost' ? { lost_reason: null } : {},
}

export const stagedLeads: Staged<LeadRow> = {
  definition: leads,
  value: 'estimated_value',
  weight: null,
  outcomes: { fresh: 'new', won: 'qualified', lost: 'lost', reopened: 'working', final: ['converted'] },
}

type Searched = Pick<
  LeadRow,
  'id' | 'owner_id' | 'full_name' | 'company_name' | 'email' | 'phone' | 'mobile' | 'external_id' | 'country'
>

export function searchDocument(lead: Searched): SearchDocument {
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
function seenSubtitle({ fields }: RecordDescription): RawBuilder<string | null> {
  const columns = (names: readonly string[]) =>
    names.filter((name) => fields.has(name)).map((name) => sql.ref(`r.${name}`))
  const contacts = columns(['email', 'phone', 'mobile'])
  const contact = contacts.length > 0 ? [sql`coalesce(${sql.join(contacts)})`] : []
  const parts = [...columns(['company_name']), ...contact]
  return parts.length === 0 ? sql`NULL::text` : sql`nullif(concat_ws(' · ', ${sql.join(parts)}), '')`
}
