/** Companies as an instance of the general description of records. */
import { companyFields } from '@rapport/contracts'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { DB } from '../../db/types.ts'
import { describeRecords, type RecordDescription } from '../../platform/lists/index.ts'
import type { Custom, RecordDefinition } from '../records/index.ts'
import type { SearchDocument } from '../search/index.ts'
import { tagRows } from '../tags/index.ts'
import { refuseCircle } from './tree.ts'

export type CompanyRow = Omit<Selectable<DB['companies']>, 'custom'> & { custom: Custom }

const companyRecords = describeRecords({
  object: 'company',
  table: 'companies',
  title: 'name',
  fields: companyFields,
  rows: { tags: tagRows('company') },
  permissions: { read: 'companies:read', update: 'companies:update', delete: 'companies:delete' },
})

export const companies: RecordDefinition<CompanyRow> = {
  records: companyRecords,
  create: 'companies:create',
  kept: [],
  defaults: ({ currency }) => ({ currency }),
  document: searchDocument,
  subtitle: seenSubtitle,
  searched: ['owner_id', 'name', 'domain', 'city', 'email', 'phone', 'external_id', 'country'],
  value: 'annual_revenue',
  told: ['name', 'domain', 'parent_id'],
  settle: async (ctx, company, before) => {
    await refuseCircle(ctx, company, before)
    return {}
  },
}

function searchDocument(company: CompanyRow): SearchDocument {
  return {
    object: 'company',
    id: company.id,
    owner_id: company.owner_id,
    title: company.name,
    subtitle: [company.domain, company.city].filter(Boolean).join(' · ') || null,
    texts: [company.domain, company.external_id],
    emails: [company.email],
    phones: [company.phone],
    country: company.country,
  }
}

/** The same subtitle, of what a role sees. */
function seenSubtitle({ fields }: RecordDescription): RawBuilder<string | null> {
  const parts = ['domain', 'city'].filter((name) => fields.has(name)).map((name) => sql.ref(`r.${name}`))
  return parts.length === 0 ? sql`NULL::text` : sql`nullif(concat_ws(' · ', ${sql.join(parts)}), '')`
}
