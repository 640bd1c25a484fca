import { moneyScale } from '@rapport/contracts'
import { sql } from 'kysely'
import { invalidField } from '../../../platform/problems.ts'
import type { Ctx } from '../../../platform/tenancy.ts'
import { products } from '../../products/index.ts'
import { requireRelatedRecord } from '../../records/index.ts'

export type Offered = {
  id: string
  name: string
  description: string | null
  unit: string | null
  price: number | null
  currency: string
  tax_rate: number | null
}

/** A product that can be put on a line: one that the caller may read and that is not retired. */
export async function findOffered(ctx: Ctx, id: string): Promise<Offered> {
  await requireRelatedRecord(ctx, products.records, 'product_id', id)
  const { rows } = await sql<Offered & { status: string }>`
    SELECT id, name, description, unit, price::float8 / ${sql.lit(moneyScale)} AS price, currency, tax_rate, status
    FROM products WHERE organization_id = ${ctx.actor.organization_id}::uuid AND id = ${id}::uuid`.execute(
    ctx.tx,
  )
  const [product] = rows
  if (!product || product.status === 'retired')
    throw invalidField('product_id', 'retired_product', 'must be a product that is still offered')
  return product
}
