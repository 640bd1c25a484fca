/** Routes within an organization: who asks, what their role grants, and one of the three ways to answer. */
import type { Operation } from '@rapport/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { requireFeatures } from '../features/index.ts'
import type { Statement } from '../prepared.ts'
import { invalidField, permissionMissing } from '../problems.ts'
import { answerOf, keyOf, send } from './answer.ts'
import { noteCaller } from './caller.ts'
import type { Answer, Key } from './idempotency.ts'
import { parseInput } from './input.ts'
import type { Parts } from './parts.ts'
import {
  permissionsOf,
  type Handle,
  type HandlingRoute,
  type Identity,
  type Input,
  type ReadingRoute,
  type RunningRoute,
  type TenantRoute,
} from './route.ts'
import { requireActor, requireIdentity } from './who-asks.ts'

type Asking<Op extends Operation> = {
  request: FastifyRequest
  reply: FastifyReply
  actor: Actor
  identity: Identity
  input: Input<Op>
}

export function handleTenant<Op extends Operation>(parts: Parts, op: Op, route: TenantRoute<Op>): Handle {
  return async (request, reply) => {
    const identity = await requireIdentity(parts.authentication, request)
    parts.watching.identified(request, identity)
    const actor = await requireActor(parts.authentication, request, identity)
    await admit(parts, route, actor, request, reply)
    const asking = { request, reply, actor, identity, input: parseInput(op, request) }
    if ('read' in route) return send(reply, await answerRead(parts, op, route, asking))
    const key = keyOf(request, op, `${actor.organization_id} ${actor.api_key_id ?? actor.user_id}`, actor)
    if ('handle' in route)
      return send(reply, await parts.idempotency.once(key, () => answerHandle(parts, op, route, asking)))
    return send(reply, await answerRun(parts, op, route, asking, key))
  }
}

/** Counts the caller, then asks for the permission and the feature. */
async function admit<Op extends Operation>(
  { authentication, watching, countCallers, features }: Parts,
  route: TenantRoute<Op>,
  actor: Actor,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  noteCaller(request, actor)
  watching.acting(request, actor)
  const { user_id: user, organization_id: organization, api_key_id: key } = actor
  await countCallers(request, reply, key ? { organization, key } : { user, organization })
  const wanted = permissionsOf(route.allow)
  if (!wanted.some((permission) => actor.grants[permission] !== undefined)) {
    authentication.refused(actor, wanted)
    throw permissionMissing(actor, wanted)
  }
  if (route.feature || actor.kind === 'api_key') await requireFeatures(features, actor, route.feature)
}

async function answerRead<Op extends Operation>(
  { tenancy }: Parts,
  op: Op,
  route: ReadingRoute<Op>,
  { actor, input, reply }: Asking<Op>,
): Promise<Answer | null> {
  const read = <Row>(query: Statement<Row>) => tenancy.readTenant<Row>(actor, query)
  return answerOf(op, await route.read({ actor, read }, input), reply)
}

async function answerHandle<Op extends Operation>(
  { transactions }: Parts,
  op: Op,
  route: HandlingRoute<Op>,
  { input, ...asking }: Asking<Op>,
): Promise<Answer | null> {
  return answerOf(op, await route.handle({ ...transactions, ...asking }, input), asking.reply)
}

/** The key commits with the work. The work may be done twice: what it changes is in the transaction alone. */
async function answerRun<Op extends Operation>(
  { tenancy, idempotency }: Parts,
  op: Op,
  route: RunningRoute<Op>,
  { request, reply, actor, input }: Asking<Op>,
  key: Key | null,
): Promise<Answer | null> {
  const if_match = ifMatch(request)
  return onceMoreIfMet(request, () =>
    tenancy.inTenant(actor, async (ctx) => {
      const known = key ? await idempotency.claim(ctx.tx, key) : null
      if (known) return known
      const made = answerOf(op, await route.run({ ...ctx, if_match }, input), reply)
      if (key && made) await idempotency.store(ctx.tx, key, made)
      return made
    }),
  )
}

/**
 * How PostgreSQL ends a transaction because of another that wrote at the same moment: could not serialize, deadlock,
 * a value that no two may have. Nothing of it is left; begun anew it sees what the other wrote, and answers to that.
 */
const met = new Set(['40001', '40P01', '23505'])

async function onceMoreIfMet<T>({ log }: FastifyRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!met.has(code)) throw error
    log.warn({ err: error }, 'begun anew after it met another change')
    return work()
  }
}

/** If-Match carries a version, plain or quoted as an entity tag. */
function ifMatch(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1]
  if (!version) throw invalidField('If-Match', 'invalid', 'must be a version number')
  return Number(version)
}
