/** A job that waits or runs holds the values that its records are given; a finished one holds none. */
import { sql } from 'kysely'
import { mentions, type PersonalData } from '../../platform/personal-data/index.ts'

export const jobPersonalData: PersonalData = {
  table: 'jobs',
  /** What would bring the person back is not carried out any further. */
  async erase({ tx, actor }, person) {
    const { rows } = await sql<{ id: string; text: string }>`
      SELECT id, change::text AS text FROM jobs
      WHERE organization_id = ${actor.organization_id}::uuid AND change IS NOT NULL FOR UPDATE`.execute(tx)
    const ids = rows.filter(({ text }) => mentions(text, person)).map(({ id }) => id)
    if (ids.length === 0) return 0
    await sql`
      UPDATE jobs SET change = NULL, state = 'cancelled', finished_at = now()
      WHERE organization_id = ${actor.organization_id}::uuid AND id = ANY(${ids}::uuid[])`.execute(tx)
    return ids.length
  },
}
