/** What a deal is about, line by line. The deal's value is their net total, changed in the same transaction. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Id, IdParams, line, optionalLine, Percent, Timestamp, Version } from './shared.ts'

export const maxLineItems = 200

const withoutMore = (digits: number) => (value: number) => {
  const scaled = value * 10 ** digits
  return Math.abs(scaled - Math.round(scaled)) < 1e-6
}

const fields = {
  name: line(200),
  description: optionalLine(2000),
  quantity: z.number().min(0).max(1_000_000).refine(withoutMore(4), 'must not have more than 4 decimals'),
  unit: optionalLine(40),
  unit_price: z.number().min(0).max(1_000_000_000).describe("In the deal's currency, without tax"),
  discount_percent: Percent,
  tax_percent: Percent,
  position: z.int().min(0).describe('0-based place among the lines; the end unless told'),
}

const Amounts = z.object({ net: z.number(), discount: z.number(), tax: z.number(), gross: z.number() })

export const LineItem = z.object({
  id: Id,
  product_id: Id.nullable(),
  name: z.string(),
  description: z.string().nullable(),
  quantity: z.number(),
  unit: z.string().nullable(),
  unit_price: z.number(),
  discount_percent: z.number(),
  tax_percent: z.number(),
  position: z.int(),
  ...Amounts.shape,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type LineItem = z.infer<typeof LineItem>

/** The lines of a deal as they are, with what they come to and the deal's version and value. */
export const LineItems = z.object({
  items: z.array(LineItem),
  totals: Amounts,
  currency: z.string(),
  deal: z.object({ id: Id, version: z.int(), value: z.number().nullable() }),
  next_cursor: z.null(),
})
export type LineItems = z.infer<typeof LineItems>

/** What is not given is taken from the product. */
export const NewLineItem = z
  .strictObject({
    product_id: Id.nullish(),
    ...z.object(fields).partial().shape,
    version: Version.optional().describe("The deal's"),
  })
  .refine(({ product_id, name }) => product_id != null || name !== undefined, {
    path: ['name'],
    message: 'give a product or a name',
  })
export type NewLineItem = z.output<typeof NewLineItem>

export const LineItemChange = z.strictObject({
  product_id: Id.nullish(),
  ...z.object(fields).partial().shape,
  version: Version.optional().describe("The deal's"),
})
export type LineItemChange = z.output<typeof LineItemChange>

const path = '/crm/deals/{id}/line-items'
const LineParams = z.strictObject({ id: Id, line_id: Id })

export const lineItems = {
  list: operation({
    method: 'GET',
    path,
    problems: [404],
    summary: 'The line items of a deal in their order, with totals',
    params: IdParams,
    reply: LineItems,
  }),
  create: operation({
    method: 'POST',
    path,
    summary: "Add a line item; the deal's value becomes the net total. Answers all lines",
    params: IdParams,
    body: NewLineItem,
    status: 201,
    reply: LineItems,
  }),
  update: operation({
    method: 'PATCH',
    path: `${path}/{line_id}`,
    summary: 'Change a line item or its place. Answers all lines',
    params: LineParams,
    body: LineItemChange,
    reply: LineItems,
  }),
  remove: operation({
    method: 'DELETE',
    path: `${path}/{line_id}`,
    summary: 'Take a line item off a deal',
    params: LineParams,
    status: 204,
  }),
}
