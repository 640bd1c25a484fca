/** What members and stages are called, asked once for a whole file. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

type Called = (id: string) => string
export type Names = { member: Called; stage_id: Called; pipeline_id: Called }

/** Those who left, too: their records say whose they were. */
export async function readNames({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>): Promise<Names> {
  const organization = actor.organization_id
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT u.id, u.full_name AS name FROM users u JOIN memberships m ON m.user_id = u.id WHERE m.organization_id = ${organization}::uuid
    UNION ALL SELECT s.id, s.name FROM stages s WHERE s.organization_id = ${organization}::uuid
    UNION ALL SELECT p.id, p.name FROM pipelines p WHERE p.organization_id = ${organization}::uuid`.execute(
    tx,
  )
  const known = new Map(rows.map(({ id, name }) => [id, name]))
  const called: Called = (id) => known.get(id) ?? id
  return { member: called, stage_id: called, pipeline_id: called }
}
