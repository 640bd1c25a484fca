/**
 * Whose history a record can tell with its own: a company that of its people and deals, a person that of their leads
 * and deals, and these that of the people who have a part in them.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { hiddenFields } from '../../platform/field-rules.ts'
import { visibleClause, type RecordDescription } from '../../platform/lists/index.ts'
import { tellRelated } from '../activities/index.ts'
import { contacts } from '../contacts/index.ts'
import { deals } from '../deals/index.ts'
import { leads } from '../leads/index.ts'

type Link = { table: 'lead_contacts' | 'deal_contacts'; of: string; to: string }

export function relateTimelines(): void {
  for (const { records } of [contacts, deals])
    tellRelated('company', { object: records.object, records: byField(records, 'company_id') })
  for (const [table, { records }] of [
    ['lead_contacts', leads],
    ['deal_contacts', deals],
  ] as const) {
    const column = `${records.object}_id`
    tellRelated('contact', {
      object: records.object,
      records: byLink(records, { table, of: 'contact_id', to: column }),
    })
    tellRelated(records.object, {
      object: 'contact',
      records: byLink(contacts.records, { table, of: column, to: 'contact_id' }),
    })
  }
}

/** Records whose relation leads to it. Who does not see the relation is not told that there is one. */
const byField =
  (records: RecordDescription, field: string) =>
  (actor: Actor, id: string): RawBuilder<unknown> | null => {
    if (hiddenFields(actor.field_rules, records.object).includes(field)) return null
    const column = records.fields.get(field)?.column ?? field
    return sql`SELECT r.id FROM ${sql.table(records.table)} r
      WHERE r.organization_id = ${actor.organization_id}::uuid AND ${sql.ref(`r.${column}`)} = ${id}::uuid
        AND r.deleted_at IS NULL ${visibleClause(records, actor)}`
  }

/** Records that are linked with it. */
const byLink =
  (records: RecordDescription, { table, of, to }: Link) =>
  (actor: Actor, id: string): RawBuilder<unknown> =>
    sql`SELECT r.id FROM ${sql.table(table)} l
      JOIN ${sql.table(records.table)} r ON r.organization_id = l.organization_id AND r.id = ${sql.ref(`l.${to}`)}
      WHERE l.organization_id = ${actor.organization_id}::uuid AND r.organization_id = ${actor.organization_id}::uuid
        AND ${sql.ref(`l.${of}`)} = ${id}::uuid AND r.deleted_at IS NULL ${visibleClause(records, actor)}`
