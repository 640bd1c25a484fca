/**
 * Tells the audit log of the organization that was reached for, when somebody who is logged in gets a 403. That a
 * feature is switched off is no such refusal: it is nobody's doing.
 */
import type { Operation } from '@rapport/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, Origin } from '../actor.ts'
import type { AuditActor, AuditEntry, Refusals } from '../audit/index.ts'
import { Problem } from '../problems.ts'
import { originOf } from './origin.ts'
import type { Identity } from './route.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function watchRefusals(refusals: Pick<Refusals, 'note'>) {
  const identities = new WeakMap<FastifyRequest, Identity>()
  const actors = new WeakMap<FastifyRequest, Actor>()
  return {
    /** Whom a later refusal of this request concerns. */
    identified: (request: FastifyRequest, identity: Identity) => void identities.set(request, identity),
    acting: (request: FastifyRequest, actor: Actor) => void actors.set(request, actor),

    watch(op: Operation, handler: Handler): Handler {
      return async (request, reply) => {
        try {
          return await handler(request, reply)
        } catch (error) {
          const identity = identities.get(request)
          if (identity && error instanceof Problem && error.status === 403 && error.code !== 'feature_off') {
            const actor = actors.get(request) ?? strangerOf(identity, originOf(request))
            const organization_id = actors.get(request)?.organization_id ?? reachedFor(request, identity)
            await refusals.note(organization_id, actor, entryOf(op, request, error))
          }
          throw error
        }
      }
    },
  }
}

/** Somebody who may be no member of the organization. */
export function strangerOf(identity: Identity, origin: Origin): AuditActor {
  const api_key_id = identity.kind === 'api_key' ? identity.api_key_id : null
  const kind = api_key_id === null ? 'user' : 'api_key'
  return { kind, user_id: identity.user_id, api_key_id, name: identity.name, origin }
}

/** The organization that the request names, or else the one that its credentials are for. */
function reachedFor(request: FastifyRequest, identity: Identity): string {
  const body = request.body as { organization_id?: unknown } | null | undefined
  const named = [body?.organization_id, request.headers['x-org-id']].find(
    (id): id is string => typeof id === 'string' && uuid.test(id),
  )
  if (named) return named.toLowerCase()
  return identity.kind === 'api_key' ? identity.token_organization_id : identity.session_organization_id
}

function entryOf({ method, path }: Operation, { params }: FastifyRequest, { code }: Problem): AuditEntry {
  const { id } = params as { id?: unknown }
  const record_id = typeof id === 'string' && uuid.test(id) ? id : null
  return {
    action: 'access.refused',
    object: 'access',
    record_id,
    after: { route: `${method} ${path}`, code },
  }
}
