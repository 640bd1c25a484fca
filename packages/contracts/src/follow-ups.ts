/** Follow-ups: the planned touches of a record, numbered one to three, each with what came of it. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { page, Id, IdParams, Timestamp, Version } from './shared.ts'

export const followUpChannels = ['call', 'whatsapp', 'email', 'meeting', 'other'] as const
export const followUpStatuses = ['open', 'done', 'skipped'] as const
/** What can be followed up; the first part of the paths. */
export const followedObjects = ['lead', 'contact', 'deal'] as const
export type FollowedObject = (typeof followedObjects)[number]
export const lastFollowUp = 3
const maxText = 5_000

export const FollowUpChannel = z.enum(followUpChannels)
export type FollowUpChannel = z.infer<typeof FollowUpChannel>
export const FollowUpStatus = z.enum(followUpStatuses)
export type FollowUpStatus = z.infer<typeof FollowUpStatus>
export const FollowUpNumber = z.int().min(1).max(lastFollowUp)

const When = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString())
const Text = z
  .string()
  .trim()
  .max(maxText)
  .refine((text) => !text.includes('\u0000'), 'must not contain NUL')
  .transform((text) => (text === '' ? null : text))
  .nullish()

export const FollowUp = z.object({
  id: Id,
  record: z.object({ object: z.enum(followedObjects), id: Id }),
  number: FollowUpNumber,
  due_at: Timestamp,
  channel: FollowUpChannel,
  note: z.string().nullable(),
  status: FollowUpStatus,
  outcome: z.string().nullable(),
  owner_id: Id.nullable().describe('Whose day it belongs to'),
  closed_at: Timestamp.nullable(),
  closed_by: Id.nullable(),
  version: z.int(),
  created_by: Id.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  can: z.object({ update: z.boolean() }),
})
export type FollowUp = z.infer<typeof FollowUp>

/** What is needed to act on it without opening the record: only what the caller may see of it. */
export const FollowedRecord = z.object({
  object: z.enum(followedObjects),
  id: Id,
  title: z.string(),
  company_name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  country: z.string().nullable(),
  state: z.string().nullable(),
  city: z.string().nullable(),
  time_zone: z.string().nullable().describe('Its own, or that of its place; null when neither is known'),
})
export type FollowedRecord = z.infer<typeof FollowedRecord>
export const DueFollowUp = FollowUp.extend({ subject: FollowedRecord })
export type DueFollowUp = z.infer<typeof DueFollowUp>

export const NewFollowUp = z.strictObject({
  due_at: When,
  channel: FollowUpChannel.optional(),
  note: Text,
  number: FollowUpNumber.optional().describe('Without it, the one after the last'),
  owner_id: Id.nullable().optional().describe('Without it, the owner of the record, or else the caller'),
})
export type NewFollowUp = z.output<typeof NewFollowUp>

export const FollowUpChange = z.strictObject({
  status: FollowUpStatus.optional(),
  outcome: Text,
  note: Text,
  due_at: When.optional(),
  channel: FollowUpChannel.optional(),
  owner_id: Id.nullable().optional(),
  version: Version.optional(),
})
export type FollowUpChange = z.output<typeof FollowUpChange>

/** Proposed when one is closed: not kept until it is accepted by making it. */
export const ProposedFollowUp = z.object({
  number: FollowUpNumber,
  due_at: Timestamp,
  channel: FollowUpChannel,
})
export type ProposedFollowUp = z.infer<typeof ProposedFollowUp>

/** When each follow-up comes: the first after the record was made, each later one after the one before was closed. */
export const CadenceStep = z.strictObject({ days: z.int().min(0).max(365), channel: FollowUpChannel })
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time as 09:00')
export const Cadence = z
  .strictObject({
    steps: z.array(CadenceStep).length(lastFollowUp),
    calling_from: ClockTime,
    calling_until: ClockTime,
    calling_days: z
      .array(z.int().min(0).max(6))
      .max(7)
      .transform((days) => [...new Set(days)].toSorted((one, other) => one - other))
      .describe('0 is Sunday'),
  })
  .refine(({ calling_from, calling_until }) => calling_from < calling_until, {
    path: ['calling_until'],
    message: 'must be later than calling_from',
  })
export type Cadence = z.infer<typeof Cadence>

/** Until an organization sets its own. */
export const defaultCadence: Cadence = {
  steps: [
    { days: 1, channel: 'call' },
    { days: 3, channel: 'whatsapp' },
    { days: 7, channel: 'email' },
  ],
  calling_from: '09:00',
  calling_until: '18:00',
  calling_days: [1, 2, 3, 4, 5],
}

const FollowUpQuery = z.strictObject({
  status: FollowUpStatus.optional(),
  owner_id: z.union([Id, z.literal('me')]).optional(),
  due_from: When.optional().describe('This time or later'),
  due_before: When.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
})
export type FollowUpQuery = z.output<typeof FollowUpQuery>

/** Those of one kind of record, from its side. */
function ofRecords(path: string, one: string) {
  return {
    list: operation({
      method: 'GET',
      path: `/crm/${path}/{id}/follow-ups`,
      problems: [404],
      summary: `The follow-ups of a ${one}, closed ones too, the first due first; and which could come next`,
      params: IdParams,
      reply: z.object({
        items: z.array(FollowUp),
        next_cursor: z.null(),
        next_proposed: ProposedFollowUp.nullable(),
      }),
    }),
    create: operation({
      method: 'POST',
      path: `/crm/${path}/{id}/follow-ups`,
      summary: `Plan a follow-up of a ${one}`,
      params: IdParams,
      body: NewFollowUp,
      status: 201,
      reply: FollowUp,
    }),
  }
}
export type FollowedOperations = ReturnType<typeof ofRecords>

export const leadFollowUps = ofRecords('leads', 'lead')
export const contactFollowUps = ofRecords('contacts', 'contact')
export const dealFollowUps = ofRecords('deals', 'deal')

export const followUps = {
  list: operation({
    method: 'GET',
    path: '/crm/follow-ups',
    summary: 'Follow-ups of all records that you may see, the first due first',
    query: FollowUpQuery,
    reply: page(DueFollowUp),
  }),
  update: operation({
    method: 'PATCH',
    path: '/crm/follow-ups/{id}',
    summary:
      'Close, move or change a follow-up; closing one proposes the next. The version may also come as If-Match',
    params: IdParams,
    body: FollowUpChange,
    reply: z.object({ follow_up: FollowUp, next_proposed: ProposedFollowUp.nullable() }),
  }),
  cadence: operation({
    method: 'GET',
    path: '/crm/follow-up-cadence',
    summary: 'When follow-ups are proposed, and between which hours people are called',
    reply: Cadence,
  }),
  setCadence: operation({
    method: 'PUT',
    path: '/crm/follow-up-cadence',
    summary: 'Set when follow-ups are proposed, and between which hours people are called',
    body: Cadence,
    reply: Cadence,
  }),
}
