/**
 * Objects that an organization makes for itself, as vehicles or contracts. Their records work like those of every
 * other kind; beside a name, an owner and tags they have the custom fields that were made for the object. Everywhere
 * else the object goes by its key: in fields, views, tags, events, search and the rules of roles.
 */
import { z } from 'zod'
import { Color } from './colors.ts'
import { CustomKey } from './custom-fields.ts'
import { Custom } from './custom-values.ts'
import { operation } from './operation.ts'
import { recordReaders } from './events.ts'
import { permissionCatalogue } from './permissions.ts'
import { recordOperations } from './records.ts'
import { Id, line, Timestamp, Version } from './shared.ts'
import { RecordTag, TagChange, TagList } from './tags.ts'

export const maxCustomObjects = 50

const words = [
  'record',
  'custom',
  'custom_object',
  'custom_record',
  'object',
  'field',
  'note',
  'task',
  'follow_up',
  'activity',
  'attachment',
  'file',
  'template',
  'user',
  'message',
  'conversation',
  'channel',
  'chat',
  'call',
  'email',
  'notification',
  'presence',
  'workflow',
  'stage',
  'quote',
  'line_item',
  'campaign',
  'form',
  'report',
  'dashboard',
  'goal',
  'webhook',
  'search',
  'board',
  'trash',
  'undo',
]
const plural = (word: string) => (word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`)

/** Words that Rapport itself uses, or may come to use, for what it keeps. */
export const reservedKeys: ReadonlySet<string> = new Set([
  ...Object.keys(permissionCatalogue),
  ...[...recordReaders.keys(), ...words].flatMap((word) => [word, plural(word)]),
])

export const CustomObject = z.object({
  id: Id,
  /** Its word everywhere; it never changes. */
  key: CustomKey,
  /** What one of its records is called, and what many are. */
  label: z.string(),
  label_many: z.string(),
  /** The name of an icon that screens know. */
  icon: z.string().nullable(),
  color: Color.nullable(),
  description: z.string().nullable(),
  position: z.int(),
  /** The roles that see it, built-in names or ids; null for all whose permissions allow it. */
  roles: z.array(z.string()).nullable(),
  /** A retired object is not shown, and its records cannot be reached; they are kept. */
  retired: z.boolean(),
  version: z.int(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type CustomObject = z.infer<typeof CustomObject>

const Icon = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'must be the name of an icon, as car-front')

const traits = {
  icon: Icon.nullish(),
  color: Color.nullish(),
  description: line(500).nullish(),
  roles: z
    .array(z.string().max(60))
    .min(1)
    .max(100)
    .nullish()
    .describe(
      'Roles that see it, built-in names or ids; null for all. Whoever manages objects always sees it',
    ),
}

export const NewCustomObject = z.strictObject({
  key: CustomKey,
  label: line(120),
  label_many: line(120),
  ...traits,
})
export type NewCustomObject = z.output<typeof NewCustomObject>

export const CustomObjectChange = z.strictObject({
  label: line(120).optional(),
  label_many: line(120).optional(),
  ...traits,
  position: z.int().min(0).optional().describe('0-based place among the objects'),
  retired: z.boolean().optional().describe('Takes it out of use, or brings it back; its records are kept'),
  version: Version,
})
export type CustomObjectChange = z.output<typeof CustomObjectChange>

const KeyParams = z.strictObject({ key: CustomKey })

export const customObjects = {
  list: operation({
    method: 'GET',
    path: '/crm/custom-objects',
    summary:
      'The objects that the caller sees, in their order; whoever manages them sees the retired ones, too',
    reply: z.object({ items: z.array(CustomObject), next_cursor: z.null() }),
  }),
  create: operation({
    method: 'POST',
    path: '/crm/custom-objects',
    summary: 'Make an object; its records work at once',
    body: NewCustomObject,
    status: 201,
    reply: CustomObject,
  }),
  get: operation({
    method: 'GET',
    path: '/crm/custom-objects/{key}',
    summary: 'One object',
    params: KeyParams,
    reply: CustomObject,
  }),
  update: operation({
    method: 'PATCH',
    path: '/crm/custom-objects/{key}',
    summary: 'Rename, reorder or retire an object, or say which roles see it',
    params: KeyParams,
    body: CustomObjectChange,
    reply: CustomObject,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/crm/custom-objects/{key}',
    summary: 'Delete an object that has no record, with its fields and views; retire it otherwise',
    params: KeyParams,
    status: 204,
  }),
}

const fields = { owner_id: Id.nullish(), custom: Custom.optional() }

export const NewCustomRecord = z.strictObject({ name: line(200), ...fields, tags: TagList.optional() })
export const CustomRecordChange = z.strictObject({
  name: line(200).optional(),
  ...fields,
  tags: TagChange.optional(),
  version: Version.optional(),
})

export const CustomRecord = z.object({
  id: Id,
  /** The key of the object. */
  object: CustomKey,
  name: z.string(),
  owner_id: Id.nullable(),
  tags: z.array(RecordTag),
  custom: z.record(z.string(), z.unknown()),
  version: z.int(),
  created_by: Id.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  deleted_at: Timestamp.nullable(),
  can: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type CustomRecord = z.infer<typeof CustomRecord>

const ofObject = { params: z.strictObject({ object: CustomKey }), problems: [404] as const }
const ofRecord = { params: z.strictObject({ object: CustomKey, id: Id }) }

const all = recordOperations({
  path: 'custom-objects/{object}/records',
  one: 'record of a custom object',
  many: 'records of a custom object',
  Record: CustomRecord,
  New: NewCustomRecord,
  Change: CustomRecordChange,
})

/** The same operations as of every other kind, below the key of the object. */
export const customRecords = {
  list: { ...all.list, ...ofObject },
  create: { ...all.create, ...ofObject },
  totals: { ...all.totals, ...ofObject },
  groups: { ...all.groups, ...ofObject },
  get: { ...all.get, ...ofRecord },
  update: { ...all.update, ...ofRecord },
  remove: { ...all.remove, ...ofRecord },
  restore: { ...all.restore, ...ofRecord },
  assign: { ...all.assign, ...ofRecord },
  bulk: { ...all.bulk, ...ofObject },
  duplicates: { ...all.duplicates, ...ofRecord },
  likeness: { ...all.likeness, ...ofObject },
  merge: { ...all.merge, ...ofObject },
  timeline: { ...all.timeline, ...ofRecord },
  activities: { ...all.activities, ...ofRecord },
  logActivity: { ...all.logActivity, ...ofRecord },
}
