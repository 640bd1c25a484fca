/**
 * Access tokens (JWT, HS256, a quarter of an hour, bound to one organization) and opaque secrets for the
 * cookie and the refresh token, of which only hashes are stored. The keys are derived from the installation's
 * secret, one for each purpose (RFC 5869).
 */
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { createCache } from '../../platform/cache.ts'
import { badToken } from './errors.ts'

export const accessSeconds = 15 * 60
const issuer = 'rapport'
const rememberedTokens = 10_000

export type AccessClaims = { user_id: string; session_id: string; organization_id: string; name: string }
type Verified = AccessClaims & { expires_ms: number }

export function createTokens(secret: string, now: () => number = Date.now) {
  const key = (purpose: string) => new Uint8Array(hkdfSync('sha256', secret, '', `rapport ${purpose}`, 32))
  const accessKey = key('access token')
  const refreshKey = key('refresh token')
  // Verified once, a token is recognised by its text: even 11 µs are not spent on every request.
  const verified = createCache<Verified>(rememberedTokens, accessSeconds * 1000, now)

  async function verify(token: string): Promise<Verified> {
    try {
      const { payload } = await jwtVerify(token, accessKey, {
        algorithms: ['HS256'],
        issuer,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(now()),
      })
      const { sub, sid, org, name, exp } = payload
      if (typeof sub !== 'string' || typeof sid !== 'string' || typeof org !== 'string') throw badToken()
      return {
        user_id: sub,
        session_id: sid,
        organization_id: org,
        name: String(name),
        expires_ms: (exp ?? 0) * 1000,
      }
    } catch (error) {
      if (error instanceof errors.JOSEError) throw badToken()
      throw error
    }
  }

  return {
    issueAccess({ user_id, session_id, organization_id, name }: AccessClaims): Promise<string> {
      const issued = Math.floor(now() / 1000)
      return new SignJWT({ sid: session_id, org: organization_id, name })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(user_id)
        .setIssuer(issuer)
        .setIssuedAt(issued)
        .setExpirationTime(issued + accessSeconds)
        .sign(accessKey)
    },

    /** Throws a 401 for a token that is forged, malformed or expired. */
    async verifyAccess(token: string): Promise<AccessClaims> {
      const claims = await verified.get(token, () => verify(token))
      if (claims.expires_ms <= now()) throw badToken()
      return claims
    },

    /**
     * The refresh token that follows this one. Derived instead of drawn, so that two exchanges of the same
     * token at the same moment (two tabs, a retry after a lost answer) end with the same successor.
     */
    successorOf: (refresh_token: string): string =>
      createHmac('sha256', refreshKey).update(refresh_token).digest('base64url'),
  }
}

/** 256 random bits, as text. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored of a secret. It has full entropy, so a plain fast hash keeps it. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()
