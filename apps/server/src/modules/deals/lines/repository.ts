/** SQL of line items. Quantities, prices and percents are ten-thousandths there. */
import { moneyScale } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { visibleClause } from '../../../platform/lists/index.ts'
import type { Ctx } from '../../../platform/tenancy.ts'
import { deals } from '../definition.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

/** As callers know it. */
export type Line = {
  id: string
  product_id: string | null
  name: string
  description: string | null
  quantity: number
  unit: string | null
  unit_price: number
  discount_percent: number
  tax_percent: number
  created_at: string
  updated_at: string
}

const scaled = ['quantity', 'unit_price', 'discount_percent', 'tax_percent'] as const

export type PricedDeal = {
  id: string
  version: number
  name: string
  company_id: string | null
  owner_id: string | null
  value: number | null
  currency: string
  lines: Line[]
}

/** The deal with its lines in their order, if the caller may read it. */
export const selectPricedDeal = (actor: Actor, id: string): RawBuilder<PricedDeal> => sql<PricedDeal>`
  SELECT r.id, r.version, r.name, r.company_id, r.owner_id, r.value::float8 / ${sql.lit(moneyScale)} AS value, r.currency, (
    SELECT coalesce(json_agg(${lineJson} ORDER BY l.position), '[]') FROM line_items l
    WHERE l.organization_id = ${actor.organization_id}::uuid AND l.deal_id = r.id
  ) AS lines
  FROM deals r
  WHERE r.organization_id = ${actor.organization_id}::uuid AND r.id = ${id}::uuid ${visibleClause(deals.records, actor)}`

const timeText = (column: string) =>
  `to_char(l.${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const lineJson = sql.raw(`json_build_object('id', l.id, 'product_id', l.product_id, 'name', l.name,
  'description', l.description, 'unit', l.unit, 'created_at', ${timeText('created_at')}, 'updated_at', ${timeText('updated_at')},
  ${scaled.map((name) => `'${name}', l.${name}::float8 / ${moneyScale}`).join()})`)

export async function readLines({ tx, actor }: Context, deal_id: string): Promise<Line[]> {
  const { rows } = await sql<{ line: Line }>`
    SELECT ${lineJson} AS line FROM line_items l
    WHERE l.organization_id = ${actor.organization_id}::uuid AND l.deal_id = ${deal_id}::uuid ORDER BY l.position`.execute(
    tx,
  )
  return rows.map(({ line }) => line)
}

/** Writes the lines of a deal as they shall be, in this order; others that it had go. */
export async function keepLines(
  { tx, actor }: Context,
  deal_id: string,
  lines: readonly Line[],
): Promise<void> {
  const rows = lines.map((line, position) => ({
    ...line,
    ...Object.fromEntries(scaled.map((name) => [name, Math.round(line[name] * moneyScale)])),
    position,
  }))
  await sql`
    DELETE FROM line_items WHERE organization_id = ${actor.organization_id}::uuid AND deal_id = ${deal_id}::uuid
      AND id <> ALL (${lines.map(({ id }) => id)}::uuid[])`.execute(tx)
  await sql`
    INSERT INTO line_items AS l (organization_id, deal_id, id, product_id, name, description, quantity, unit, unit_price,
      discount_percent, tax_percent, position)
    SELECT ${actor.organization_id}::uuid, ${deal_id}::uuid, n.id, n.product_id, n.name, n.description, n.quantity, n.unit,
      n.unit_price, n.discount_percent, n.tax_percent, n.position
    FROM jsonb_populate_recordset(NULL::line_items, ${JSON.stringify(rows)}::jsonb) n
    ON CONFLICT (organization_id, deal_id, id) DO UPDATE SET (product_id, name, description, quantity, unit, unit_price,
        discount_percent, tax_percent, position, updated_at) =
      (excluded.product_id, excluded.name, excluded.description, excluded.quantity, excluded.unit, excluded.unit_price,
        excluded.discount_percent, excluded.tax_percent, excluded.position, now())
    WHERE (l.product_id, l.name, l.description, l.quantity, l.unit, l.unit_price, l.discount_percent, l.tax_percent, l.position)
      IS DISTINCT FROM (excluded.product_id, excluded.name, excluded.description, excluded.quantity, excluded.unit,
        excluded.unit_price, excluded.discount_percent, excluded.tax_percent, excluded.position)`.execute(tx)
}
