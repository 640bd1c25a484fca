/** The Fastify instance: request ids, bounds on what is read, security headers, problems. */
import { randomUUID } from 'node:crypto'
import fastify, { LogController, type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Environment } from '../environment.ts'
import { Problem } from '../problems.ts'
import { createProxies } from '../proxies.ts'
import { logRequests } from './caller.ts'
import { answerClientErrors } from './client-errors.ts'
import { allowOrigins } from './cors.ts'
import { securityHeaders, sendSecurityHeaders, setSecurityHeaders } from './headers.ts'
import { acceptJson, largestBody } from './json-body.ts'
import { answerError, renderProblems } from './problem-reply.ts'
import { endSlowBodies, type BodyPace } from './slow-bodies.ts'
import { acceptUploads } from './uploads.ts'

const requestIdForm = /^[\w.:-]{1,128}$/
/** Of the request line and all headers together; more is answered with 431. */
const largestHead = 16 * 1024
const longestUrl = 8 * 1024
const headers_timeout_ms = 15_000
/** The outermost bound, for an upload of the largest file over a slow line. */
const request_timeout_ms = 20 * 60_000

type Options = Pick<Environment, 'publicUrl' | 'corsOrigins' | 'trustedProxies'> & { bodyPace?: BodyPace }

export async function createServer(log: Logger, options: Options): Promise<FastifyInstance> {
  const headers = securityHeaders(options.publicUrl)
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    bodyLimit: largestBody,
    requestTimeout: request_timeout_ms,
    http: { maxHeaderSize: largestHead, headersTimeout: headers_timeout_ms },
    clientErrorHandler: answerClientErrors(headers),
    // What the router cannot even read, as %E0 in a path; it passes by every hook.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(headers, request, reply)
      void answerError(error, request, reply)
    },
    trustProxy: createProxies(options.trustedProxies).isTrusted,
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id']
      return typeof given === 'string' && requestIdForm.test(given) ? given : randomUUID()
    },
    routerOptions: {
      // Longer than any address, so that a long id is told as one that is not there.
      maxParamLength: 16_384,
      ignoreTrailingSlash: true,
    },
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance
  sendSecurityHeaders(app, headers)
  app.addHook('onRequest', (request, _reply, done) =>
    done(request.url.length > longestUrl ? tooLong() : undefined),
  )
  logRequests(app, log)
  acceptJson(app)
  renderProblems(app)
  endSlowBodies(app, options.bodyPace)
  await allowOrigins(app, options.corsOrigins)
  await acceptUploads(app)
  return app
}

const tooLong = () =>
  new Problem(
    414,
    'address_too_long',
    'Address too long',
    `The address is longer than ${longestUrl} characters.`,
  )
