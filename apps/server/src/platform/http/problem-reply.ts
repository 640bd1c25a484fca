/** Renders every failure as application/problem+json. */
import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problems.ts'
import { callerOf, pathOf } from './caller.ts'

/** PostgreSQL's way to say that a value cannot be stored: bad input that no schema could know of. */
const inputStates: Record<string, string> = {
  '22021': 'The text holds a character that cannot be stored.',
  '22P05': 'The text holds a character that cannot be stored.',
  '22003': 'A number is out of range.',
  '54000': 'A value is too large.',
}

export function renderProblems(app: FastifyInstance): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) =>
    send(toProblem(error, request), request, reply),
  )
  app.setNotFoundHandler(async (request, reply) =>
    send(
      new Problem(404, 'route_not_found', 'Not found', `There is no ${request.method} ${pathOf(request)}.`),
      request,
      reply,
    ),
  )
}

function toProblem(error: FastifyError & { code?: string }, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  const stated = inputStates[error.code ?? '']
  if (stated)
    return new Problem(422, 'invalid_input', 'Invalid input', stated, {
      errors: [{ path: '', code: 'invalid', message: stated }],
    })
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500)
    return new Problem(status, codeOf(error), STATUS_CODES[status] ?? 'Bad request', detailOf(error))
  request.log.error(
    { err: error, ...callerOf(request), method: request.method, path: pathOf(request) },
    'request failed',
  )
  return new Problem(
    500,
    'internal_error',
    'Internal error',
    'Something went wrong here. The request id finds it in the log.',
  )
}

/** FST_ERR_CTP_INVALID_MEDIA_TYPE → invalid_media_type */
const codeOf = (error: FastifyError) =>
  error.code?.replace(/^FST_(ERR_)?(CTP_)?/, '').toLowerCase() || 'bad_request'
const detailOf = (error: FastifyError) => error.message.slice(0, 300)

async function send(problem: Problem, request: FastifyRequest, reply: FastifyReply) {
  const { retryAfterSeconds, ...extra } = problem.extra
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(Math.ceil(retryAfterSeconds)))
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send({
      type: `/api/docs/problems#${problem.code}`,
      title: problem.title,
      status: problem.status,
      detail: problem.message,
      code: problem.code,
      request_id: request.id,
      ...extra,
    })
}
