/** What an audit entry is made of, before it is numbered and chained. */
import type { AuditAction, AuditCategory, AuditOutcome } from '@rapport/contracts'
import type { Actor } from '../actor.ts'

/** Fields and their values, spelled and valued as in the API: money as a number in major units. */
export type AuditedValues = Record<string, unknown>

export type AuditEntry = {
  action: AuditAction
  object: string
  record_id?: string | null
  /** The record as a person knows it. */
  record_name?: string | null
  /** Changed fields as they were; absent for what did not exist. */
  before?: AuditedValues | null
  after?: AuditedValues | null
  outcome?: AuditOutcome
  category?: AuditCategory
  /** Of an erasure: the numbers of the entries that it blanked. */
  erases?: { content: number[]; actor: number[] }
}

/** Who an entry names; every Actor is one, and so is a person who is no member of the organization. */
export type AuditActor = Pick<Actor, 'kind' | 'user_id' | 'api_key_id' | 'name' | 'origin'>

/** As append_audit() takes it. */
export type PendingEntry = Required<Omit<AuditEntry, 'erases'>> & Pick<AuditEntry, 'erases'>

/** What concerns who may do what, rather than the business itself. */
const securityObjects = new Set([
  'access',
  'api_key',
  'audit',
  'feature',
  'identity',
  'invitation',
  'member',
  'passkey',
  'privacy_request',
  'retention',
  'role',
  'secret',
  'session',
  'team',
  'two_factor',
  'user',
])

/** Never to be read back from a log, whoever puts it there. */
const secretFields =
  /^(?:.*_)?(?:password|password_hash|secret|token|access_token|refresh_token|private_key)$/
const masked = '•••'

export function newEntry(entry: AuditEntry): PendingEntry {
  return {
    category: securityObjects.has(entry.object) ? 'security' : 'business',
    outcome: 'success',
    record_id: null,
    record_name: null,
    ...entry,
    before: withoutSecrets(entry.before),
    after: withoutSecrets(entry.after),
  }
}

function withoutSecrets(values: AuditedValues | null | undefined): AuditedValues | null {
  if (!values) return null
  const told = Object.entries(values).filter(([, value]) => value !== undefined)
  if (told.length === 0) return null
  return Object.fromEntries(told.map(([name, value]) => [name, secretFields.test(name) ? masked : value]))
}

export const actorJson = ({ kind, user_id, api_key_id, name, origin }: AuditActor): string =>
  JSON.stringify({ kind, id: kind === 'api_key' ? api_key_id : user_id, name, ...origin })
