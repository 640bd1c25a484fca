/** What a lead became tells its history, too: nothing is copied, so nothing is lost, whatever is added later. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { visibleClause } from '../../platform/lists/index.ts'
import { tellAlso } from '../activities/index.ts'
import { leads } from '../leads/index.ts'

export function tellHistoryOfLeads(): void {
  for (const object of ['company', 'contact', 'deal'] as const)
    tellAlso(object, {
      object: 'lead',
      // Of leads only that the caller may read; their own field rules apply.
      records: ({ organization_id, ...actor }: Actor, id) => sql`
        SELECT r.id FROM conversions c JOIN leads r ON r.organization_id = c.organization_id AND r.id = c.lead_id
        WHERE c.organization_id = ${organization_id}::uuid AND r.organization_id = ${organization_id}::uuid
          AND ${sql.ref(`c.${object}_id`)} = ${id}::uuid AND r.deleted_at IS NULL
          ${visibleClause(leads.records, { organization_id, ...actor })}`,
    })
}
