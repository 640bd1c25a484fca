/** What a contact knows of a person. After an erasure the record still counts, with nothing that tells who it was. */
import { sql } from 'kysely'
import type { PersonalData } from '../../platform/personal-data/index.ts'
import { emitRecord } from '../records/index.ts'
import { removeRecords } from '../search/index.ts'
import { contacts, type ContactRow } from './definition.ts'

const erasedName = 'Erased person'

export const contactPersonalData: PersonalData = {
  table: 'contacts',
  async collect({ tx, actor }, { object, record_ids }) {
    if (object !== 'contact') return []
    const { rows } = await sql<{ contact: object }>`
      SELECT to_jsonb(c) - 'organization_id' AS contact
      FROM contacts c WHERE c.organization_id = ${actor.organization_id}::uuid AND c.id = ANY(${record_ids}::uuid[])
      ORDER BY c.created_at`.execute(tx)
    return rows.map((row) => row.contact)
  },
  async erase(ctx, { object, record_ids }) {
    if (object !== 'contact') return 0
    const { tx, actor } = ctx
    const { rows } = await sql<ContactRow>`
      UPDATE contacts SET full_name = ${erasedName}, position = NULL, email = NULL, emails = '{}', phone = NULL, mobile = NULL,
        phones = '{}', linkedin = NULL, state = NULL, city = NULL, external_id = NULL, custom = '{}',
        erased_at = coalesce(erased_at, now()), version = version + 1, updated_at = now()
      WHERE organization_id = ${actor.organization_id}::uuid AND id = ANY(${record_ids}::uuid[]) RETURNING *`.execute(
      tx,
    )
    await removeRecords(tx, actor.organization_id, 'contact', record_ids)
    for (const contact of rows) emitRecord(ctx, contacts, 'erased', contact)
    return rows.length
  },
}

/** Who had a part in what is told of a person, too; nobody knows any more afterwards. */
const linkPersonalData = (table: 'lead_contacts' | 'deal_contacts', side: 'lead' | 'deal'): PersonalData => {
  const columns: ReadonlyMap<string, string> = new Map([
    [side, `${side}_id`],
    ['contact', 'contact_id'],
  ])
  return {
    table,
    async collect({ tx, actor }, { object, record_ids }) {
      const column = columns.get(object)
      if (column === undefined) return []
      const { rows } = await sql<object>`
        SELECT ${sql.ref(`${side}_id`)}, contact_id, part, created_at FROM ${sql.table(table)}
        WHERE organization_id = ${actor.organization_id}::uuid AND ${sql.ref(column)} = ANY(${record_ids}::uuid[])
        ORDER BY created_at`.execute(tx)
      return rows
    },
    async erase({ tx, actor }, { object, record_ids }) {
      const column = columns.get(object)
      if (column === undefined) return 0
      const { numAffectedRows } = await sql`
        DELETE FROM ${sql.table(table)}
        WHERE organization_id = ${actor.organization_id}::uuid AND ${sql.ref(column)} = ANY(${record_ids}::uuid[])`.execute(
        tx,
      )
      return Number(numAffectedRows ?? 0)
    },
  }
}

export const leadContactPersonalData = linkPersonalData('lead_contacts', 'lead')
export const dealContactPersonalData = linkPersonalData('deal_contacts', 'deal')
