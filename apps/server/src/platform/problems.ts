/**
 * Expected failures. A Problem is rendered as application/problem+json (RFC 9457); anything else that is
 * thrown is logged with its request id and becomes a bare 500.
 */
import { titles, type CodeOf, type FieldCode, type Missing, type ProblemCode } from './problem-catalogue.ts'

export type FieldError = { path: string; code: FieldCode; message: string }

type Extra = {
  errors?: FieldError[]
  /** The record as it is now, for a 409. */
  current?: unknown
  conflicts?: string[]
  retryAfterSeconds?: number
}

export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly code: ProblemCode
  readonly title: string
  readonly extra: Extra

  constructor(status: number, code: ProblemCode, title: string, detail: string, extra: Extra = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.title = title
    this.extra = extra
  }
}

export const malformed = (code: CodeOf<400>, detail: string) => new Problem(400, code, titles[400], detail)
export const notAuthenticated = (detail = 'Log in, or send a valid access token.') =>
  new Problem(401, 'not_authenticated', titles[401], detail)
export const forbidden = (code: CodeOf<403>, detail: string) => new Problem(403, code, titles[403], detail)
/** @param wanted any one of which would have done. */
export const permissionMissing = (
  { kind, role_name }: { kind: string; role_name: string },
  wanted: string | readonly string[],
) =>
  forbidden(
    'permission_missing',
    kind === 'api_key'
      ? `This API key does not include ${anyOf(wanted)}.`
      : `Your role (${role_name}) does not include ${anyOf(wanted)}.`,
  )
const anyOf = (wanted: string | readonly string[]) =>
  typeof wanted === 'string' ? wanted : wanted.join(' or ')
export const notFound = (what: Missing, id: string) =>
  new Problem(404, `${what}_not_found`, titles[404], `There is no ${what} ${id} here.`)
export const conflict = (code: CodeOf<409>, detail: string, extra?: Extra) =>
  new Problem(409, code, titles[409], detail, extra)
export const tooMany = (code: CodeOf<429>, detail: string, retryAfterSeconds: number) =>
  new Problem(429, code, titles[429], detail, { retryAfterSeconds })

/** A 422 that names each place: `invalid([{ path: 'email', code: 'invalid', message: '…' }])`. */
export function invalid(errors: FieldError[]): Problem {
  const [first] = errors
  const detail = first ? `${first.path || 'The body'}: ${first.message}` : 'The input is not valid.'
  return new Problem(422, 'invalid_input', titles[422], detail, { errors })
}

/** A 422 for one place. */
export const invalidField = (path: string, code: FieldCode, message: string) =>
  invalid([{ path, code, message }])

/** A 422 for fields that the caller's role sees at most. */
export const forbiddenFields = (paths: readonly string[]) =>
  invalid(
    paths.map((path) => ({
      path,
      code: 'forbidden_field',
      message: 'cannot be given or changed by your role',
    })),
  )
