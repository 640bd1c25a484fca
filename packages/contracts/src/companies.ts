import { z } from 'zod'
import { changedCustom, newCustom, toldCustom } from './custom-values.ts'
import { emptyToNull } from './leads.ts'
import { fitsCurrency, isCurrency } from './money.ts'
import { recordOperations } from './records.ts'
import { Currency, Email, Id, line, optionalLine, RelatedRecord, Timestamp, Version } from './shared.ts'
import { RecordTag, TagChange, TagList } from './tags.ts'

/** `https://www.Acme.com/about` and `Acme.com` are the same domain. */
export const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .transform((text) =>
    text
      .replace(/^[a-z]+:\/\//, '')
      .replace(/^www\./, '')
      .replace(/[/?#:].*$/, ''),
  )
  .refine(
    (text) => text === '' || /^([a-z0-9-]+\.)+[a-z0-9-]{2,}$/.test(text),
    'must be a domain, as acme.com',
  )
  .transform((text) => (text === '' ? null : text))

const fields = {
  domain: Domain.nullish(),
  website: optionalLine(500),
  industry: optionalLine(120),
  email: z.preprocess(emptyToNull, Email.nullish()),
  phone: optionalLine(60),
  country: optionalLine(80),
  state: optionalLine(120),
  city: optionalLine(120),
  address: optionalLine(300),
  employees: z.int().min(0).max(100_000_000).nullish(),
  annual_revenue: z.number().min(0).max(100_000_000_000).nullish(),
  currency: Currency.optional(),
  parent_id: Id.nullish(),
  source: optionalLine(120),
  external_id: optionalLine(200),
  owner_id: Id.nullish(),
}

type Valued = { annual_revenue?: number | null | undefined; currency?: string | undefined }
const fits = ({ annual_revenue, currency }: Valued) =>
  annual_revenue == null ||
  currency === undefined ||
  !isCurrency(currency) ||
  fitsCurrency(annual_revenue, currency)
const unfit = { path: ['annual_revenue'], message: 'has more decimals than the currency' }

export const NewCompany = z
  .strictObject({ name: line(200), ...fields, custom: newCustom('company'), tags: TagList.optional() })
  .refine(fits, unfit)
export const CompanyChange = z
  .strictObject({
    name: line(200).optional(),
    ...fields,
    custom: changedCustom('company'),
    tags: TagChange.optional(),
    version: Version.optional(),
  })
  .refine(fits, unfit)

export const Company = z.object({
  id: Id,
  name: z.string(),
  domain: z.string().nullable(),
  website: z.string().nullable(),
  industry: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  country: z.string().nullable(),
  state: z.string().nullable(),
  city: z.string().nullable(),
  address: z.string().nullable(),
  employees: z.int().nullable(),
  annual_revenue: z.number().nullable(),
  currency: z.string(),
  parent_id: Id.nullable(),
  source: z.string().nullable(),
  external_id: z.string().nullable(),
  owner_id: Id.nullable(),
  tags: z.array(RecordTag),
  custom: toldCustom('company'),
  version: z.int(),
  created_by: Id.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  deleted_at: Timestamp.nullable(),
  parent: RelatedRecord.nullish(),
  can: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type Company = z.infer<typeof Company>

export const companies = recordOperations({
  path: 'companies',
  one: 'company',
  many: 'companies',
  Record: Company,
  New: NewCompany,
  Change: CompanyChange,
})
