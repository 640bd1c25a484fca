import type { BodyInput, Operation, ReplyOf } from '@rapport/contracts'
import type { ProblemLike } from '../ui/problem.ts'
import { reportAnswer } from './connection.ts'

/** A refusal of the server, as its RFC 9457 problem. */
export class Refusal extends Error implements ProblemLike {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly request_id: string
  readonly errors: NonNullable<ProblemLike['errors']>

  constructor(problem: Partial<ProblemLike> & { status: number }) {
    super(problem.detail ?? `HTTP ${problem.status}`)
    this.name = 'Refusal'
    this.status = problem.status
    this.code = problem.code ?? 'unknown'
    this.detail = problem.detail ?? ''
    this.request_id = problem.request_id ?? ''
    this.errors = problem.errors ?? []
  }
}

/** What a proxy answers in the server's place has no problem body; its status still counts. */
async function readRefusal(response: Response): Promise<Refusal> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json') ?? false
  const problem = isProblem ? ((await response.json()) as Partial<ProblemLike>) : {}
  return new Refusal({ ...problem, status: response.status })
}

/** Calls one operation without path parameters: what the session needs. */
export async function send<Op extends Operation>(op: Op, body?: BodyInput<Op>): Promise<ReplyOf<Op>> {
  const response = await fetch(`/api${op.path}`, {
    method: op.method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  reportAnswer(response.status)
  if (!response.ok) throw await readRefusal(response)
  return (response.status === 204 ? undefined : await response.json()) as ReplyOf<Op>
}
