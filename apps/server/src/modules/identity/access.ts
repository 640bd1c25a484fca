/**
 * Authentication: who a request speaks for, and what they may do in an organization. Whether a session lives
 * and what a member is are remembered for a few seconds, so a warm request asks the database nothing; this
 * process forgets at once what it changes itself.
 */
import { firstDayOfWeek } from '@rapport/contracts'
import type { FastifyRequest } from 'fastify'
import { systemActor, type Actor, type Origin } from '../../platform/actor.ts'
import { createCache } from '../../platform/cache.ts'
import { readOwnFields } from '../../platform/custom-fields.ts'
import type { Environment } from '../../platform/environment.ts'
import { originOf } from '../../platform/http/origin.ts'
import type { Authentication, Identity, SessionIdentity } from '../../platform/http/route.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import type { Keyring } from '../api-keys/index.ts'
import { createCookies, type CookieHeaders } from './cookies.ts'
import { badToken, sessionEnded } from './errors.ts'
import { noteActivity } from './membership-changes.ts'
import { memberStatement } from './memberships.ts'
import { objectsSeen, resolveRole } from './role-resolution.ts'
import { twoFactorRequired } from './second-factor/errors.ts'
import { requiresTwoFactor } from './second-factor/policy.ts'
import {
  findIdByCookie,
  findLiveSession,
  type LiveSession,
  type Client,
  type PlatformTx,
} from './sessions.ts'
import { createTokens, hashSecret } from './tokens.ts'

const freshness_ms = 5_000
const cookieMemory_ms = 15 * 60_000
/** Whoever has the organization open is noted at most this often. */
const activityEvery_ms = 10 * 60_000
const remembered = 20_000
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

type SocketCredentials = CookieHeaders & { token?: string | undefined; ip?: string | undefined }
/** Told of a session that is about to open, in its transaction. */
type OpeningListener = (tx: PlatformTx, user_id: string, client: Client) => Promise<void>
export type IdentityAccess = ReturnType<typeof createAuthentication>

type Parts = {
  environment: Pick<Environment, 'secret' | 'publicUrl'>
  tenancy: Pick<Tenancy, 'inSystem' | 'readTenant'>
  keyring: Pick<Keyring, 'isKeyText' | 'identify' | 'actorOf' | 'noteRefusal'>
  now?: () => number
}

