/** Who may connect: a valid token or session cookie, and a membership in the organization that is asked for. */
import type { Socket } from 'socket.io'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Refusals } from '../audit/index.ts'
import { requireFeatures, type Features } from '../features/index.ts'
import { strangerOf } from '../http/refusals.ts'
import type { Authentication, Identity } from '../http/route.ts'
import type { CodeOf } from '../problem-catalogue.ts'
import { forbidden, notAuthenticated, Problem } from '../problems.ts'
import type { SocketDoor } from './door.ts'
import type { Member } from './member.ts'

/** What a socket shows of itself: a token, or else the headers of its first request. */
export type SocketCredentials = {
  token?: string | undefined
  cookie?: string | undefined
  origin?: string | undefined
  host?: string | undefined
  'sec-fetch-site'?: string | string[] | undefined
  /** From where the socket comes, as far as a proxy on this machine tells. */
  ip?: string | undefined
}

/** What authentication gives real time; the identity module supplies it. */
export type SocketAuthentication = Pick<Authentication, 'actorIn'> & {
  /** Null without credentials; throws a 401 when they are bad and a 403 for a cookie from a foreign origin. */
  identifySocket: (credentials: SocketCredentials) => Promise<Identity | null>
  /** What is remembered of the permissions there is old. */
  forgetOrganization: (organization_id: string) => void
}

const Handshake = z.object({
  token: z.string().max(4096).optional(),
  organization_id: z
    .uuid()
    .transform((id) => id.toLowerCase())
    .optional(),
  since: z.int().min(0).nullish(),
})

const userAgentLength = 300

type Parts = {
  authentication: SocketAuthentication
  features: Pick<Features, 'isOn'>
  refusals: Pick<Refusals, 'note'>
  door: Pick<SocketDoor, 'addressOf'>
}

export async function admit(socket: Socket, parts: Parts): Promise<Member> {
  const { authentication, features, door } = parts
  const parsed = Handshake.safeParse(socket.handshake.auth)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw invalidHandshake(`auth.${issue?.path.join('.')}: ${issue?.message}`)
  }
  const { token, since } = parsed.data
  const ip = door.addressOf(socket.request)
  const identity = await authentication.identifySocket({ ...credentialsOf(socket, token), ip })
  if (!identity) throw notAuthenticated()
  const { token_organization_id } = identity
  const organization_id = parsed.data.organization_id ?? ownOrganization(identity)
  const refuse = async (code: CodeOf<403>, detail: string): Promise<never> => {
    const user_agent = socket.handshake.headers['user-agent']?.slice(0, userAgentLength) ?? null
    const stranger = strangerOf(identity, { ip, user_agent, request_id: null })
    const after = { route: 'Socket.IO /realtime', code }
    await parts.refusals.note(organization_id, stranger, {
      action: 'access.refused',
      object: 'access',
      after,
    })
    throw forbidden(code, detail)
  }
  if (token_organization_id !== null && token_organization_id !== organization_id)
    return refuse('organization_mismatch', 'The access token was issued for another organization.')
  const actor = await authentication.actorIn(identity, organization_id)
  if (!actor) return refuse('not_a_member', 'You are not a member of this organization.')
  await requireFeatures(features, actor, 'realtime')
  return { identity, actor, since: since ?? undefined }
}

/** Only a key has one organization; whoever logs in may have several and names one. */
function ownOrganization(identity: Identity): string {
  if (identity.kind === 'api_key') return identity.token_organization_id
  throw invalidHandshake('auth.organization_id: names the organization to connect to')
}

const invalidHandshake = (detail: string) => new Problem(422, 'invalid_input', 'Invalid input', detail)

function credentialsOf(socket: Socket, token: string | undefined): SocketCredentials {
  const { cookie, host, origin, 'sec-fetch-site': site } = socket.handshake.headers
  // Long polling starts with a GET, to which browsers add no Origin on the same site, but this.
  const own = site === 'same-origin' ? `https://${host}` : undefined
  return { token, cookie, host, origin: origin ?? own, 'sec-fetch-site': site }
}

/** What the client gets as `connect_error`, with `data` to act on. */
export function refusalOf(error: unknown, log: Logger): Error & { data: { code: string; status: number } } {
  if (error instanceof Problem)
    return Object.assign(new Error(error.message), { data: { code: error.code, status: error.status } })
  log.error({ err: error }, 'a socket could not be admitted')
  return Object.assign(new Error('Something went wrong.'), { data: { code: 'internal_error', status: 500 } })
}
