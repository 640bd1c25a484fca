import { z } from 'zod'
import { changedCustom, newCustom, toldCustom } from './custom-values.ts'
import { fitsCurrency, isCurrency } from './money.ts'
import { recordOperations } from './records.ts'
import { Currency, Email, Id, line, optionalLine, Timestamp, Version } from './shared.ts'
import { moveStageOperation } from './staged.ts'
import { RecordTag, TagChange, TagList } from './tags.ts'

export const leadStatuses = ['new', 'working', 'nurturing', 'qualified', 'converted', 'lost'] as const
export const LeadStatus = z.enum(leadStatuses)
export type LeadStatus = z.infer<typeof LeadStatus>

export const emptyToNull = (text: unknown) => (typeof text === 'string' && text.trim() === '' ? null : text)
const amount = z.number().min(0).max(100_000_000_000)

const writable = {
  company_name: optionalLine(200),
  email: z.preprocess(emptyToNull, Email.nullish()),
  phone: optionalLine(60),
  mobile: optionalLine(60),
  website: optionalLine(500),
  industry: optionalLine(120),
  country: optionalLine(80),
  state: optionalLine(120),
  city: optionalLine(120),
  time_zone: optionalLine(64),
  source: optionalLine(120),
  external_id: optionalLine(200),
  lost_reason: optionalLine(500),
  score: z.int().min(0).max(100).nullish(),
  probability: z.int().min(0).max(100).nullish(),
  estimated_value: amount.nullish(),
  currency: Currency.optional(),
  owner_id: Id.nullish(),
  status: LeadStatus.optional(),
}

type Valued = { estimated_value?: number | null | undefined; currency?: string | undefined }
const valueFits = (lead: Valued) =>
  lead.estimated_value == null ||
  lead.currency === undefined ||
  // Refused by itself already.
  !isCurrency(lead.currency) ||
  fitsCurrency(lead.estimated_value, lead.currency)
const valueMessage = { path: ['estimated_value'], message: 'has more decimals than the currency' }

export const NewLead = z
  .strictObject({
    full_name: line(200),
    ...writable,
    custom: newCustom('lead'),
    tags: TagList.optional(),
    pipeline_id: Id.optional(),
    stage_id: Id.optional(),
  })
  .refine(valueFits, valueMessage)
export type NewLead = z.output<typeof NewLead>

const changed = { full_name: line(200).optional(), ...writable, custom: changedCustom('lead') }

export const LeadChange = z
  .strictObject({ ...changed, tags: TagChange.optional(), version: Version.optional() })
  .refine(valueFits, valueMessage)
export type LeadChange = z.output<typeof LeadChange>

export const Lead = z.object({
  id: Id,
  full_name: z.string(),
  company_name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  mobile: z.string().nullable(),
  website: z.string().nullable(),
  industry: z.string().nullable(),
  country: z.string().nullable(),
  state: z.string().nullable(),
  city: z.string().nullable(),
  time_zone: z.string().nullable(),
  source: z.string().nullable(),
  external_id: z.string().nullable(),
  status: LeadStatus,
  lost_reason: z.string().nullable(),
  pipeline_id: Id,
  stage_id: Id,
  stage_entered_at: Timestamp,
  score: z.int().nullable(),
  probability: z.int().nullable(),
  estimated_value: z.number().nullable(),
  currency: z.string(),
  owner_id: Id.nullable(),
  tags: z.array(RecordTag),
  custom: toldCustom('lead'),
  version: z.int(),
  created_by: Id.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  deleted_at: Timestamp.nullable(),
  /** What the caller may do with this record. */
  can: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type Lead = z.infer<typeof Lead>

export const leads = {
  ...recordOperations({
    path: 'leads',
    one: 'lead',
    many: 'leads',
    Record: Lead,
    New: NewLead,
    Change: LeadChange,
  }),
  moveStage: moveStageOperation({
    path: 'leads',
    one: 'lead',
    Record: Lead,
    Values: z.strictObject(changed).refine(valueFits, valueMessage),
  }),
}
