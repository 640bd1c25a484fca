/** The typed client: one function per operation of the contracts, problem details as errors. */
import type {
  BodyInput,
  Operation,
  Operations,
  ParamsInput,
  Problem,
  QueryInput,
  ReplyOf,
} from '@rapport/contracts'
import { endpoints } from './endpoints.ts'

export type Endpoint = {
  method: string
  path: string
  reply: 'json' | 'text' | 'file' | 'nothing'
  form?: true
}

/** What a call takes: `params` and `body` exactly when the operation has them. */
type Part<Name extends string, Value> = undefined extends Value
  ? { [Key in Name]?: Value }
  : Record<never, never> extends Value
    ? { [Key in Name]?: Value }
    : { [Key in Name]: Value }
export type CallOptions = {
  signal?: AbortSignal
  idempotencyKey?: string
  file?: File | Blob
  keepalive?: boolean
}
export type CallInput<Op extends Operation> = Part<'params', ParamsInput<Op>> &
  Part<'query', QueryInput<Op>> &
  Part<'body', BodyInput<Op>> &
  CallOptions
type Call<Op extends Operation> =
  Record<never, never> extends CallInput<Op>
    ? (input?: CallInput<Op>) => Promise<ReplyOf<Op> extends undefined ? ReplyOfMedia<Op> : ReplyOf<Op>>
    : (input: CallInput<Op>) => Promise<ReplyOf<Op> extends undefined ? ReplyOfMedia<Op> : ReplyOf<Op>>

export type Rapport = {
  [Group in keyof Operations]: {
    [Name in keyof Operations[Group]]: Operations[Group][Name] extends Operation
      ? Call<Operations[Group][Name]>
      : never
  }
}

export type ClientOptions = {
  /** Origin of the installation; '' in the web app, which is served by it. */
  baseUrl: string
  /** Access token or API key; the web app leaves it out and uses its cookie. */
  token?: () => string | undefined | Promise<string | undefined>
  /** The organization that tenant calls name in X-Org-Id. */
  organizationId?: () => string | undefined
  fetch?: typeof fetch
  /** Told the status of every answer. */
  onAnswer?: (status: number) => void
}

/** Text comes as a string, anything else that is no JSON as a Blob. */
type ReplyOfMedia<Op> = Op extends { media: `text/${string}` }
  ? string
  : Op extends { media: string }
    ? Blob
    : undefined

/** An expected refusal by the server, with everything it said. */
export class RapportProblem extends Error {
  override name = 'RapportProblem'
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
  get status(): number {
    return this.problem.status
  }
  get code(): string {
    return this.problem.code
  }
  get detail(): string {
    return this.problem.detail
  }
  get request_id(): string {
    return this.problem.request_id
  }
  /** What is wrong where, for a 422. */
  get errors(): NonNullable<Problem['errors']> {
    return this.problem.errors ?? []
  }
}

/** The server could not be reached. */
export class RapportUnreachable extends Error {
  override name = 'RapportUnreachable'
  readonly status = 0
  readonly code = 'unreachable'
}

type AnyInput = CallOptions & {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

export function createRapport(options: ClientOptions): Rapport {
  const groups = Object.entries(endpoints).map(([group, members]) => [
    group,
    Object.fromEntries(
      Object.entries(members).map(([name, endpoint]) => [
        name,
        (input?: AnyInput) => call(options, endpoint, input ?? {}),
      ]),
    ),
  ])
  return Object.fromEntries(groups) as Rapport
}

async function call(options: ClientOptions, endpoint: Endpoint, input: AnyInput): Promise<unknown> {
  const url = options.baseUrl + pathOf(endpoint.path, input.params) + queryOf(input.query)
  const request: RequestInit = {
    method: endpoint.method,
    headers: await headersOf(options, endpoint, input),
    credentials: 'same-origin',
  }
  if (endpoint.form) request.body = formOf(input)
  else if (input.body !== undefined) request.body = JSON.stringify(input.body)
  if (input.signal) request.signal = input.signal
  if (input.keepalive) request.keepalive = true
  const response = await send(options.fetch ?? fetch, url, request)
  options.onAnswer?.(response.status)
  if (!response.ok) throw new RapportProblem(await problemOf(response))
  if (endpoint.reply === 'nothing') return undefined
  if (endpoint.reply === 'file') return response.blob()
  return endpoint.reply === 'text' ? response.text() : response.json()
}

/** The path below /api with its parameters filled in. */
function pathOf(path: string, params: Record<string, string> = {}): string {
  return `/api${path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))}`
}

function queryOf(query: Record<string, unknown> | undefined): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null)
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`
}

async function headersOf(
  options: ClientOptions,
  endpoint: Endpoint,
  input: AnyInput,
): Promise<Record<string, string>> {
  const token = await options.token?.()
  const organization = options.organizationId?.()
  return {
    accept: 'application/json',
    ...(input.body !== undefined && !endpoint.form ? { 'content-type': 'application/json' } : {}),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(organization ? { 'x-org-id': organization } : {}),
    ...(input.idempotencyKey ? { 'idempotency-key': input.idempotencyKey } : {}),
  }
}

function formOf(input: AnyInput): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries((input.body ?? {}) as Record<string, unknown>))
    form.set(name, String(value))
  if (input.file) form.set('file', input.file)
  return form
}

async function send(fetcher: typeof fetch, url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetcher(url, request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new RapportUnreachable('The server cannot be reached.', { cause: error })
  }
}

/** An answer that is no problem document comes from something between us and the server. */
async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text()
  if (response.headers.get('content-type')?.includes('problem+json')) return JSON.parse(text) as Problem
  return {
    type: 'about:blank',
    title: response.statusText || 'Error',
    status: response.status,
    detail: `The server answered ${response.status}.`,
    code: 'unexpected_answer',
    request_id: response.headers.get('x-request-id') ?? '',
  }
}
