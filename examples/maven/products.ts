/** products.csv becomes products. */
import { externalId, rapport, readAll, readRows } from './connect.ts'

type Line = { product: string; series: string; sales_price: string }

/** The file of opportunities writes `GTXPro` for `GTX Pro`. */
export const nameOf = (product: string): string => product.replace(/^GTXPro$/, 'GTX Pro')

/** Answers the products by their names. */
export async function loadProducts(): Promise<ReadonlyMap<string, { id: string; price: number }>> {
  const lines = await readRows<Line>('products.csv')
  const listed = await readAll((cursor) =>
    rapport.products.list({ query: { limit: 200, cursor, sort: 'id' } }),
  )
  const known = new Map(listed.map(({ code, id }) => [code, id]))
  const products = new Map<string, { id: string; price: number }>()
  let created = 0
  for (const { product, series, sales_price } of lines) {
    const code = externalId(product)
    const price = Number(sales_price)
    const body = { name: product, code, price, currency: 'USD', description: `Series ${series}` }
    const id = known.get(code) ?? (await rapport.products.create({ idempotencyKey: code, body })).id
    created += known.has(code) ? 0 : 1
    products.set(product, { id, price })
  }
  console.log(`${lines.length} products: ${created} created`)
  return products
}
