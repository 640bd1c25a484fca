/** Renders every failure as application/problem+json. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { titles, typeOf, type ProblemCode } from '../problem-catalogue.ts'
import { Problem } from '../problems.ts'
import { callerOf, pathOf } from './caller.ts'

/** PostgreSQL's way to say that a value cannot be stored: bad input that no schema could know of. */
const inputStates: Record<string, string> = {
  '22021': 'The text holds a character that cannot be stored.',
  '22P05': 'The text holds a character that cannot be stored.',
  '22003': 'A number is out of range.',
  '54000': 'A value is too large.',
}

/** What Fastify and its forms refuse before a route is asked. */
const frameworkCodes: Record<string, ProblemCode> = {
  FST_ERR_BAD_URL: 'bad_url',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_content_length',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'invalid_media_type',
  FST_ERR_MAX_PARAM_LENGTH: 'max_param_length',
  FST_FIELDS_LIMIT: 'fields_limit',
  FST_FILES_LIMIT: 'files_limit',
  FST_INVALID_JSON_FIELD_ERROR: 'invalid_json_field_error',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'invalid_multipart_content_type',
  FST_MP_PREMATURE_CLOSE: 'mp_premature_close',
  FST_PARTS_LIMIT: 'parts_limit',
  FST_PROTO_VIOLATION: 'proto_violation',
  FST_REQ_FILE_TOO_LARGE: 'req_file_too_large',
}

export function renderProblems(app: FastifyInstance): void {
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(async (request, reply) =>
    send(
      new Problem(404, 'route_not_found', titles[404], `There is no ${request.method} ${pathOf(request)}.`),
      request,
      reply,
    ),
  )
}

export const answerError = async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
  send(toProblem(error, request), request, reply)

function toProblem(error: FastifyError & { code?: string }, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  const stated = inputStates[error.code ?? '']
  if (stated)
    return new Problem(422, 'invalid_input', titles[422], stated, {
      errors: [{ path: '', code: 'invalid', message: stated }],
    })
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500)
    return new Problem(
      status,
      frameworkCodes[error.code ?? ''] ?? 'bad_request',
      titleOf(status),
      error.message.slice(0, 300),
    )
  request.log.error(
    { err: error, ...callerOf(request), method: request.method, path: pathOf(request) },
    'request failed',
  )
  return new Problem(
    500,
    'internal_error',
    titles[500],
    'Something went wrong here. The request id finds it in the log.',
  )
}

const titleOf = (status: number): string => (titles as Record<number, string>)[status] ?? titles[400]

async function send(problem: Problem, request: FastifyRequest, reply: FastifyReply) {
  const { retryAfterSeconds, ...extra } = problem.extra
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(Math.ceil(retryAfterSeconds)))
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send({
      type: typeOf(problem.code),
      title: problem.title,
      status: problem.status,
      detail: problem.message,
      code: problem.code,
      request_id: request.id,
      ...extra,
    })
}
