/** A deal with line items is worth what they come to: nobody says otherwise, or in another currency. */
import { sql } from 'kysely'
import { invalid } from '../../../platform/problems.ts'
import type { Ctx } from '../../../platform/tenancy.ts'

type Priced = { id: string; value: number | null; currency: string }

export async function refuseAgainstLines(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  deal: Priced,
  before: Priced | null,
): Promise<void> {
  if (before === null) return
  const changed = (['value', 'currency'] as const).filter((field) => deal[field] !== before[field])
  if (changed.length === 0) return
  const { rows } = await sql`
    SELECT 1 FROM line_items WHERE organization_id = ${actor.organization_id}::uuid AND deal_id = ${deal.id}::uuid LIMIT 1`.execute(
    tx,
  )
  if (rows.length > 0)
    throw invalid(
      changed.map((path) => ({
        path,
        code: 'follows_lines',
        message: 'cannot be changed by itself while the deal has line items',
      })),
    )
}
