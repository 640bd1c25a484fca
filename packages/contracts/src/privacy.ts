import { z } from 'zod'
import { PageQuery } from './lists.ts'
import { operation } from './operation.ts'
import { Email, Id, IdParams, line, optionalLine, page, Timestamp } from './shared.ts'

/** Objects whose records are about a person. */
export const personObjects = ['lead', 'contact'] as const
const PersonObject = z.enum(personObjects)

export const consentPurposes = ['sales', 'marketing', 'service', 'analytics', 'sharing'] as const
export const consentChannels = ['any', 'email', 'phone', 'sms', 'whatsapp', 'post'] as const
const ConsentPurpose = z.enum(consentPurposes)
const ConsentChannel = z.enum(consentChannels)
const ConsentState = z.enum(['granted', 'withdrawn'])

export const Consent = z.object({
  id: Id,
  object: PersonObject,
  record_id: Id,
  purpose: ConsentPurpose,
  channel: ConsentChannel,
  state: ConsentState,
  source: z.string(),
  note: z.string().nullable(),
  given_at: Timestamp,
  recorded_by: z.object({ id: Id.nullable(), name: z.string() }),
  recorded_at: Timestamp,
  /** The newest of its purpose and channel: it counts. */
  current: z.boolean(),
})
export type Consent = z.infer<typeof Consent>

const RecordReference = z.strictObject({ object: PersonObject, record_id: Id })

export const NewConsent = z.strictObject({
  ...RecordReference.shape,
  purpose: ConsentPurpose,
  channel: ConsentChannel,
  state: ConsentState,
  source: line(200).describe('Where it was given: a form, a call, a contract'),
  note: optionalLine(2000),
  given_at: z.iso.datetime().optional().describe('Now unless told'),
})
export type NewConsent = z.output<typeof NewConsent>

export const privacyRequestKinds = ['person_export', 'person_erasure', 'organization_export'] as const
export const privacyRequestStates = ['queued', 'running', 'completed', 'failed'] as const

export const PrivacyRequest = z.object({
  id: Id,
  kind: z.enum(privacyRequestKinds),
  object: z.string().nullable(),
  record_ids: z.array(Id),
  reason: z.string(),
  state: z.enum(privacyRequestStates),
  /** Rows dealt with so far. */
  done: z.int(),
  /** Rows exported or erased, by table. */
  result: z.record(z.string(), z.int()),
  /** Why it failed, in words; null otherwise. */
  problem: z.string().nullable(),
  file_bytes: z.int().nullable(),
  /** Until when the file can be fetched; null when there is none (any more). */
  file_expires_at: Timestamp.nullable(),
  requested_by: z.object({ id: Id.nullable(), name: z.string() }),
  created_at: Timestamp,
  completed_at: Timestamp.nullable(),
})
export type PrivacyRequest = z.infer<typeof PrivacyRequest>

export const NewPrivacyRequest = z.strictObject({
  kind: z.enum(['person_export', 'person_erasure']),
  object: PersonObject,
  record_ids: z.array(Id).min(1).max(100).describe('All records about the one person'),
  reason: line(500).describe('Who asked, and when'),
})

export const PersonRecord = z.object({
  object: PersonObject,
  id: Id,
  title: z.string(),
  subtitle: z.string().nullable(),
  created_at: Timestamp,
  deleted_at: Timestamp.nullable(),
})
export type PersonRecord = z.infer<typeof PersonRecord>

export const retentionKinds = [
  'trashed_leads',
  'trashed_contacts',
  'trashed_companies',
  'trashed_deals',
  'trashed_products',
  'trashed_tasks',
  'trashed_records',
  'trashed_notes',
  'trashed_attachments',
  'lost_leads',
  'import_errors',
  'activities',
] as const
export type RetentionKind = (typeof retentionKinds)[number]

export const RetentionRule = z.object({
  kind: z.enum(retentionKinds),
  /** Null: kept until somebody deletes it. */
  days: z.int().min(1).max(3650).nullable(),
  updated_at: Timestamp.nullable(),
  last_run_at: Timestamp.nullable(),
  /** Rows that the last run dealt with. */
  last_count: z.int(),
})
export type RetentionRule = z.infer<typeof RetentionRule>

