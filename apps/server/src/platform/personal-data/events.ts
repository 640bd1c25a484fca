/** What the outbox knows of a person: values inside the events of their records. */
import { sql } from 'kysely'
import type { PersonalData } from './source.ts'

/** Where a record stands, and how its event was meant: a subscriber that is behind goes on working with it. */
const kept = [
  'owner_id',
  'pipeline_id',
  'stage_id',
  'status',
  'activity_id',
  'activity_type',
  'import_id',
  'counted',
]

/**
 * `countedOf` names what an object's records are counted and added up by. The record keeps that, and so do its events:
 * totals that have not come to one yet would stay wrong for good.
 */
export const eventPersonalData = (countedOf: (object: string) => readonly string[]): PersonalData => ({
  table: 'events',
  async erase({ tx, actor }, { object, record_ids }) {
    const names = [...kept, ...countedOf(object)]
    const { numAffectedRows } = await sql`
      UPDATE events e SET data = (
        SELECT coalesce(jsonb_object_agg(d.key, CASE WHEN d.key = 'changes' THEN (
            SELECT coalesce(jsonb_object_agg(c.key, c.value), '{}') FROM jsonb_each(d.value) c WHERE c.key = ANY(${names})
          ) ELSE d.value END), '{}')
        FROM jsonb_each(e.data) d WHERE d.key = ANY(${[...names, 'changes']}))
      WHERE e.organization_id = ${actor.organization_id}::uuid AND e.object = ${object}
        AND e.record_id = ANY(${record_ids}::uuid[])`.execute(tx)
    return Number(numAffectedRows ?? 0)
  },
})
