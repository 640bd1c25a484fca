/** Who a request speaks for, and in which organization. */
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { forbidden, malformed, notAuthenticated } from '../problems.ts'
import { originOf } from './origin.ts'
import type { Authentication, Identity, SessionIdentity } from './route.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export async function requireIdentity(
  authentication: Authentication,
  request: FastifyRequest,
): Promise<Identity> {
  const identity = await authentication.identify(request)
  if (!identity) throw notAuthenticated()
  return identity
}

export function requireSession(identity: Identity): SessionIdentity {
  if (identity.kind === 'session') return identity
  throw forbidden('session_required', 'This route is for people who are logged in; API keys cannot use it.')
}

export async function requireActor(
  authentication: Authentication,
  request: FastifyRequest,
  identity: Identity,
): Promise<Actor> {
  const organization_id = organizationOf(request, identity)
  const actor = await authentication.actorIn(identity, organization_id)
  if (!actor) throw forbidden('not_a_member', 'You are not a member of this organization.')
  return { ...actor, origin: originOf(request) }
}

/** With an API key it may be left out: a key has only one. */
function organizationOf(request: FastifyRequest, identity: Identity): string {
  const bound = identity.token_organization_id
  const named = request.headers['x-org-id']
  if (typeof named !== 'string' || named === '') {
    if (identity.kind === 'api_key') return identity.token_organization_id
    throw malformed('organization_missing', 'Name the organization in the X-Org-Id header.')
  }
  if (!uuid.test(named)) throw malformed('organization_malformed', 'X-Org-Id must be an organization id.')
  const organization_id = named.toLowerCase()
  if (bound === null || bound === organization_id) return organization_id
  const what = identity.kind === 'api_key' ? 'API key' : 'access token'
  throw forbidden('organization_mismatch', `The ${what} was issued for another organization.`)
}
