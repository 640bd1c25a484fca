import { z } from 'zod'
import { changedCustom, newCustom, toldCustom } from './custom-values.ts'
import { fitsCurrency, isCurrency } from './money.ts'
import { productStatuses } from './product-fields.ts'
import { unownedOperations } from './records.ts'
import { RecordTag, TagChange, TagList } from './tags.ts'
import { Currency, Id, line, optionalLine, Percent, Timestamp, Version } from './shared.ts'

export const ProductStatus = z.enum(productStatuses)

const fields = {
  code: optionalLine(80),
  description: optionalLine(2000),
  price: z.number().min(0).max(100_000_000_000).nullish(),
  currency: Currency.optional(),
  tax_rate: Percent.nullish(),
  unit: optionalLine(40),
  status: ProductStatus.optional(),
}

type Priced = { price?: number | null | undefined; currency?: string | undefined }
const fits = ({ price, currency }: Priced) =>
  price == null || currency === undefined || !isCurrency(currency) || fitsCurrency(price, currency)
const unfit = { path: ['price'], message: 'has more decimals than the currency' }

export const NewProduct = z
  .strictObject({ name: line(200), ...fields, custom: newCustom('product'), tags: TagList.optional() })
  .refine(fits, unfit)
export const ProductChange = z
  .strictObject({
    name: line(200).optional(),
    ...fields,
    custom: changedCustom('product'),
    tags: TagChange.optional(),
    version: Version.optional(),
  })
  .refine(fits, unfit)

/** What a team sells. Products belong to the whole organization, to nobody in particular. */
export const Product = z.object({
  id: Id,
  name: z.string(),
  code: z.string().nullable(),
  description: z.string().nullable(),
  price: z.number().nullable(),
  currency: z.string(),
  tax_rate: z.number().nullable(),
  unit: z.string().nullable(),
  status: ProductStatus,
  tags: z.array(RecordTag),
  custom: toldCustom('product'),
  version: z.int(),
  created_by: Id.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  deleted_at: Timestamp.nullable(),
  can: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type Product = z.infer<typeof Product>

export const products = unownedOperations({
  path: 'products',
  one: 'product',
  many: 'products',
  Record: Product,
  New: NewProduct,
  Change: ProductChange,
})
