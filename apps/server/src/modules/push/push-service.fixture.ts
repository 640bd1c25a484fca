/**
 * A push service as browsers have one, on this machine: it takes what is sent to its subscribers, checks who signed it
 * (RFC 8292), and opens it with the subscriber's keys (RFC 8291), as a browser would.
 */
import { createECDH, createPublicKey, randomBytes, verify, type ECDH } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { PushMessage, PushSubscription } from '@rapport/contracts'
import { decrypt } from 'http_ece'
import type { GuardedFetchSettings } from '../../platform/guarded-fetch/index.ts'
import { certificate, startPeer } from '../../platform/guarded-fetch/tls-peer.fixture.ts'

export type Received = {
  message: PushMessage
  headers: IncomingMessage['headers']
  /** The claims of a valid signature. */
  claims: { aud: string; exp: number; sub: string }
}

type Subscriber = { keys: ECDH; auth: Buffer; server_key: string; received: Received[] }

export type PushService = Awaited<ReturnType<typeof startPushService>>

/** @param port one of those that are called. */
export async function startPushService(port: number) {
  const subscribers = new Map<string, Subscriber>()
  let refuses: number | null = null
  const origin = `https://hooks.test:${port}`
  const peer = await startPeer(
    (request, reply) => {
      void take(request).then((status) => reply.writeHead(status).end())
    },
    '127.0.0.1',
    port,
  )

  async function take(request: IncomingMessage): Promise<number> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const subscriber = subscribers.get(request.url ?? '')
    if (!subscriber) return 410
    if (refuses !== null) return refuses
    const claims = readSignature(request.headers.authorization ?? '', subscriber.server_key)
    if (claims?.aud !== origin || request.headers['content-encoding'] !== 'aes128gcm') return 403
    const { keys, auth, received } = subscriber
    const text = decrypt(Buffer.concat(chunks), {
      version: 'aes128gcm',
      privateKey: keys,
      authSecret: auth.toString('base64url'),
    })
    received.push({
      message: JSON.parse(text.toString('utf8')) as PushMessage,
      headers: request.headers,
      claims,
    })
    return 201
  }

  return {
    /** What a browser does when somebody switches pushes on. */
    subscribe(server_key: string): { subscription: PushSubscription; received: Received[]; end: () => void } {
      const keys = createECDH('prime256v1')
      keys.generateKeys()
      const auth = randomBytes(16)
      const path = `/push/${randomBytes(16).toString('base64url')}`
      const received: Received[] = []
      subscribers.set(path, { keys, auth, server_key, received })
      const encoded = { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') }
      return {
        subscription: { endpoint: `${origin}${path}`, keys: encoded },
        received,
        end: () => void subscribers.delete(path),
      }
    },
    /** Answers everything with this status, or no more. */
    refuse: (status: number | null) => void (refuses = status),
    requests: () => peer.requests,
    close: () => peer.close(),
  }
}

/** Null unless the token is signed with the key that the browser subscribed with, which it names itself. */
function readSignature(authorization: string, server_key: string): Received['claims'] | null {
  const [, token = '', key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  if (key !== server_key) return null
  const point = Buffer.from(server_key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = Buffer.from(`${head}.${claims}`)
  const options = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  if (!verify('sha256', signed, options, Buffer.from(signature, 'base64url'))) return null
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Received['claims']
}

/** With these, `hooks.test` is this machine and counts as public. */
export const towardPushService: Omit<GuardedFetchSettings, 'ports'> = {
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  accepts: (address) => address === '127.0.0.1',
  ca: certificate,
}
