/** Timelines hold what was said and what a field was before: of an erased person only that something happened stays. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { redact, type PersonalData, type Person } from '../../platform/personal-data/index.ts'

export const activityPersonalData: PersonalData = {
  table: 'activities',
  async collect({ tx, actor }, { object, record_ids }) {
    const { rows } = await sql<{ activity: object }>`
      SELECT jsonb_build_object('record_id', a.record_id, 'type', a.type, 'occurred_at', a.occurred_at, 'by', a.actor_name,
        'body', a.body, 'data', a.data) AS activity
      FROM activities a
      WHERE a.organization_id = ${actor.organization_id}::uuid AND a.object = ${object} AND a.record_id = ANY(${record_ids}::uuid[])
      ORDER BY a.occurred_at, a.id`.execute(tx)
    return rows.map((row) => row.activity)
  },
  async erase({ tx, actor }, person) {
    const { object, record_ids } = person
    const redacted = await redactElsewhere({ tx, actor }, person)
    const { numAffectedRows } = await sql`
      UPDATE activities SET body = NULL,
        data = CASE WHEN data ? 'version' THEN jsonb_build_object('version', data->'version') ELSE '{}' END
      WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object} AND record_id = ANY(${record_ids}::uuid[])`.execute(
      tx,
    )
    return Number(numAffectedRows ?? 0) + redacted
  },
}

/** Notes on other records that tell of the person keep what they say of others. */
async function redactElsewhere({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>, person: Person): Promise<number> {
  const { rows } = await sql<{ id: string; body: string }>`
    SELECT a.id, a.body FROM activities a
    WHERE a.organization_id = ${actor.organization_id}::uuid AND a.body IS NOT NULL
      AND NOT (a.object = ${person.object} AND a.record_id = ANY(${person.record_ids}::uuid[])) AND (
        EXISTS (SELECT 1 FROM unnest(${[...person.emails, ...person.names]}::text[]) m WHERE position(m IN lower(a.body)) > 0)
        OR EXISTS (SELECT 1 FROM unnest(${person.phones}::text[]) p WHERE position(p IN regexp_replace(a.body, '\\D', '', 'g')) > 0))`.execute(
    tx,
  )
  const changed = rows.map(({ id, body }) => ({ id, body: redact(body, person) }))
  await sql`
    UPDATE activities a SET body = c.body FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS c (id uuid, body text)
    WHERE a.organization_id = ${actor.organization_id}::uuid AND a.id = c.id`.execute(tx)
  return changed.length
}

/** Of records that are deleted for good. */
export async function dropActivities(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  object: string,
  record_ids: readonly string[],
): Promise<void> {
  await sql`
    DELETE FROM activities WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
      AND record_id = ANY(${record_ids}::uuid[])`.execute(tx)
}