export function createAuthentication({ environment, tenancy, keyring, now = Date.now }: Parts) {
  const tokens = createTokens(environment.secret, now)
  const cookies = createCookies(environment.publicUrl)
  const sessions = createCache<LiveSession | null>(remembered, freshness_ms, now)
  const actors = createCache<Actor | null>(remembered, freshness_ms, now)
  const policies = createCache<boolean>(remembered, freshness_ms, now)
  const noted = createCache<void>(remembered, activityEvery_ms, now)
  // Which session a cookie belongs to never changes; whether it still does is asked of the session.
  const cookieOwners = createCache<string | null>(remembered, cookieMemory_ms, now)

  let tellOpening: OpeningListener = async () => undefined

  const liveSession = (id: string) =>
    sessions.get(id, () => tenancy.inSystem((tx) => findLiveSession(tx, id, now())))

  async function fromToken(token: string, origin: Origin): Promise<Identity> {
    if (keyring.isKeyText(token)) return keyring.identify(token, origin)
    const claims = await tokens.verifyAccess(token)
    const session = await liveSession(claims.session_id)
    if (!session || session.user_id !== claims.user_id) throw sessionEnded()
    return identityOf(session, claims.organization_id)
  }

  async function fromCookie(secret: string): Promise<Identity> {
    const hash = hashSecret(secret)
    const id = await cookieOwners.get(hash.toString('base64'), () =>
      tenancy.inSystem((tx) => findIdByCookie(tx, hash)),
    )
    const session = id === null ? null : await liveSession(id)
    if (!session?.cookie_hash.equals(hash)) throw sessionEnded()
    return identityOf(session, null)
  }

  async function loadActor(user_id: string, organization_id: string): Promise<Actor | null> {
    const statement = memberStatement(user_id, organization_id)
    const [member] = await tenancy.readTenant(systemActor(organization_id), statement)
    if (!member) return null
    const { role, custom_role, team_user_ids, week_start, language, own_fields, own_objects, ...person } =
      member
    const resolved = resolveRole(role, custom_role)
    return {
      kind: 'user',
      user_id,
      api_key_id: null,
      organization_id,
      ...person,
      language: language === 'pt-BR' ? 'pt-BR' : 'en',
      week_starts_on: firstDayOfWeek(week_start, language),
      ...resolved,
      own_fields: readOwnFields(organization_id, own_fields),
      own_objects: objectsSeen(resolved, own_objects),
      team_user_ids: [...new Set([user_id, ...team_user_ids])],
      origin: null,
    }
  }

  /** An API key has been made by somebody who was let in, and is a secret of its own. */
  async function requireFactors(identity: Identity, organization_id: string): Promise<void> {
    if (identity.kind !== 'session' || identity.two_factor) return
    const asked = await policies.get(organization_id, () =>
      tenancy.inSystem((tx) => requiresTwoFactor(tx, organization_id)),
    )
    if (asked) throw twoFactorRequired()
  }

  const actorKey = (user_id: string, organization_id: string) => `${user_id} ${organization_id}`

  const authentication: Authentication = {
    async identify(request: FastifyRequest) {
      const { headers, method } = request
      if (headers.authorization !== undefined)
        return fromToken(bearerOf(headers.authorization), originOf(request))
      const secret = cookies.read(headers.cookie)
      if (secret === null) return null
      if (!safeMethods.has(method)) cookies.requireOwnOrigin(headers)
      return fromCookie(secret)
    },

    async actorIn(identity, organization_id) {
      const { user_id } = identity
      const organization = organization_id.toLowerCase()
      const key = actorKey(user_id, organization)
      const member = await actors.get(key, () => loadActor(user_id, organization))
      if (member) await requireFactors(identity, organization)
      if (member && identity.kind === 'session')
        await noted.get(key, () =>
          tenancy.inSystem((tx) => noteActivity(tx, { user_id, organization_id: organization })),
        )
      return member && identity.kind === 'api_key' ? keyring.actorOf(identity, member) : member
    },

    refused: (actor, wanted) => keyring.noteRefusal(actor, wanted),
  }

  return {
    ...authentication,
    tokens,
    cookies,
    now,

    /** The member's actor as the database has it now, for jobs and sockets; null when no longer a member. */
    async actorOf(user_id: string, organization_id: string): Promise<Actor | null> {
      const [user, organization] = [user_id.toLowerCase(), organization_id.toLowerCase()]
      actors.forget(actorKey(user, organization))
      return actors.get(actorKey(user, organization), () => loadActor(user, organization))
    },

    /**
     * Who a socket speaks for: by access token or API key, or else by the cookie of the same origin. Null without
     * credentials; throws a 401 or 403 when they are bad.
     */
    async identifySocket({ token, ip, ...headers }: SocketCredentials): Promise<Identity | null> {
      if (token) return fromToken(token, { ip: ip ?? null, user_agent: null, request_id: null })
      const secret = cookies.read(headers.cookie)
      if (secret === null) return null
      cookies.requireOwnOrigin(headers)
      return fromCookie(secret)
    },

    /** Sets who is told before a session opens. */
    onOpening: (listener: OpeningListener) => void (tellOpening = listener),
    opening: (...session: Parameters<OpeningListener>) => tellOpening(...session),

    forgetSession: (id: string) => sessions.forget(id),
    /** Whether the organization asks two-factor of everybody, as a screen must know it now. */
    async asksTwoFactor(organization_id: string): Promise<boolean> {
      policies.forget(organization_id)
      return policies.get(organization_id, () =>
        tenancy.inSystem((tx) => requiresTwoFactor(tx, organization_id)),
      )
    },
    /** After a change of what the organization asks of log-ins. */
    forgetPolicy: (organization_id: string) => policies.forget(organization_id),
    /** After a change of roles, teams, members or the organization itself, and when one may have gone unheard. */
    forgetEverybody: () => actors.forgetWhere(() => true),
    /** After a change of the user's name, time zone or memberships. */
    forgetUser(user_id: string) {
      actors.forgetWhere((key) => key.startsWith(`${user_id} `))
    },
    /** After a change of the organization's currency or country. */
    forgetOrganization(organization_id: string) {
      actors.forgetWhere((key) => key.endsWith(` ${organization_id}`))
    },
  }
}

const identityOf = (session: LiveSession, token_organization_id: string | null): SessionIdentity => ({
  kind: 'session',
  user_id: session.user_id,
  name: session.name,
  session_id: session.id,
  token_organization_id,
  session_organization_id: session.organization_id,
  two_factor: session.second_factor !== null,
})

function bearerOf(authorization: string): string {
  const token = /^bearer +(\S+) *$/i.exec(authorization)?.[1]
  if (!token) throw badToken()
  return token
}
