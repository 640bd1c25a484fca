/** The Fastify instance: request ids, JSON parsing, security headers, problems. */
import { randomUUID } from 'node:crypto'
import fastify, { LogController, type FastifyInstance } from 'fastify'
import multipart from '@fastify/multipart'
import type { Logger } from 'pino'
import { malformed } from '../problems.ts'
import { renderProblems } from './problem-reply.ts'

const oneMebibyte = 1024 * 1024
const requestIdForm = /^[\w.:-]{1,128}$/

const securityHeaders: Record<string, string> = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; style-src-attr 'unsafe-inline'; script-src 'self'; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), payment=()',
}

export async function createServer(log: Logger): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: oneMebibyte,
    // A proxy on the same machine may say whom it speaks for; nobody else may.
    trustProxy: 'loopback',
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id']
      return typeof given === 'string' && requestIdForm.test(given) ? given : randomUUID()
    },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('x-request-id', request.id)
    for (const name in securityHeaders) reply.raw.setHeader(name, securityHeaders[name] as string)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const { method, url } = request
    const answered = { method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    if (reply.statusCode >= 500 || reply.elapsedTime > 1000)
      request.log.warn(answered, 'slow or failed request')
    else request.log.debug(answered, 'request')
    done()
  })
  acceptJson(app)
  renderProblems(app)
  await app.register(multipart, {
    limits: { files: 1, fields: 20, fieldSize: 10_000, fileSize: 200 * oneMebibyte },
  })
  return app
}

/** JSON bodies; an empty one counts as none. Keys that would reach a prototype are refused. */
function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/*+json'],
    { parseAs: 'string' },
    (request, body, done) => {
      if (body === '') return done(null, undefined)
      return parse(request, body as string, (error, value) =>
        error
          ? done(malformed('json_malformed', `The body is not valid JSON: ${error.message}`))
          : done(null, value),
      )
    },
  )
}
