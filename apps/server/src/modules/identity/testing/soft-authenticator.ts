/** A passkey in software: real keys and real signatures, in the formats of WebAuthn level 3. For tests. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import type { PasskeyAssertion, PasskeyAttestation } from '@rapport/contracts'
import { isoCBOR } from '@simplewebauthn/server/helpers'

type Options = Record<string, unknown>
type Key = { id: Buffer; user_handle: string; privateKey: KeyObject; counter: number }
type Behaviour = {
  /** Where the browser is. */
  origin?: string
  /** Whether the person was asked for a fingerprint or a PIN. */
  verified?: boolean
}

const flags = { present: 0x01, verified: 0x04, attested: 0x40 }
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const base64url = (data: Buffer | Uint8Array) => Buffer.from(data).toString('base64url')

export function createAuthenticator(home = 'http://localhost:3000') {
  const keys: Key[] = []

  function signedBy(type: string, challenge: unknown, origin: string) {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  function authData(key: Key, rpID: string, verified: boolean, attested = Buffer.alloc(0)): Buffer {
    const bits = flags.present | (verified ? flags.verified : 0) | (attested.length > 0 ? flags.attested : 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(key.counter)
    return Buffer.concat([sha256(rpID), Buffer.from([bits]), counter, attested])
  }

  return {
    /** Copies all keys as they are now, as somebody who has stolen them would. */
    clone() {
      const copy = createAuthenticator(home)
      copy.adopt(keys.map((key) => ({ ...key })))
      return copy
    },
    adopt: (others: Key[]) => void keys.push(...others),

    /** navigator.credentials.create() */
    make(options: Options, { origin = home, verified = true }: Behaviour = {}): PasskeyAttestation {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const user = options['user'] as { id: string }
      const rp = options['rp'] as { id: string }
      const key: Key = { id: randomBytes(32), user_handle: user.id, privateKey, counter: 0 }
      keys.push(key)
      const cose = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
          [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
        ]),
      )
      const length = Buffer.alloc(2)
      length.writeUInt16BE(key.id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, key.id, Buffer.from(cose)])
      const attestation = isoCBOR.encode(
        new Map<string, string | Uint8Array | Map<string, string>>([
          ['fmt', 'none'],
          ['attStmt', new Map<string, string>()],
          ['authData', new Uint8Array(authData(key, rp.id, verified, attested))],
        ]),
      )
      return {
        ...credentialOf(key),
        response: {
          clientDataJSON: base64url(signedBy('webauthn.create', options['challenge'], origin)),
          attestationObject: base64url(attestation),
          transports: ['internal'],
        },
      }
    },

    /** navigator.credentials.get(), with the key that was made last. */
    use(options: Options, { origin = home, verified = true }: Behaviour = {}): PasskeyAssertion {
      const key = keys.at(-1)
      if (!key) throw new Error('This authenticator has no key.')
      key.counter += 1
      const clientData = signedBy('webauthn.get', options['challenge'], origin)
      const data = authData(key, String(options['rpId']), verified)
      const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), key.privateKey)
      return {
        ...credentialOf(key),
        response: {
          clientDataJSON: base64url(clientData),
          authenticatorData: base64url(data),
          signature: base64url(signature),
          userHandle: key.user_handle,
        },
      }
    },
  }
}

const credentialOf = ({ id }: Key) => ({
  id: base64url(id),
  rawId: base64url(id),
  type: 'public-key' as const,
  clientExtensionResults: {},
})
