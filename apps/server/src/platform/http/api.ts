/** Turns declared routes into Fastify routes: authentication, organization, permission, validation, answer. */
import type { Operation } from '@rapport/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import type { Refusals } from '../audit/index.ts'
import { requireFeatures, type Features } from '../features/index.ts'
import type { Maintenance } from '../maintenance/index.ts'
import { forbidden, invalidField, malformed, notAuthenticated, permissionMissing } from '../problems.ts'
import type { Tenancy } from '../tenancy.ts'
import { noteCaller } from './caller.ts'
import { createIdempotency, idempotencyKey, type Answer, type Key } from './idempotency.ts'
import { parseInput } from './input.ts'
import { bodyLimitOf } from './json-body.ts'
import { originOf } from './origin.ts'
import type { CountCallers } from './rate-limits.ts'
import { watchRefusals } from './refusals.ts'
import {
  JsonText,
  type Access,
  type Api,
  type Authentication,
  type Identity,
  type Input,
  type Route,
  type SessionIdentity,
} from './route.ts'

export type DeclaredRoute = { operation: Operation; allow: Access }
type Parts = {
  app: FastifyInstance
  tenancy: Tenancy
  authentication: Authentication
  secret: string
  countCallers: CountCallers
  refusals: Pick<Refusals, 'note'>
  features: Pick<Features, 'isOn'>
  maintenance: Pick<Maintenance, 'refuseWrites'>
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** `declared` is every route so far: the OpenAPI document and the route tests are made from it. */
export function createApi(parts: Parts): Api & { declared: DeclaredRoute[] } {
  const declared: DeclaredRoute[] = []
  const watching = watchRefusals(parts.refusals)
  return {
    declared,
    route(operation, route) {
      declared.push({ operation, allow: route.allow })
      parts.app.route({
        method: operation.method,
        url: `/api${operation.path.replace(/\{(\w+)\}/g, ':$1')}`,
        bodyLimit: bodyLimitOf(operation, route.allow !== 'public' && route.allow !== 'session'),
        config: { takesForm: operation.multipart === true },
        handler: watching.watch(operation, handlerOf({ ...parts, watching }, operation, route)),
      })
    },
  }
}

type Watched = Parts & { watching: ReturnType<typeof watchRefusals> }

function handlerOf<Op extends Operation>(parts: Watched, op: Op, route: Route<Op>) {
  const { tenancy, authentication, watching, countCallers, features, maintenance } = parts
  const writes = op.method !== 'GET' && !op.during_maintenance
  const base = { inTenant: tenancy.inTenant, inSystem: tenancy.inSystem }
  const idempotency = createIdempotency(parts.secret)

  /** Outside a tenant transaction: claim, work, store; a failure frees the key. */
  async function once(key: Key | null, work: () => Promise<Answer | null>): Promise<Answer | null> {
    if (!key) return work()
    const known = await tenancy.inSystem((tx) => idempotency.claim(tx, key))
    if (known) return known
    try {
      const answer = await work()
      if (answer) await tenancy.inSystem((tx) => idempotency.store(tx, key, answer))
      return answer
    } catch (error) {
      await tenancy.inSystem((tx) => idempotency.release(tx, key))
      throw error
    }
  }

  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (writes) maintenance.refuseWrites()
    const identity = route.allow === 'public' ? null : await requireIdentity(authentication, request)
    if (identity) watching.identified(request, identity)
    const handling = { ...base, request, reply }

    if (route.allow === 'public' || route.allow === 'session') {
      const session = identity && requireSession(identity)
      if (session) noteCaller(request, { user_id: session.user_id })
      await countCallers(request, reply, session ? { user: session.user_id } : {})
      const input = parseInput(op, request)
      const key = keyOf(request, op, identity?.user_id ?? 'public')
      const answer = await once(key, async () =>
        route.allow === 'public'
          ? answerOf(op, await route.handle(handling, input), reply)
          : answerOf(
              op,
              await route.handle({ ...handling, identity: session as SessionIdentity }, input),
              reply,
            ),
      )
      return send(reply, answer)
    }

    const actor = await requireActor(authentication, request, identity as Identity)
    noteCaller(request, actor)
    watching.acting(request, actor)
    const { user_id: user, organization_id: organization, api_key_id: key_id } = actor
    await countCallers(request, reply, key_id ? { organization, key: key_id } : { user, organization })
    if (actor.grants[route.allow] === undefined) {
      authentication.refused(actor, route.allow)
      throw permissionMissing(actor, route.allow)
    }
    if (route.feature || actor.kind === 'api_key') await requireFeatures(features, actor, route.feature)
    const input: Input<Op> = parseInput(op, request)

    if ('read' in route) {
      const read = {
        actor,
        read: <Row>(query: Parameters<typeof tenancy.readTenant<Row>>[1]) =>
          tenancy.readTenant<Row>(actor, query),
      }
      return send(reply, answerOf(op, await route.read(read, input), reply))
    }
    const key = keyOf(request, op, `${actor.organization_id} ${actor.api_key_id ?? actor.user_id}`, actor)
    if ('handle' in route)
      return send(
        reply,
        await once(key, async () =>
          answerOf(
            op,
            await route.handle({ ...handling, actor, identity: identity as Identity }, input),
            reply,
          ),
        ),
      )
    const if_match = ifMatch(request)
    const answer = await tenancy.inTenant(actor, async (ctx) => {
      const known = key ? await idempotency.claim(ctx.tx, key) : null
      if (known) return known
      const made = answerOf(op, await route.run({ ...ctx, if_match }, input), reply)
      if (key && made) await idempotency.store(ctx.tx, key, made)
      return made
    })
    return send(reply, answer)
  }
}

async function requireIdentity(authentication: Authentication, request: FastifyRequest): Promise<Identity> {
  const identity = await authentication.identify(request)
  if (!identity) throw notAuthenticated()
  return identity
}

function requireSession(identity: Identity): SessionIdentity {
  if (identity.kind === 'session') return identity
  throw forbidden('session_required', 'This route is for people who are logged in; API keys cannot use it.')
}

async function requireActor(
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

function keyOf(request: FastifyRequest, op: Operation, who: string, actor?: Actor): Key | null {
  const header = request.headers['idempotency-key']
  if (op.method !== 'POST' || typeof header !== 'string' || op.multipart) return null
  const access = actor && [actor.grants, actor.field_rules]
  return idempotencyKey(header, `${who} POST ${request.url}`, request.body, access)
}

/** If-Match carries a version, plain or quoted as an entity tag. */
function ifMatch(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1]
  if (!version) throw invalidField('If-Match', 'invalid', 'must be a version number')
  return Number(version)
}

/** Null when the handler has answered by itself, as downloads do. */
function answerOf(op: Operation, value: unknown, reply: FastifyReply): Answer | null {
  if (reply.sent || op.media) return null
  const status = op.status ?? 200
  if (status === 204 || value === undefined) return { status, body: '' }
  return { status, body: value instanceof JsonText ? value.text : JSON.stringify(value) }
}

function send(reply: FastifyReply, answer: Answer | null): FastifyReply {
  if (!answer) return reply
  void reply.code(answer.status).header('cache-control', 'no-store')
  if (answer.body === '') return reply.send()
  return reply.header('content-type', 'application/json; charset=utf-8').send(answer.body)
}
