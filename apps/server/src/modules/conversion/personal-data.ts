/** Which lead, contact and company are about the same person: part of what is told of them, and goes with an erasure. */
import { sql } from 'kysely'
import type { PersonalData } from '../../platform/personal-data/index.ts'

const columnOf = (object: string) =>
  object === 'lead' ? sql.ref('lead_id') : object === 'contact' ? sql.ref('contact_id') : null

export const conversionPersonalData: PersonalData = {
  table: 'conversions',
  async collect({ tx, actor }, { object, record_ids }) {
    const column = columnOf(object)
    if (!column) return []
    const { rows } = await sql<object>`
      SELECT lead_id, company_id, contact_id, deal_id, converted_at FROM conversions
      WHERE organization_id = ${actor.organization_id}::uuid AND ${column} = ANY(${record_ids}::uuid[]) ORDER BY converted_at`.execute(
      tx,
    )
    return rows
  },
  async erase({ tx, actor }, { object, record_ids }) {
    const column = columnOf(object)
    if (!column) return 0
    const { numAffectedRows } = await sql`
      DELETE FROM conversions WHERE organization_id = ${actor.organization_id}::uuid AND ${column} = ANY(${record_ids}::uuid[])`.execute(
      tx,
    )
    return Number(numAffectedRows ?? 0)
  },
}
