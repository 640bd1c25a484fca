/** What stands on top of the timeline of its record. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Told = { object: string; record_id: string; type: string; pinned_at: string | null }

/** Of which record it is told; undefined when there is no such activity. */
export async function findActivity({ tx, actor }: Context, id: string): Promise<Told | undefined> {
  const { rows } = await sql<Told>`
    SELECT object, record_id, type, pinned_at FROM activities
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid`.execute(tx)
  return rows[0]
}

/** Since when it stands there now. */
export async function pinActivity(
  { tx, actor }: Context,
  id: string,
  pinned: boolean,
): Promise<string | null> {
  const { rows } = await sql<{ pinned_at: string | null }>`
    UPDATE activities SET pinned_at = ${pinned ? sql`now()` : sql`NULL`}
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid RETURNING pinned_at`.execute(
    tx,
  )
  return rows[0]?.pinned_at ?? null
}
