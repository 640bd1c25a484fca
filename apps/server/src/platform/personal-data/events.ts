/** What the outbox knows of a person: values inside the events of their records. */
import { sql } from 'kysely'
import type { PersonalData } from './source.ts'

/** Where a record stands, and what it is worth: subscribers and totals go on working with it. */
const kept = [
  'pipeline_id',
  'stage_id',
  'currency',
  'estimated_value',
  'status',
  'activity_id',
  'activity_type',
]

export const eventPersonalData: PersonalData = {
  table: 'events',
  async erase({ tx, actor }, { object, record_ids }) {
    const { numAffectedRows } = await sql`
      UPDATE events e SET data = (
        SELECT coalesce(jsonb_object_agg(d.key, CASE WHEN d.key = 'changes' THEN (
            SELECT coalesce(jsonb_object_agg(c.key, c.value), '{}') FROM jsonb_each(d.value) c WHERE c.key = ANY(${kept})
          ) ELSE d.value END), '{}')
        FROM jsonb_each(e.data) d WHERE d.key = ANY(${[...kept, 'changes']}))
      WHERE e.organization_id = ${actor.organization_id}::uuid AND e.object = ${object}
        AND e.record_id = ANY(${record_ids}::uuid[])`.execute(tx)
    return Number(numAffectedRows ?? 0)
  },
}
