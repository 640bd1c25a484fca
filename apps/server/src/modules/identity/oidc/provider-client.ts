/**
 * The authorization code flow with PKCE at one provider (OpenID Connect Core 1.0, RFC 9700). State, nonce and code
 * verifier are derived from the secret that this browser holds in a cookie: an answer is worth nothing in any
 * other browser, and nothing has to be kept that could be stolen here.
 */
import { createHmac } from 'node:crypto'
import {
  allowInsecureRequests,
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  discovery,
  fetchUserInfo,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
  type Configuration,
  type IDToken,
} from 'openid-client'
import type { Logger } from 'pino'
import { createCache } from '../../../platform/cache.ts'
import type { ProviderSettings } from '../../../platform/provider-settings.ts'
import { providerUnavailable, signInRefused } from './errors.ts'

/** The provider's keys and addresses change rarely, and are asked for again then. */
const metadataLife_ms = 3600_000
const timeout_s = 10

export type Claims = {
  issuer: string
  subject: string
  email: string | null
  /** Whether the provider says that it has made sure of the address. */
  vouched: boolean
  name: string | null
  locale: string | null
}

export type Intent = 'login' | 'link'
type Log = Pick<Logger, 'info' | 'warn'>

export function createProviderClient(settings: ProviderSettings, log: Log, now: () => number = Date.now) {
  const metadata = createCache<Configuration>(1, metadataLife_ms, now)
  const { issuer, clientId, clientSecret, name } = settings
  const insecure = new URL(issuer).protocol === 'http:'

  const configuration = () =>
    metadata.get(issuer, () =>
      discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: timeout_s,
        // Only a provider on this machine itself may be plain; the environment has seen to it.
        execute: insecure ? [allowInsecureRequests] : [],
      }),
    )

  /** What is the provider's failure is told apart from what it, or the browser, was refused for. */
  async function ask<T>(work: (config: Configuration) => Promise<T>): Promise<T> {
    try {
      return await work(await configuration())
    } catch (error) {
      if (isRefusal(error)) {
        log.info({ ...reasonOf(error), provider: name }, 'a log-in at a provider was refused')
        throw signInRefused(name)
      }
      log.warn({ ...reasonOf(error), provider: name }, 'a provider did not answer')
      throw providerUnavailable(name)
    }
  }

  return {
    settings,

    /** Where to send the browser. */
    begin: (secret: string, intent: Intent, redirect_uri: string): Promise<string> =>
      ask(async (config) => {
        const { state, nonce, verifier } = deriveFrom(secret, intent)
        const url = buildAuthorizationUrl(config, {
          redirect_uri,
          scope: 'openid email profile',
          state,
          nonce,
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          ...(settings.provider === 'oidc' ? {} : { prompt: 'select_account' }),
        })
        return url.href
      }),

    /** Who came back. @param query what the provider added to the address */
    finish: (secret: string, intent: Intent, redirect_uri: string, query: string): Promise<Claims> =>
      ask(async (config) => {
        const { state, nonce, verifier } = deriveFrom(secret, intent)
        const tokens = await authorizationCodeGrant(config, new URL(`${redirect_uri}?${query}`), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims) throw new ClientError('There is no ID token.')
        const more =
          claims.email === undefined && config.serverMetadata().userinfo_endpoint
            ? await fetchUserInfo(config, tokens.access_token, claims.sub)
            : {}
        return present(settings.provider, claims, { ...claims, ...more })
      }),
  }
}

function deriveFrom(secret: string, intent: Intent) {
  const derive = (label: string) => createHmac('sha256', secret).update(label).digest('base64url')
  // The page that the browser comes back to reads the intent from the state.
  return { state: `${intent}.${derive('state')}`, nonce: derive('nonce'), verifier: derive('verifier') }
}

/** The errors themselves carry what was sent, which is nothing for a log. */
function reasonOf(error: unknown): { reason: string; code?: string } {
  if (!(error instanceof Error)) return { reason: String(error) }
  const because = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return { reason: error.message + because, ...code }
}

/** Something is wrong with what came back, as against not having come at all. */
function isRefusal(error: unknown): boolean {
  if (error instanceof AuthorizationResponseError) return true
  if (error instanceof WWWAuthenticateChallengeError) return true
  if (error instanceof ResponseBodyError) return error.status < 500
  return error instanceof ClientError && !isOutage(error)
}

const outages = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'])
const isOutage = (error: ClientError) => outages.has(String(error.code)) || error.cause instanceof TypeError

function present(
  provider: ProviderSettings['provider'],
  { iss, sub }: IDToken,
  claims: Record<string, unknown>,
): Claims {
  const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
  const email = text(claims['email'])?.toLowerCase() ?? null
  return {
    issuer: iss,
    subject: sub,
    email,
    vouched: email !== null && isVouched(provider, claims),
    name: text(claims['name'])?.slice(0, 200) ?? null,
    locale: text(claims['locale']),
  }
}

/**
 * Microsoft lets any tenant write any address into its users, and has no email_verified; xms_edov, which an
 * application can ask for, says that the address is of a domain that the tenant has proved.
 * https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
 */
function isVouched(provider: ProviderSettings['provider'], claims: Record<string, unknown>): boolean {
  const claim = claims[provider === 'microsoft' ? 'xms_edov' : 'email_verified']
  return claim === true || (provider === 'microsoft' && (claim === 1 || claim === '1' || claim === 'true'))
}
