/** Turns declared routes into Fastify routes: authentication, organization, permission, validation, answer. */
import type { Operation } from '@rapport/contracts'
import type { FastifyInstance } from 'fastify'
import type { Refusals } from '../audit/index.ts'
import type { Maintenance } from '../maintenance/index.ts'
import { createIdempotency } from './idempotency.ts'
import { bodyLimitOf } from './json-body.ts'
import { handlePublic, handleSession } from './open-route.ts'
import type { Parts } from './parts.ts'
import { watchRefusals } from './refusals.ts'
import { isTenantRoute, type Access, type Api, type Handle, type Route } from './route.ts'
import { handleTenant } from './tenant-route.ts'

export type DeclaredRoute = { operation: Operation; allow: Access }
type Given = Omit<Parts, 'watching' | 'idempotency' | 'transactions'> & {
  app: FastifyInstance
  secret: string
  refusals: Pick<Refusals, 'note'>
  maintenance: Pick<Maintenance, 'refuseWrites'>
}

/** `declared` is every route so far: the OpenAPI document and the route tests are made from it. */
export function createApi({
  app,
  secret,
  refusals,
  maintenance,
  ...given
}: Given): Api & { declared: DeclaredRoute[] } {
  const declared: DeclaredRoute[] = []
  const { inTenant, inSystem } = given.tenancy
  const parts: Parts = {
    ...given,
    watching: watchRefusals(refusals),
    idempotency: createIdempotency(secret, inSystem),
    transactions: { inTenant, inSystem },
  }
  return {
    declared,
    route(operation, route) {
      declared.push({ operation, allow: route.allow })
      const handle = handlerOf(parts, operation, route)
      const writes = operation.method !== 'GET' && !operation.during_maintenance
      app.route({
        method: operation.method,
        url: `/api${operation.path.replace(/\{(\w+)\}/g, ':$1')}`,
        bodyLimit: bodyLimitOf(operation, isTenantRoute(route)),
        config: { takesForm: operation.multipart === true },
        handler: parts.watching.watch(operation, async (request, reply) => {
          if (writes) maintenance.refuseWrites()
          return handle(request, reply)
        }),
      })
    },
  }
}

function handlerOf<Op extends Operation>(parts: Parts, op: Op, route: Route<Op>): Handle {
  if (isTenantRoute(route)) return handleTenant(parts, op, route)
  return route.allow === 'public' ? handlePublic(parts, op, route) : handleSession(parts, op, route)
}
