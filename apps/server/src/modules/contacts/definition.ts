/** Contacts as an instance of the general description of records. */
import { contactFields } from '@rapport/contracts'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { DB } from '../../db/types.ts'
import { describeRecords, type RecordDescription } from '../../platform/lists/index.ts'
import { findCompanyOfEmail } from '../companies/index.ts'
import type { Custom, RecordDefinition } from '../records/index.ts'
import type { SearchDocument } from '../search/index.ts'
import { tagRows } from '../tags/index.ts'

export type ContactRow = Omit<Selectable<DB['contacts']>, 'custom'> & { custom: Custom }

const contactRecords = describeRecords({
  object: 'contact',
  table: 'contacts',
  title: 'full_name',
  fields: contactFields,
  rows: { tags: tagRows('contact') },
  permissions: { read: 'contacts:read', update: 'contacts:update', delete: 'contacts:delete' },
})

export const contacts: RecordDefinition<ContactRow> = {
  records: contactRecords,
  create: 'contacts:create',
  kept: [],
  defaults: () => ({}),
  document: searchDocument,
  subtitle: seenSubtitle,
  searched: [
    'owner_id',
    'full_name',
    'position',
    'company_id',
    'email',
    'emails',
    'phone',
    'mobile',
    'phones',
    'external_id',
    'country',
  ],
  told: ['full_name', 'company_id'],
  settle: linkCompany,
}

/**
 * Whoever has an address at a company's domain belongs to it, unless a company is given. Only when the address
 * comes in: a person who was taken out of the company is not put back by the next change.
 */
async function linkCompany(
  ctx: Parameters<NonNullable<typeof contacts.settle>>[0],
  { email, company_id }: ContactRow,
  before: ContactRow | null,
): Promise<Partial<ContactRow>> {
  if (email === null || company_id !== null || before?.email != null) return {}
  return { company_id: await findCompanyOfEmail(ctx, email) }
}

function searchDocument(contact: ContactRow): SearchDocument {
  return {
    object: 'contact',
    id: contact.id,
    owner_id: contact.owner_id,
    title: contact.full_name,
    subtitle:
      [contact.position, contact.email ?? contact.phone ?? contact.mobile].filter(Boolean).join(' · ') ||
      null,
    texts: [contact.position, contact.external_id],
    emails: [contact.email, ...contact.emails],
    phones: [contact.phone, contact.mobile, ...contact.phones],
    country: contact.country,
  }
}

/** The same subtitle, of what a role sees. */
function seenSubtitle({ fields }: RecordDescription): RawBuilder<string | null> {
  const columns = (names: readonly string[]) =>
    names.filter((name) => fields.has(name)).map((name) => sql.ref(`r.${name}`))
  const reached = columns(['email', 'phone', 'mobile'])
  const parts = [
    ...columns(['position']),
    ...(reached.length > 0 ? [sql`coalesce(${sql.join(reached)})`] : []),
  ]
  return parts.length === 0 ? sql`NULL::text` : sql`nullif(concat_ws(' · ', ${sql.join(parts)}), '')`
}
