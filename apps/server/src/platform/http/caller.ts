/** Who a request turned out to speak for, noted for what is logged about it. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'

export type Caller = { user_id?: string | null; organization_id?: string; api_key_id?: string | null }

const callers = new WeakMap<FastifyRequest, Caller>()

export const noteCaller = (request: FastifyRequest, caller: Caller): void => void callers.set(request, caller)

/** Ids alone, and only those that are known: a name is of no use in a log and is personal. */
export function callerOf(request: FastifyRequest): Caller {
  const { user_id, organization_id, api_key_id } = callers.get(request) ?? {}
  return {
    ...(organization_id ? { organization_id } : {}),
    ...(user_id ? { user_id } : {}),
    ...(api_key_id ? { api_key_id } : {}),
  }
}

/** The path without the query, which may hold what people search for, or a code from elsewhere. */
export const pathOf = ({ url }: Pick<FastifyRequest, 'url'>): string =>
  (url.split('?')[0] ?? '').slice(0, 200)

const slow_ms = 1_000

/** One line for each request: a warning when it was slow or failed, otherwise for debugging. */
export function logRequests(app: FastifyInstance, log: Logger): void {
  app.addHook('onResponse', (request, reply, done) => {
    // A 503 is what maintenance answers, and no failure.
    const failed = reply.statusCode >= 500 && reply.statusCode !== 503
    const remarkable = failed || reply.elapsedTime > slow_ms
    if (remarkable || log.isLevelEnabled('debug')) {
      const told = {
        ...callerOf(request),
        method: request.method,
        path: pathOf(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      }
      if (remarkable) request.log.warn(told, 'slow or failed request')
      else request.log.debug(told, 'request')
    }
    done()
  })
}
