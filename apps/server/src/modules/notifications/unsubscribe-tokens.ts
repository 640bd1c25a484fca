/** The signed address that leaves the digest: whose it is, and that we made it. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Of the web app, which asks; a POST there does it. */
export const unsubscribePath = '/unsubscribe'

type Reader = { user_id: string; organization_id: string }
export type UnsubscribeTokens = ReturnType<typeof createUnsubscribeTokens>

/** @param secrets the first signs, all open: as with what is sealed, a key may be replaced. */
export function createUnsubscribeTokens(secrets: readonly string[]) {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, 'rapport', 'unsubscribe', 32)))
  const sign = (key: Buffer, named: Buffer) => createHmac('sha256', key).update(named).digest()
  const bytesOf = ({ user_id, organization_id }: Reader) =>
    Buffer.from(`${user_id}${organization_id}`.replaceAll('-', ''), 'hex')
  const [current] = keys
  if (!current) throw new Error('Signing needs at least one secret.')

  return {
    make(reader: Reader): string {
      const named = bytesOf(reader)
      return Buffer.concat([named, sign(current, named)]).toString('base64url')
    },
    /** Null for what was not made here. */
    read(token: string): Reader | null {
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== 64) return null
      const [named, signature] = [bytes.subarray(0, 32), bytes.subarray(32)]
      if (!keys.some((key) => timingSafeEqual(sign(key, named), signature))) return null
      return { user_id: uuidOf(named.subarray(0, 16)), organization_id: uuidOf(named.subarray(16)) }
    },
  }
}

const uuidOf = (bytes: Buffer) =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
