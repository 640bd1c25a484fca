/** Tags say what somebody thinks of a person: they are part of what is told of one, and go with an erasure. */
import { sql } from 'kysely'
import type { PersonalData } from '../../platform/personal-data/index.ts'
import { dropTags } from './on-records.ts'

export const recordTagPersonalData: PersonalData = {
  table: 'record_tags',
  async collect({ tx, actor }, { object, record_ids }) {
    const { rows } = await sql<{ record_id: string; tag: string }>`
      SELECT k.record_id, g.name AS tag FROM record_tags k
      JOIN tags g ON g.organization_id = k.organization_id AND g.id = k.tag_id
      WHERE k.organization_id = ${actor.organization_id}::uuid AND k.object = ${object} AND k.record_id = ANY(${record_ids}::uuid[])
      ORDER BY k.record_id, g.key`.execute(tx)
    return rows
  },
  erase: (ctx, { object, record_ids }) => dropTags(ctx, object, record_ids),
}
