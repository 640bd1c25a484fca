/**
 * Encryption at rest of secrets that the server must be able to read again: AES-256-GCM with a random IV. What a
 * value is for and which row it belongs to are authenticated with it, so a value copied into another row, column
 * or organization does not open. The stored text names its key, which lets several keys open while one seals.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { placeText, type SealedPlace } from './sealed-column.ts'

const format = 'v1'
const ivBytes = 12
const tagBytes = 16

export type Secrets = {
  /** Encrypts `text` for one place; the answer is plain ASCII, to be stored in a text column. */
  seal: (place: SealedPlace, text: string) => string
  /** Throws SecretUnreadable when it was changed, moved, or sealed with a key that is not at hand. */
  open: (place: SealedPlace, sealed: string) => string
  /** What every value begins with that is sealed with the current key. */
  currentPrefix: string
}

/** Never repeats the value. */
export class SecretUnreadable extends Error {
  override name = 'SecretUnreadable'
  constructor(place: SealedPlace, reason: string, cause?: unknown) {
    super(`The sealed value at ${placeText(place)} cannot be opened: ${reason}.`, { cause })
  }
}

type MasterKey = { id: string; key: Buffer }

/** @param secrets the first seals and opens, the others only open. */
export function createSecrets(secrets: readonly string[]): Secrets {
  const keys = secrets.map(deriveKey)
  const [current] = keys
  if (!current) throw new Error('Sealing needs at least one secret.')

  return {
    currentPrefix: `${format}.${current.id}.`,

    seal(place, text) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', current.key, iv, { authTagLength: tagBytes })
      cipher.setAAD(authenticated(current.id, place))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      const payload = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
      return `${format}.${current.id}.${payload}`
    },

    open(place, sealed) {
      const [version, id, payload = '', ...rest] = sealed.split('.')
      if (version !== format || rest.length > 0) throw new SecretUnreadable(place, 'its form is unknown')
      const key = keys.find((known) => known.id === id)
      if (!key) throw new SecretUnreadable(place, 'its key is not among RAPPORT_SECRET_KEYS')
      const bytes = Buffer.from(payload, 'base64url')
      if (bytes.length < ivBytes + tagBytes) throw new SecretUnreadable(place, 'it is cut short')
      return decrypt(key, place, bytes)
    },
  }
}

function decrypt(key: MasterKey, place: SealedPlace, bytes: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(authenticated(key.id, place))
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()])
    return text.toString('utf8')
  } catch (error) {
    throw new SecretUnreadable(place, 'it was changed, or moved here from elsewhere', error)
  }
}

/** Both come out of the secret one way: the id tells keys apart and nothing about them. */
function deriveKey(secret: string): MasterKey {
  const derive = (info: string) => Buffer.from(hkdfSync('sha256', secret, 'rapport', info, 32))
  const id = createHash('sha256').update(derive('sealing key id')).digest('hex').slice(0, 12)
  return { id, key: derive('sealing key') }
}

const authenticated = (key_id: string, { purpose, owner, row }: SealedPlace) =>
  Buffer.from(JSON.stringify([format, key_id, purpose, owner, row]))
