/** Companies belong to companies: a group is a tree, so nobody is above itself. */
import { sql } from 'kysely'
import { invalidField } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'

type Placed = { id: string; parent_id: string | null }

/**
 * Throws when the parent is the company itself or somewhere below it. Changes of the trees of one organization
 * take turns: two that each look right could close a circle together.
 */
export async function refuseCircle(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  { id, parent_id }: Placed,
  before: Placed | null,
): Promise<void> {
  // Nothing is below a company that is being made.
  if (parent_id === null || before === null || before.parent_id === parent_id) return
  const { organization_id } = actor
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('companies.tree', 0) # hashtextextended(${organization_id}, 0))`.execute(
    tx,
  )
  const { rows } = await sql`
    WITH RECURSIVE above AS (
      SELECT id, parent_id FROM companies WHERE organization_id = ${organization_id}::uuid AND id = ${parent_id}::uuid
      UNION
      SELECT c.id, c.parent_id FROM companies c JOIN above a ON c.id = a.parent_id WHERE c.organization_id = ${organization_id}::uuid
    )
    SELECT 1 FROM above WHERE id = ${id}::uuid`.execute(tx)
  if (rows.length > 0)
    throw invalidField('parent_id', 'circle', 'must not be the company itself or one that belongs to it')
}
