import { eventTypes, type EventType } from './events.ts'

export const auditCategories = ['business', 'security'] as const
export type AuditCategory = (typeof auditCategories)[number]

export const auditOutcomes = ['success', 'refused'] as const
export type AuditOutcome = (typeof auditOutcomes)[number]

/** Who acts: `id` is the user's, the API key's or, later, the workflow's. */
export const auditActorKinds = ['user', 'api_key', 'system'] as const

/** What is audited without being an event, by object and in the past tense. Every event is audited under its type. */
export const auditOnlyActions = [
  'access.refused',
  'api_key.created',
  'api_key.scopes_changed',
  'api_key.rotated',
  'api_key.revoked',
  'api_key.used_from_new_network',
  'api_key.burst',
  'api_key.scope_denied',
  'api_key.used_after_end',
  'audit.erased',
  'audit.exported',
  'import.uploaded',
  'session.opened',
  'session.refused',
  'session.ended',
  'session.revoked',
  'session.token_reused',
  'user.email_verified',
  'user.password_changed',
  'user.password_reset',
] as const

export type AuditAction = EventType | (typeof auditOnlyActions)[number]
export const auditActions: readonly AuditAction[] = [...eventTypes, ...auditOnlyActions]
