/** Hands messages to the browsers of people, and forgets browsers that are gone. Never inside a transaction: it calls out. */
import type { PushMessage, PushOutcome } from '@rapport/contracts'
import type { Platform } from '../../platform/platform.ts'
import { dropDevice, notePush, openDevice } from './devices.ts'
import { createKeyStore } from './keys.ts'
import { sendPush } from './send.ts'

export type Push = {
  session_id: string
  user_id: string
  message: PushMessage
  topic?: string
}

export type Pusher = {
  publicKey: () => Promise<string>
  push: (push: Push) => Promise<PushOutcome>
}

type Parts = Pick<Platform, 'tenancy' | 'secrets' | 'guardedFetch' | 'log' | 'environment'>

export function createPusher(parts: Parts): Pusher {
  const { tenancy, environment } = parts
  const keys = createKeyStore(parts)
  const contact = contactOf(environment)
  return {
    publicKey: async () => (await keys.read()).public_key,
    async push({ message, topic, ...device }) {
      const subscription = await tenancy.inSystem((tx) => openDevice(tx, parts, device))
      if (!subscription) return 'gone'
      const envelope = { subscription, message, ...(topic === undefined ? {} : { topic }) }
      const outcome = await sendPush({ ...parts, contact }, await keys.read(), envelope)
      if (outcome === 'sent') await tenancy.inSystem((tx) => notePush(tx, device))
      if (outcome === 'gone') await tenancy.inSystem((tx) => dropDevice(tx, device))
      return outcome
    },
  }
}

/** Push services want to know whom to ask, and take no http: address. */
function contactOf({ publicUrl, mailFrom }: Pick<Parts['environment'], 'publicUrl' | 'mailFrom'>): string {
  if (publicUrl.startsWith('https:')) return publicUrl
  return `mailto:${/[^\s<>]+@[^\s<>]+/.exec(mailFrom)?.[0] ?? 'no-reply@localhost'}`
}
