import { z } from 'zod'
import { eventTypes, type EventType } from './events.ts'
import { ListQuery } from './lists.ts'
import { operation } from './operation.ts'
import { Id, page, Timestamp } from './shared.ts'

export const auditCategories = ['business', 'security'] as const
export type AuditCategory = (typeof auditCategories)[number]

export const auditOutcomes = ['success', 'refused'] as const
export type AuditOutcome = (typeof auditOutcomes)[number]

/** Who acts: `id` is the user's, the API key's or, later, the workflow's. */
export const auditActorKinds = ['user', 'api_key', 'system'] as const

/** What is audited without being an event, by object and in the past tense. Every event is audited under its type. */
export const auditOnlyActions = [
  'access.refused',
  'api_key.burst',
  'api_key.created',
  'api_key.revoked',
  'api_key.rotated',
  'api_key.scope_denied',
  'api_key.scopes_changed',
  'api_key.used_after_end',
  'api_key.used_from_new_network',
  'audit.erased',
  'audit.exported',
  'chat.channel_exported',
  'export.fetched',
  'identity.linked',
  'identity.unlinked',
  'import.uploaded',
  'organization.two_factor_changed',
  'passkey.added',
  'passkey.removed',
  'session.ended',
  'session.opened',
  'session.push_disabled',
  'session.push_enabled',
  'session.refused',
  'session.revoked',
  'session.switched',
  'session.token_reused',
  'two_factor.code_used',
  'two_factor.codes_renewed',
  'two_factor.disabled',
  'two_factor.enabled',
  'user.deleted',
  'user.email_verified',
  'user.password_changed',
  'user.password_reset',
  'user.updated',
] as const

export type AuditAction = EventType | (typeof auditOnlyActions)[number]
export const auditActions: readonly AuditAction[] = [...new Set([...eventTypes, ...auditOnlyActions])]

/** What an action is done to: `lead` of `lead.updated`. Entries may name a further object, as an activity its lead. */
export type AuditObject = AuditAction extends infer Action
  ? Action extends `${infer Name}.${string}`
    ? Name
    : never
  : never
export const auditObjects: readonly AuditObject[] = [
  ...new Set(auditActions.map((action) => action.split('.')[0] as AuditObject)),
]

const Values = z.record(z.string(), z.unknown()).nullable()

export const AuditEntry = z.object({
  /** Without a gap within an organization; an entry's only name. */
  seq: z.int(),
  occurred_at: Timestamp,
  category: z.enum(auditCategories),
  action: z.string(),
  outcome: z.enum(auditOutcomes),
  object: z.string(),
  record_id: Id.nullable(),
  record_name: z.string().nullable(),
  before: Values,
  after: Values,
  /** Name and values were erased on request of the person whom they told of. */
  erased: z.boolean(),
  /** `name` is null when it was erased. */
  actor: z.object({ kind: z.enum(auditActorKinds), id: Id.nullable(), name: z.string().nullable() }),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  request_id: z.string().nullable(),
  /** Of the chain, as `npm run audit:verify` recomputes it. */
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** `a,b` → ['a', 'b'] */
const listOf = (form: RegExp, what: string) =>
  z
    .string()
    .max(2000)
    .transform((text) => text.split(','))
    .pipe(
      z
        .array(z.string().regex(form, `must be ${what}`))
        .min(1)
        .max(50),
    )

const words = listOf(/^[a-z_]{1,40}(?:\.[a-z_]{1,40})?$/, 'words such as lead or lead.updated')
const ids = listOf(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'ids')

const AuditFilters = z.strictObject({
  action: words.optional().describe('One or more, with commas: lead.updated,lead.deleted'),
  object: words.optional().describe('One or more, with commas: lead,pipeline'),
  record_id: Id.optional(),
  actor_id: ids.optional().describe('Users, API keys; one or more, with commas'),
  category: z.enum(auditCategories).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  from: Timestamp.optional().describe('At this time or later'),
  to: Timestamp.optional().describe('Before this time'),
  filter: ListQuery.shape.filter,
})
export type AuditFilters = z.output<typeof AuditFilters>

export const AuditQuery = AuditFilters.extend({
  limit: ListQuery.shape.limit,
  cursor: ListQuery.shape.cursor,
})

export const audit = {
  list: operation({
    method: 'GET',
    path: '/organizations/current/audit-log',
    summary: 'What was changed or refused, by whom and from where; the newest first',
    query: AuditQuery,
    reply: page(AuditEntry),
  }),
  export: operation({
    method: 'GET',
    path: '/organizations/current/audit-log/export',
    summary: 'The entries that fit the filters as a file: CSV, or a JSON list',
    query: AuditFilters.extend({ format: z.enum(['csv', 'json']).default('csv') }),
    media: 'text/csv',
  }),
}
