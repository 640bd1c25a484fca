/** A valid request for what deals have beyond any record. */
import { operations, type Deal, type LineItems, type Operation, type Product } from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

export type DealExamples = { deal: Deal; product: Product; line_id: string }

/** A deal about one product, with somebody in it. */
export async function makeDeal(owner: Caller, contact_id: string): Promise<DealExamples> {
  const product = await owner.call<Product>('POST', '/crm/products', { body: { name: 'Sample', price: 10 } })
  const made = await owner.call<Deal>('POST', '/crm/deals', { body: { name: 'Example deal' } })
  const line = { body: { product_id: product.body.id } }
  const lines = await owner.call<LineItems>('POST', `/crm/deals/${made.body.id}/line-items`, line)
  const linked = await owner.call('POST', `/crm/deals/${made.body.id}/contacts`, { body: { contact_id } })
  const line_id = lines.body.items?.[0]?.id
  if (line_id === undefined || linked.status !== 201)
    throw new Error(
      `The example deal could not be made: ${product.text} ${made.text} ${lines.text} ${linked.text}`,
    )
  const deal = { ...made.body, version: lines.body.deal.version }
  return { product: product.body, deal, line_id }
}

type Named = { id: string }

export function dealExamples(
  { deal, line_id }: Pick<DealExamples, 'deal' | 'line_id'>,
  { contact, company }: { contact: Named; company: Named },
): [Operation, Example][] {
  const { deals, dealContacts, lineItems } = operations
  const onDeal = { params: { id: deal.id } }
  const onDealLink = { params: { id: deal.id, contact_id: contact.id } }
  const onLine = { params: { id: deal.id, line_id } }
  return [
    [deals.moveStage, { ...onDeal, body: { stage_id: deal.stage_id, version: deal.version, position: 0 } }],
    [deals.quote, onDeal],
    [deals.ofCompany, { params: { id: company.id } }],
    [lineItems.list, onDeal],
    [lineItems.create, { ...onDeal, body: { name: 'Setup', unit_price: 100 } }],
    [lineItems.update, { ...onLine, body: { quantity: 2 } }],
    [lineItems.remove, onLine],
    [dealContacts.list, onDeal],
    [dealContacts.link, { ...onDeal, body: { contact_id: contact.id, part: 'User' } }],
    [dealContacts.change, { ...onDealLink, body: { part: 'User' } }],
    [dealContacts.unlink, onDealLink],
    [dealContacts.deals, { params: { id: contact.id } }],
  ]
}
