import { z } from 'zod'
import { dealStatuses, forecastCategories } from './deal-fields.ts'
import { changedCustom, newCustom, toldCustom } from './custom-values.ts'
import { fitsCurrency, isCurrency } from './money.ts'
import { operation } from './operation.ts'
import { recordOperations } from './records.ts'
import {
  Currency,
  Id,
  IdParams,
  line,
  optionalLine,
  optionalTime,
  RelatedRecord,
  Timestamp,
  Version,
} from './shared.ts'
import { moveStageOperation } from './staged.ts'
import { RecordTag, TagChange, TagList } from './tags.ts'

export const DealStatus = z.enum(dealStatuses)
export type DealStatus = z.infer<typeof DealStatus>

export const ForecastCategory = z.enum(forecastCategories)
export type ForecastCategory = z.infer<typeof ForecastCategory>

const fields = {
  company_id: Id.nullish(),
  value: z
    .number()
    .min(0)
    .max(100_000_000_000)
    .nullish()
    .describe('Of a deal with line items it is their net total and cannot be given'),
  currency: Currency.optional(),
  probability: z.int().min(0).max(100).nullish().describe('Percent; that of the stage unless given'),
  forecast_category: ForecastCategory.nullish().describe('That of the stage unless given'),
  expected_close: z.iso.date().nullish(),
  closed_at: optionalTime.describe('When it was won or lost; set by itself unless given'),
  lost_reason: optionalLine(500),
  source: optionalLine(120),
  external_id: optionalLine(200),
  description: optionalLine(10_000),
  owner_id: Id.nullish(),
}

type Valued = { value?: number | null | undefined; currency?: string | undefined }
const fits = ({ value, currency }: Valued) =>
  value == null || currency === undefined || !isCurrency(currency) || fitsCurrency(value, currency)
const unfit = { path: ['value'], message: 'has more decimals than the currency' }

const changed = { name: line(200).optional(), ...fields, custom: changedCustom('deal') }

export const NewDeal = z
  .strictObject({
    name: line(200),
    ...fields,
    custom: newCustom('deal'),
    tags: TagList.optional(),
    pipeline_id: Id.optional(),
    stage_id: Id.optional(),
  })
  .refine(fits, unfit)
export type NewDeal = z.output<typeof NewDeal>

export const DealChange = z
  .strictObject({ ...changed, tags: TagChange.optional(), version: Version.optional() })
  .refine(fits, unfit)

export const Deal = z.object({
  id: Id,
  name: z.string(),
  company_id: Id.nullable(),
  status: DealStatus,
  pipeline_id: Id,
  stage_id: Id,
  stage_entered_at: Timestamp,
  value: z.number().nullable(),
  currency: z.string(),
  probability: z.int().nullable(),
  forecast_category: ForecastCategory.nullable(),
  expected_close: z.iso.date().nullable(),
  closed_at: Timestamp.nullable(),
  lost_reason: z.string().nullable(),
  source: z.string().nullable(),
  external_id: z.string().nullable(),
  description: z.string().nullable(),
  owner_id: Id.nullable(),
  tags: z.array(RecordTag),
  custom: toldCustom('deal'),
  version: z.int(),
  created_by: Id.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  deleted_at: Timestamp.nullable(),
  company: RelatedRecord.nullish(),
  can: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type Deal = z.infer<typeof Deal>

const Sum = z.object({
  count: z.int(),
  /** Per currency, in major units; empty for a role that does not see what deals are worth. */
  values: z.array(z.object({ currency: z.string(), value: z.number() })),
})

/** What the deals of a company come to, as far as the caller may read them. */
export const DealTotals = z.object({ open: Sum, won: Sum, lost: Sum })
export type DealTotals = z.infer<typeof DealTotals>

export const quoteLanguages = ['en', 'pt-BR'] as const

export const deals = {
  ...recordOperations({
    path: 'deals',
    one: 'deal',
    many: 'deals',
    Record: Deal,
    New: NewDeal,
    Change: DealChange,
  }),
  moveStage: moveStageOperation({
    path: 'deals',
    one: 'deal',
    Record: Deal,
    Values: z.strictObject(changed).refine(fits, unfit),
  }),
  quote: operation({
    method: 'GET',
    path: '/crm/deals/{id}/quote.pdf',
    problems: [404, 409],
    summary: 'The quote of a deal with line items, to print and to send',
    params: IdParams,
    query: z.strictObject({
      language: z.enum(quoteLanguages).default('en'),
      valid_until: z.iso.date().optional().describe('30 days from today unless told'),
    }),
    media: 'application/pdf',
  }),
  ofCompany: operation({
    method: 'GET',
    path: '/crm/companies/{id}/deal-totals',
    problems: [404],
    summary: 'How many deals of a company are open, won and lost, and what they are worth',
    params: IdParams,
    reply: DealTotals,
  }),
}
