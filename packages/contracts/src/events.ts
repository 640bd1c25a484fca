import { z } from 'zod'
import type { Permission } from './permissions.ts'
import { Id, Timestamp } from './shared.ts'

export const eventTypes = [
  'lead.created',
  'lead.updated',
  'lead.stage_changed',
  'lead.deleted',
  'lead.restored',
  'lead.erased',
  'lead.contact_linked',
  'lead.contact_unlinked',
  'lead.converted',
  'lead.conversion_undone',
  'contact.created',
  'contact.updated',
  'contact.deleted',
  'contact.restored',
  'contact.erased',
  'company.created',
  'company.updated',
  'company.deleted',
  'company.restored',
  'company.erased',
  'deal.created',
  'deal.updated',
  'deal.stage_changed',
  'deal.deleted',
  'deal.restored',
  'deal.contact_linked',
  'deal.contact_unlinked',
  'product.created',
  'product.updated',
  'product.deleted',
  'product.restored',
  'task.created',
  'task.updated',
  'task.deleted',
  'task.restored',
  'task.due',
  'activity.logged',
  'follow_up.created',
  'follow_up.updated',
  'follow_up.due',
  'note.created',
  'note.updated',
  'note.deleted',
  'note.restored',
  'note.mentioned',
  'pipeline.created',
  'pipeline.updated',
  'pipeline.deleted',
  'view.created',
  'view.updated',
  'view.deleted',
  'goal.created',
  'goal.updated',
  'goal.deleted',
  'tag.created',
  'tag.updated',
  'tag.merged',
  'tag.deleted',
  'custom_field.created',
  'custom_field.updated',
  'custom_field.deleted',
  'custom_object.created',
  'custom_object.updated',
  'custom_object.deleted',
  'record.created',
  'record.updated',
  'record.deleted',
  'record.restored',
  'import.progressed',
  'job.progressed',
  'member.joined',
  'member.updated',
  'member.removed',
  'invitation.created',
  'invitation.updated',
  'invitation.ended',
  'role.created',
  'role.updated',
  'role.deleted',
  'team.created',
  'team.updated',
  'team.deleted',
  'consent.recorded',
  'privacy_request.created',
  'privacy_request.progressed',
  'privacy_request.completed',
  'retention.changed',
  'data_transfer.recorded',
  'organization.updated',
  'organization.features_switched',
  'organization.cadence_changed',
  'organization.lost_reasons_changed',
] as const
export type EventType = (typeof eventTypes)[number]

/** What a socket receives under the name `event`; `seq` grows by one within an organization. */
export const RapportEvent = z.object({
  seq: z.int(),
  id: Id,
  type: z.enum(eventTypes),
  organization_id: Id,
  occurred_at: Timestamp,
  actor: z.object({ id: Id.nullable(), name: z.string() }),
  record: z.object({ object: z.string(), id: Id, version: z.int().nullable() }),
  data: z.record(z.string(), z.unknown()),
})
export type RapportEvent = z.infer<typeof RapportEvent>

/**
 * Who may hear of events on records of an object: holders of the permission as far as it reaches, every member, or
 * only the record's owner. Records of an object that an organization made are heard of by who may read them; any other
 * object that is not named here, by nobody.
 */
export const recordReaders: ReadonlyMap<string, Permission | 'member' | 'owner'> = new Map([
  ['lead', 'leads:read'],
  ['contact', 'contacts:read'],
  ['company', 'companies:read'],
  ['deal', 'deals:read'],
  ['product', 'products:read'],
  ['task', 'tasks:read'],
  ['import', 'leads:read'],
  ['job', 'owner'],
  // Whoever is mentioned hears of it; all else of a note is told of its record.
  ['note', 'owner'],
  ['pipeline', 'pipelines:read'],
  ['view', 'views:read'],
  ['goal', 'goals:read'],
  ['tag', 'tags:read'],
  ['custom_field', 'custom_fields:read'],
  ['custom_object', 'custom_objects:read'],
  ['member', 'member'],
  ['invitation', 'members:manage'],
  ['role', 'member'],
  ['team', 'member'],
  ['privacy_request', 'privacy:manage'],
  ['data_transfer', 'privacy:manage'],
  ['organization', 'member'],
])

/** Who may hear of events on records of an object that an organization made, if the object is one that they see. */
export const ownRecordReader: Permission = 'custom_records:read'

/**
 * Objects whose events may change what members may do or see: whoever remembers permissions forgets them when
 * such an event commits.
 */
export const accessObjects: ReadonlySet<string> = new Set([
  'role',
  'team',
  'member',
  'organization',
  'custom_field',
  'custom_object',
])
