/** Notifications that reach a browser whose window is closed: Web Push (RFC 8030), one browser for each log-in. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Id, IdParams, Timestamp } from './shared.ts'

/** `bytes` in base64url, without padding or with it. */
const encoded = (bytes: number) =>
  z
    .string()
    .regex(/^[\w-]+={0,2}$/, 'must be base64url')
    .refine(
      (text) => Math.floor((text.replace(/=+$/, '').length * 3) / 4) === bytes,
      `must hold ${bytes} bytes`,
    )

/** As `PushSubscription.toJSON()` of a browser gives it. */
export const PushSubscription = z.object({
  endpoint: z.url({ protocol: /^https$/ }).max(2000),
  keys: z.object({ p256dh: encoded(65), auth: encoded(16) }),
})
export type PushSubscription = z.infer<typeof PushSubscription>

export const PushDevice = z.object({
  /** That of the log-in to which it belongs and with which it ends. */
  id: Id,
  /** Whether this very request belongs to that log-in. */
  current: z.boolean(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  created_at: Timestamp,
  /** When something was handed over for it last. */
  pushed_at: Timestamp.nullable(),
})
export type PushDevice = z.infer<typeof PushDevice>

/** What becomes of a push: taken by the browser’s push service, to a browser that is gone, not now, or not at all. */
export const pushOutcomes = ['sent', 'gone', 'later', 'refused'] as const
export type PushOutcome = (typeof pushOutcomes)[number]

/** What is sent, sealed for the browser alone. */
export const PushMessage = z.object({
  title: z.string(),
  body: z.string(),
  /** A later one with the same takes the place of the former. */
  tag: z.string(),
  /** A path of the web app. */
  open: z.string(),
  lang: z.string(),
})
export type PushMessage = z.infer<typeof PushMessage>

export const push = {
  devices: operation({
    method: 'GET',
    path: '/users/me/push-devices',
    summary: 'The browsers that you have notifications pushed to, and the key that a browser subscribes with',
    reply: z.object({
      items: z.array(PushDevice),
      next_cursor: z.null(),
      /** The log-in that asks: the id that its browser has, or would have. */
      session_id: Id,
      /** For `applicationServerKey`. */
      public_key: z.string(),
    }),
  }),
  register: operation({
    method: 'PUT',
    path: '/users/me/push-devices',
    summary: 'Have notifications pushed to this browser, for as long as this log-in lasts',
    body: PushSubscription,
    reply: PushDevice,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/users/me/push-devices/{id}',
    summary: 'Push nothing to one of your browsers any more',
    params: IdParams,
    problems: [404],
    status: 204,
  }),
  test: operation({
    method: 'POST',
    path: '/users/me/push-devices/{id}/test',
    summary: 'Push an example to one of your browsers',
    params: IdParams,
    problems: [404],
    reply: z.object({ outcome: z.enum(pushOutcomes) }),
  }),
}