export const Transfer = z.object({
  id: Id,
  kind: z.enum(['person_export', 'organization_export', 'audit_export', 'other']),
  recipient: z.string(),
  country: z.string().nullable(),
  purpose: z.string(),
  legal_basis: z.string().nullable(),
  categories: z.array(z.string()),
  records: z.int().nullable(),
  request_id: Id.nullable(),
  actor: z.object({ id: Id.nullable(), name: z.string() }),
  occurred_at: Timestamp,
})
export type Transfer = z.infer<typeof Transfer>

export const legalBases = [
  'consent',
  'contract',
  'legal_obligation',
  'legitimate_interest',
  'vital_interest',
  'public_task',
] as const

export const NewTransfer = z.strictObject({
  recipient: line(200),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullish(),
  purpose: line(500),
  legal_basis: z.enum(legalBases).nullish(),
  categories: z.array(line(60)).max(20).optional(),
  records: z.int().min(0).max(1_000_000_000).nullish(),
  occurred_at: z.iso.datetime().optional(),
})

export const privacy = {
  consents: operation({
    method: 'GET',
    path: '/privacy/consents',
    problems: [404],
    summary: 'What a person agreed to or withdrew, newest first',
    query: RecordReference,
    reply: z.object({ items: z.array(Consent), next_cursor: z.null() }),
  }),
  recordConsent: operation({
    method: 'POST',
    path: '/privacy/consents',
    problems: [404],
    summary: 'Record that a person agreed to something or withdrew it',
    body: NewConsent,
    status: 201,
    reply: Consent,
  }),
  findPerson: operation({
    method: 'POST',
    path: '/privacy/persons',
    problems: [404],
    summary: 'All records about one person: those of this record, e-mail address or telephone number',
    body: z
      .strictObject({
        record: z.strictObject({ object: PersonObject, id: Id }).optional(),
        email: Email.optional(),
        phone: line(60).optional(),
      })
      .refine((asked) => asked.record ?? asked.email ?? asked.phone, {
        path: ['record'],
        message: 'give a record, an e-mail address or a telephone number',
      }),
    reply: z.object({ items: z.array(PersonRecord) }),
  }),
  requests: operation({
    method: 'GET',
    path: '/privacy/requests',
    summary: 'Exports and erasures that were asked for, newest first',
    query: PageQuery,
    reply: page(PrivacyRequest),
  }),
  createRequest: operation({
    method: 'POST',
    path: '/privacy/requests',
    problems: [404],
    summary: 'Export all data about one person, or erase the person',
    body: NewPrivacyRequest,
    status: 202,
    reply: PrivacyRequest,
  }),
  request: operation({
    method: 'GET',
    path: '/privacy/requests/{id}',
    summary: 'How far a request has come',
    params: IdParams,
    reply: PrivacyRequest,
  }),
  requestFile: operation({
    method: 'GET',
    path: '/privacy/requests/{id}/file',
    summary: 'The exported data as a zip file: JSON for machines, HTML for people',
    params: IdParams,
    media: 'application/zip',
  }),
  retentionRules: operation({
    method: 'GET',
    path: '/privacy/retention-rules',
    summary: 'After how long what is erased by itself',
    reply: z.object({ items: z.array(RetentionRule), next_cursor: z.null() }),
  }),
  setRetentionRules: operation({
    method: 'PUT',
    path: '/privacy/retention-rules',
    summary: 'Set or, with null, take away retention rules; kinds that are not named stay',
    body: z.strictObject({
      rules: z
        .array(z.strictObject({ kind: z.enum(retentionKinds), days: z.int().min(1).max(3650).nullable() }))
        .min(1)
        .max(retentionKinds.length),
    }),
    reply: z.object({ items: z.array(RetentionRule), next_cursor: z.null() }),
  }),
  transfers: operation({
    method: 'GET',
    path: '/privacy/transfers',
    summary: 'Personal data that left the organization, newest first',
    query: PageQuery,
    reply: page(Transfer),
  }),
  recordTransfer: operation({
    method: 'POST',
    path: '/privacy/transfers',
    summary: 'Record that personal data was handed to somebody',
    body: NewTransfer,
    status: 201,
    reply: Transfer,
  }),
  exportOrganization: operation({
    method: 'POST',
    path: '/organizations/current/export',
    summary: 'Export everything the organization keeps, as a job',
    body: z.strictObject({ reason: line(500) }),
    status: 202,
    reply: PrivacyRequest,
  }),
}
