/** What people are told of, by which ways, and how they choose. */
import { z } from 'zod'
import { RecordRef } from './notes.ts'
import { operation } from './operation.ts'
import { Id, optionalTime, Timestamp } from './shared.ts'

/** By which ways a notification reaches somebody: the list in the app, a message that pops up, a push, the digest. */
export const notificationChannels = ['app', 'toast', 'push', 'email'] as const
export type NotificationChannel = (typeof notificationChannels)[number]

export const notificationTopics = ['talk', 'work', 'records', 'results', 'account'] as const
export type NotificationTopic = (typeof notificationTopics)[number]

type Described = {
  topic: NotificationTopic
  /** By which ways it comes to whoever has chosen nothing. */
  by: readonly NotificationChannel[]
  /** Told at every hour, also to whoever does not want to be disturbed. */
  urgent?: true
}

/** Everything that Rapport tells of, once. */
export const notificationCatalogue = {
  mentioned_in_note: { topic: 'talk', by: ['app', 'toast', 'push', 'email'] },
  mentioned_in_chat: { topic: 'talk', by: ['app', 'toast', 'push', 'email'] },
  chat_message: { topic: 'talk', by: ['app', 'toast', 'push'] },
  chat_reminder: { topic: 'talk', by: ['app', 'toast', 'push'] },
  record_assigned: { topic: 'work', by: ['app', 'toast', 'push', 'email'] },
  task_assigned: { topic: 'work', by: ['app', 'toast', 'push', 'email'] },
  follow_up_due: { topic: 'work', by: ['app', 'toast', 'push', 'email'] },
  task_due: { topic: 'work', by: ['app', 'toast', 'push', 'email'] },
  stage_changed: { topic: 'records', by: ['app'] },
  record_won: { topic: 'records', by: ['app', 'toast', 'push', 'email'] },
  record_lost: { topic: 'records', by: ['app', 'email'] },
  import_ended: { topic: 'results', by: ['app'] },
  export_ended: { topic: 'results', by: ['app'] },
  scan_ended: { topic: 'results', by: ['app'] },
  change_failed: { topic: 'results', by: ['app'] },
  // Mails of these are sent at once, by the settings of the account.
  account_secured: { topic: 'account', by: ['app', 'push'], urgent: true },
  member_joined: { topic: 'account', by: ['app'] },
} as const satisfies Record<string, Described>

export type NotificationType = keyof typeof notificationCatalogue
export const notificationTypes = Object.keys(notificationCatalogue) as [
  NotificationType,
  ...NotificationType[],
]

export const describeNotification = (type: NotificationType): Described => notificationCatalogue[type]

/** What is about the reader alone, and so asks for an answer. */
export const mentionTypes: readonly NotificationType[] = ['mentioned_in_note', 'mentioned_in_chat']

/** What happened to an account, as told by `account_secured`. */
export const accountNews = [
  'new_log_in',
  'password_changed',
  'session_ended',
  'second_factor_changed',
  'way_in_changed',
  'api_key_made',
] as const
export type AccountNews = (typeof accountNews)[number]

const Told = z.object({ id: Id.nullable(), name: z.string() })

export const Notification = z.object({
  id: Id,
  type: z.enum(notificationTypes),
  /** Whoever did it; null for what happens by itself. */
  actor: Told.nullable(),
  /** What there is to know beside the type: a number of records, how an import ended, the stage, the time. */
  data: z.record(z.string(), z.unknown()),
  created_at: Timestamp,
  read_at: Timestamp.nullable(),
})
export type Notification = z.infer<typeof Notification>

/** All that was told of one record or channel. */
export const NotificationGroup = z.object({
  /** What it is about: a kind of record, `chat_channel`, `import`, `job`, `account`, `api_key`, `member`. */
  object: z.string(),
  /** Null for several records at once. */
  record_id: Id.nullable(),
  /** As it is called now; null for what has no name. */
  title: z.string().nullable(),
  count: z.int(),
  unread: z.int(),
  /** The newest, at most three. */
  latest: z.array(Notification).min(1),
})
export type NotificationGroup = z.infer<typeof NotificationGroup>

