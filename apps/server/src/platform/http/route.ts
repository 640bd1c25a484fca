/**
 * How a module declares a route: the operation from the contract, who may call it (`allow` has no default),
 * and one of three ways to answer:
 *  - `run`    in one tenant transaction, which also carries the Idempotency-Key;
 *  - `read`   with pipelined single reads, for lists and records;
 *  - `handle` without a transaction of its own: public routes, uploads, downloads.
 */
import type { BodyOf, Feature, Operation, ParamsOf, Permission, QueryOf, ReplyOf } from '@rapport/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import type { Statement } from '../prepared.ts'
import type { Ctx, Tenancy } from '../tenancy.ts'

/** Permissions any one of which lets in; what each caller then sees is decided record by record. */
export type Allowed = Permission | readonly [Permission, ...Permission[]]
export type Access = 'public' | 'session' | Allowed

export type Input<Op extends Operation> = { params: ParamsOf<Op>; query: QueryOf<Op>; body: BodyOf<Op> }

/** JSON text that PostgreSQL made; it is sent as it is. */
export class JsonText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Reply<Op extends Operation> = ReplyOf<Op> | JsonText

/** A person's log-in. */
export type SessionIdentity = {
  kind: 'session'
  user_id: string
  name: string
  session_id: string
  /** The organization that an access token was issued for; null for the cookie, which may name any of its own. */
  token_organization_id: string | null
  /** The session's current organization. */
  session_organization_id: string
  /** Whether the session was opened with two factors. */
  two_factor: boolean
}

/** A program with an API key, in the key's organization and within what its maker may do. */
export type KeyIdentity = {
  kind: 'api_key'
  api_key_id: string
  /** The public part of the key, by which it is found again. */
  prefix: string
  /** Whoever made the key. */
  user_id: string
  /** The key's own name. */
  name: string
  token_organization_id: string
}

/** Who a request speaks for, before an organization is chosen. */
export type Identity = SessionIdentity | KeyIdentity

export type RunContext = Ctx & { if_match: number | undefined }
export type ReadContext = { actor: Actor; read: <Row>(query: Statement<Row>) => Promise<Row[]> }
export type HandleContext = Pick<Tenancy, 'inTenant' | 'inSystem'> & {
  request: FastifyRequest
  reply: FastifyReply
}
export type SessionContext = HandleContext & { identity: SessionIdentity }
export type ActorContext = HandleContext & { actor: Actor; identity: Identity }

type Tenant = {
  allow: Allowed
  /** The feature it belongs to, which an organization may have switched off. */
  feature?: Feature
}
export type RunningRoute<Op extends Operation> = Tenant & {
  run: (ctx: RunContext, input: Input<Op>) => Promise<Reply<Op>>
}
export type ReadingRoute<Op extends Operation> = Tenant & {
  read: (ctx: ReadContext, input: Input<Op>) => Promise<Reply<Op>>
}
export type HandlingRoute<Op extends Operation> = Tenant & {
  handle: (ctx: ActorContext, input: Input<Op>) => Promise<Reply<Op>>
}
export type TenantRoute<Op extends Operation> = RunningRoute<Op> | ReadingRoute<Op> | HandlingRoute<Op>
export type PublicRoute<Op extends Operation> = {
  allow: 'public'
  handle: (ctx: HandleContext, input: Input<Op>) => Promise<Reply<Op>>
}
export type SessionRoute<Op extends Operation> = {
  allow: 'session'
  handle: (ctx: SessionContext, input: Input<Op>) => Promise<Reply<Op>>
}

export type Route<Op extends Operation> = TenantRoute<Op> | PublicRoute<Op> | SessionRoute<Op>
export type Handle = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

export const permissionsOf = (allow: Allowed): readonly Permission[] =>
  typeof allow === 'string' ? [allow] : allow

export const isWithinTenant = (allow: Access): allow is Allowed => allow !== 'public' && allow !== 'session'

export const isTenantRoute = <Op extends Operation>(route: Route<Op>): route is TenantRoute<Op> =>
  isWithinTenant(route.allow)

export type Api = { route: <Op extends Operation>(operation: Op, route: Route<Op>) => void }

/** What authentication gives the HTTP layer; the identity module supplies it. */
export type Authentication = {
  /** Null when the request carries no credentials; throws a 401 when they are bad. */
  identify: (request: FastifyRequest) => Promise<Identity | null>
  /** The actor in that organization, or null when the user is no member of it or the key has ended. */
  actorIn: (identity: Identity, organization_id: string) => Promise<Actor | null>
  /** Told when an actor was refused for want of any of these permissions. */
  refused: (actor: Actor, wanted: readonly Permission[]) => void
}
