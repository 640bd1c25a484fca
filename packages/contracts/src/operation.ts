import type { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One operation of the API, described once: the server validates by it, the OpenAPI document is
 * generated from it, and the SDK takes its types from it.
 */
export type Operation = {
  method: Method
  /** Path below /api, with `{name}` parameters, as OpenAPI spells them. */
  path: string
  summary: string
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** The body is multipart/form-data with one file part beside the fields of `body`. */
  multipart?: true
  /** Status of the plain success; 200 unless told. */
  status?: 200 | 201 | 202 | 204
  reply?: z.ZodType
  /** Statuses of refusals beyond those that every operation of its kind may answer. */
  problems?: readonly (401 | 403 | 404 | 409 | 502)[]
  /** The reply is not JSON (a file, an HTML page): its media type. */
  media?: string
  /** Works in read-only mode, too, in which every other operation but a GET is refused. */
  during_maintenance?: true
}

export function operation<const Op extends Operation>(op: Op): Op {
  return op
}

type Input<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined
type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

export type ParamsOf<Op extends Operation> = Output<Op['params']>
export type QueryOf<Op extends Operation> = Output<Op['query']>
export type BodyOf<Op extends Operation> = Output<Op['body']>
export type ReplyOf<Op extends Operation> = Op['reply'] extends z.ZodType ? z.output<Op['reply']> : undefined
export type ParamsInput<Op extends Operation> = Input<Op['params']>
export type QueryInput<Op extends Operation> = Input<Op['query']>
export type BodyInput<Op extends Operation> = Input<Op['body']>