export const NotificationPage = z.object({
  items: z.array(NotificationGroup),
  next_cursor: z.string().nullable(),
  /** Of all, up to 100. */
  unread: z.int(),
})
export type NotificationPage = z.infer<typeof NotificationPage>

const Choice = z.record(z.enum(notificationChannels), z.boolean())
/** `HH:MM`, by the clock of the person. */
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time as 08:30')

export const digests = ['off', 'hourly', 'daily'] as const
export type Digest = (typeof digests)[number]

export const NotificationSettings = z.object({
  /** Every type, with the ways by which it comes. */
  channels: z.record(z.enum(notificationTypes), Choice),
  sound: z.boolean(),
  /** Neither messages nor sounds nor pushes between these times. */
  quiet_hours: z.object({ from: Clock, to: Clock }).nullable(),
  /** Do not disturb until then. */
  paused_until: Timestamp.nullable(),
  digest: z.enum(digests),
  /** At which time a daily digest is sent. */
  digest_at: Clock,
})
export type NotificationSettings = z.infer<typeof NotificationSettings>

const NotificationQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: z.string().optional(),
  show: z.enum(['all', 'unread', 'mentions']).default('all'),
})
export type NotificationQuery = z.infer<typeof NotificationQuery>

const Reading = z
  .strictObject({
    ids: z.array(Id).min(1).max(200).optional(),
    group: z.strictObject({ object: z.string().max(60), record_id: Id.nullable() }).optional(),
    all: z.literal(true).optional(),
    read: z.boolean().default(true),
  })
  .refine(({ ids, group, all }) => [ids, group, all].filter((one) => one !== undefined).length === 1, {
    message: 'names ids, a group, or all',
  })
export type Reading = z.infer<typeof Reading>

/** Why somebody is told of a record: it is theirs, they had a part in it, or they asked for it. */
export const followReasons = ['owner', 'took_part', 'chosen'] as const
export const Following = z.object({ following: z.boolean(), reason: z.enum(followReasons).nullable() })
export type Following = z.infer<typeof Following>

const Unread = z.object({ unread: z.int() })

export const notifications = {
  list: operation({
    method: 'GET',
    path: '/notifications',
    summary: 'What you were told, by what it is about, the newest first',
    query: NotificationQuery,
    reply: NotificationPage,
  }),
  read: operation({
    method: 'PUT',
    path: '/notifications/read',
    summary: 'Mark notifications as read, or as unread again: some, all of a record or channel, or all',
    body: Reading,
    reply: Unread,
  }),
  settings: operation({
    method: 'GET',
    path: '/notifications/settings',
    summary: 'What you want to be told of, and how',
    reply: NotificationSettings,
  }),
  updateSettings: operation({
    method: 'PATCH',
    path: '/notifications/settings',
    summary:
      'Choose what you want to be told of, and how; types and ways that are not named stay as they are',
    body: z.strictObject({
      channels: z
        .partialRecord(z.enum(notificationTypes), z.partialRecord(z.enum(notificationChannels), z.boolean()))
        .optional(),
      sound: z.boolean().optional(),
      quiet_hours: z.strictObject({ from: Clock, to: Clock }).nullable().optional(),
      paused_until: optionalTime,
      digest: z.enum(digests).optional(),
      digest_at: Clock.optional(),
    }),
    reply: NotificationSettings,
  }),
  unsubscribe: operation({
    method: 'POST',
    path: '/notifications/unsubscribe',
    summary: 'No more digests by mail, with the token from one; needs no log-in',
    body: z.strictObject({ token: z.string().min(1).max(200) }),
    status: 204,
  }),
  following: operation({
    method: 'GET',
    path: '/crm/following',
    problems: [404],
    summary: 'Whether you are told of what happens to a record',
    query: RecordRef,
    reply: Following,
  }),
  follow: operation({
    method: 'PUT',
    path: '/crm/following',
    problems: [404],
    summary: 'Follow a record, or follow it no more',
    body: z.strictObject({ record: RecordRef, following: z.boolean() }),
    reply: Following,
  }),
}
