/**
 * One push to one browser: sealed with the browser's keys, so that the push service in between reads nothing, signed
 * with ours, and sent through the guarded way out, because the address came from outside.
 */
import type { PushMessage, PushOutcome, PushSubscription } from '@rapport/contracts'
import type { Logger } from 'pino'
import webPush from 'web-push'
import { OutgoingError, type GuardedFetch } from '../../platform/guarded-fetch/index.ts'
import type { PushKeys } from './keys.ts'

/** How long the push service keeps it for a browser that cannot be reached: a night would be too late to be told. */
const kept_s = 4 * 3600
const longestAnswer_bytes = 65_536
/** Answers, and ways not to get one, that may be other ones in a moment. */
const passing = new Set(['unreachable', 'timed_out', 'name_unknown'])

type Parts = {
  guardedFetch: GuardedFetch
  log: Pick<Logger, 'warn'>
  /** Whom a push service may ask: an https: or mailto: address. */
  contact: string
}

export type Envelope = {
  subscription: PushSubscription
  message: PushMessage
  /** One that still waits at the push service under the same name is replaced; 32 letters at most. */
  topic?: string
}

export async function sendPush(
  { guardedFetch, log, contact }: Parts,
  keys: PushKeys,
  { subscription, message, topic }: Envelope,
): Promise<PushOutcome> {
  try {
    const { endpoint, headers, body } = webPush.generateRequestDetails(
      subscription,
      JSON.stringify(message),
      {
        vapidDetails: { subject: contact, publicKey: keys.public_key, privateKey: keys.private_key },
        TTL: kept_s,
        contentEncoding: 'aes128gcm',
        urgency: 'high',
        ...(topic === undefined ? {} : { topic }),
      },
    )
    const { status } = await guardedFetch(endpoint, {
      method: 'POST',
      headers: withoutLength(headers),
      body,
      max_bytes: longestAnswer_bytes,
    })
    if (status < 300) return 'sent'
    if (status === 404 || status === 410) return 'gone'
    const outcome = status === 429 || status >= 500 ? 'later' : 'refused'
    log.warn({ status, service: new URL(endpoint).host, outcome }, 'a push was not taken')
    return outcome
  } catch (error) {
    const outcome = error instanceof OutgoingError && passing.has(error.code) ? 'later' : 'refused'
    log.warn({ err: error, outcome }, 'a push could not be sent')
    return outcome
  }
}

/** The connection counts for itself. */
const withoutLength = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.toLowerCase() === 'content-length' ? [] : [[name, String(value)]],
    ),
  )

/** Whether the keys of a subscription are such that anything can be sealed with them. */
export function canBeSealed({ keys }: PushSubscription): boolean {
  try {
    webPush.encrypt(keys.p256dh, keys.auth, Buffer.from('?'), 'aes128gcm')
    return true
  } catch {
    return false
  }
}
