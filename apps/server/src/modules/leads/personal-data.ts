/** What a lead knows of a person. After an erasure the record still counts, with nothing that tells who it was. */
import { sql } from 'kysely'
import type { PersonalData } from '../../platform/personal-data/index.ts'
import { removeRecords } from '../search/index.ts'
import { emitRecord } from '../records/index.ts'
import { leads, type LeadRow } from './definition.ts'

const erasedName = 'Erased person'

export const leadPersonalData: PersonalData = {
  table: 'leads',
  async collect({ tx, actor }, { object, record_ids }) {
    if (object !== 'lead') return []
    const { rows } = await sql<{ lead: object }>`
      SELECT to_jsonb(l) - 'organization_id' - 'rank' || jsonb_build_object('estimated_value', l.estimated_value / 10000.0) AS lead
      FROM leads l WHERE l.organization_id = ${actor.organization_id}::uuid AND l.id = ANY(${record_ids}::uuid[])
      ORDER BY l.created_at`.execute(tx)
    return rows.map((row) => row.lead)
  },
  async erase(ctx, { object, record_ids }) {
    if (object !== 'lead') return 0
    const { tx, actor } = ctx
    const { rows } = await sql<LeadRow>`
      UPDATE leads SET full_name = ${erasedName}, company_name = NULL, email = NULL, phone = NULL, mobile = NULL,
        website = NULL, state = NULL, city = NULL, external_id = NULL, lost_reason = NULL, custom = '{}',
        erased_at = coalesce(erased_at, now()), version = version + 1, updated_at = now()
      WHERE organization_id = ${actor.organization_id}::uuid AND id = ANY(${record_ids}::uuid[]) RETURNING *`.execute(
      tx,
    )
    await removeRecords(tx, actor.organization_id, 'lead', record_ids)
    for (const lead of rows) emitRecord(ctx, leads, 'erased', lead)
    return rows.length
  },
}
