/** Validates params, query and body by the operation's schemas; every finding becomes a named 422. */
import type { Operation } from '@rapport/contracts'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { invalid, malformed, notFound, type FieldError } from '../problems.ts'
import type { Input } from './route.ts'

export function parseInput<Op extends Operation>(op: Op, request: FastifyRequest): Input<Op> {
  const params = op.params ? parseParams(op, request) : undefined
  const query = parsePart(op.query, request.query ?? {}, 'query')
  if (!op.query && hasKeys(request.query))
    throw invalid(Object.keys(request.query as object).map((key) => unknownKey(`query.${key}`)))
  const body = op.multipart ? undefined : parseBody(op, request.body)
  return { params, query, body } as Input<Op>
}

/** A path id that is no UUID names nothing: 404, as for any other unknown id. */
function parseParams(op: Operation, request: FastifyRequest): unknown {
  const parsed = op.params?.safeParse(request.params)
  if (parsed?.success) return parsed.data
  throw notFound('record', String(Object.values(request.params as Record<string, string>)[0]).slice(0, 64))
}

function parseBody(op: Operation, body: unknown): unknown {
  if (!op.body) {
    if (hasKeys(body)) throw invalid(Object.keys(body as object).map(unknownKey))
    return undefined
  }
  if (body === undefined || body === null) throw malformed('body_missing', 'This route needs a JSON body.')
  return parsePart(op.body, body, '')
}

function parsePart(schema: z.ZodType | undefined, value: unknown, prefix: string): unknown {
  if (!schema) return undefined
  const unstorable = findUnstorable(value, prefix)
  if (unstorable !== null)
    throw invalid([
      { path: unstorable, code: 'invalid_text', message: 'has characters that no text may have' },
    ])
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalid(parsed.error.issues.flatMap((issue) => fieldErrors(issue, prefix)))
}

function fieldErrors(issue: z.core.$ZodIssue, prefix: string): FieldError[] {
  const path = [...(prefix ? [prefix] : []), ...issue.path.map(String)].join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(path ? `${path}.${key}` : key))
  return [{ path, code: issue.code, message: issue.message }]
}

/** Where a text is that PostgreSQL cannot keep: with a NUL, or half of a surrogate pair. Names count as texts. */
function findUnstorable(value: unknown, path: string): string | null {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0') ? null : path
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const place = path === '' ? key : `${path}.${key}`
    const found = findUnstorable(key, place) ?? findUnstorable(inner, place)
    if (found !== null) return found.toWellFormed().replaceAll('\0', '')
  }
  return null
}

const unknownKey = (path: string): FieldError => ({
  path,
  code: 'unknown_field',
  message: 'is not a field that can be given here',
})

function hasKeys(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}
