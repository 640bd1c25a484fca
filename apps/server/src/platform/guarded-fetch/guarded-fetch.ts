/**
 * The only way out for addresses that a user typed. Without it a server is a tool to reach what only the server can:
 * its neighbours, cloud metadata, its own database (server-side request forgery). The name is resolved once, every
 * address that comes back must be public, and the connection is made to those very addresses, so a name that
 * resolves differently a moment later changes nothing. TLS still checks the certificate against the name.
 */
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import type { Agent, Dispatcher } from 'undici'
import { isGlobalAddress } from './addresses.ts'
import { readBody } from './answer.ts'
import { OutgoingError } from './errors.ts'
import { cleanHeaders } from './headers.ts'
import { chooseTarget, type Address, type Resolve, type Target } from './target.ts'

export type OutgoingRequest = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  body?: string | Buffer
  /** The most that an answer may have, packed or unpacked; 1 MiB unless told. */
  max_bytes?: number
}
export type OutgoingAnswer = { status: number; headers: Record<string, string>; body: Buffer }

/** Throws OutgoingError for everything but an answer of the other side, which may well be a 500. */
export type GuardedFetch = (url: string, options?: OutgoingRequest) => Promise<OutgoingAnswer>

export type GuardedFetchSettings = {
  ports: readonly number[]
  connect_ms?: number
  total_ms?: number
  /** For tests, which have no name and no address on the public internet. */
  resolve?: Resolve
  accepts?: (address: string) => boolean
  ca?: string
}

/** Loaded with the first request: it is three megabytes. */
const undici = () => import('undici')
const oneMebibyte = 1024 * 1024

const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, order: 'verbatim' })) as Address[]

export function createGuardedFetch(settings: GuardedFetchSettings): GuardedFetch {
  const { connect_ms = 5_000, total_ms = 10_000, ca } = settings
  const { resolve = resolveBySystem, accepts = isGlobalAddress, ports } = settings

  return async (text, options = {}) => {
    const deadline = AbortSignal.timeout(total_ms)
    try {
      const headers = cleanHeaders(options.headers)
      const target = await until(deadline, chooseTarget(text, { ports, resolve, accepts }))
      const agent = await agentFor(target, { connect_ms, ca })
      try {
        return await exchange(target.url, agent, { ...options, headers, signal: deadline })
      } finally {
        await agent.destroy()
      }
    } catch (error) {
      throw toOutgoingError(error)
    }
  }
}

/** One agent a request: a connection that is kept could be met again by a request that was not checked for it. */
async function agentFor(
  { addresses }: Target,
  { connect_ms, ca }: { connect_ms: number; ca: string | undefined },
): Promise<Agent> {
  const pinned: LookupFunction = (_hostname, { all }, answer) => {
    const [first] = addresses
    if (all) answer(null, addresses)
    else answer(null, first?.address ?? '', first?.family)
  }
  const { Agent } = await undici()
  return new Agent({
    allowH2: false,
    connections: 1,
    maxHeaderSize: 16_384,
    connect: { lookup: pinned, timeout: connect_ms, ...(ca ? { ca } : {}) },
  })
}

type Exchange = OutgoingRequest & { headers: Record<string, string>; signal: AbortSignal }

async function exchange(url: URL, dispatcher: Dispatcher, options: Exchange): Promise<OutgoingAnswer> {
  const { method = 'GET', headers, body = null, max_bytes = oneMebibyte, signal } = options
  const { request } = await undici()
  const answer = await request(url, { dispatcher, method, headers, body, signal })
  if (answer.statusCode >= 300 && answer.statusCode < 400) throw new OutgoingError('redirected')
  const received = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  )
  return {
    status: answer.statusCode,
    headers: received,
    body: await readBody(answer.body, received['content-encoding'], max_bytes),
  }
}

/** Resolving a name cannot be called off; it is not waited for any longer. */
function until<T>(deadline: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    deadline.addEventListener('abort', () => reject(new OutgoingError('timed_out')), { once: true })
    work.then(resolve, reject)
  })
}

function toOutgoingError(error: unknown): OutgoingError {
  if (error instanceof OutgoingError) return error
  const { name, code } = error as { name?: string; code?: string }
  if (name === 'TimeoutError' || code === 'UND_ERR_CONNECT_TIMEOUT')
    return new OutgoingError('timed_out', error)
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return new OutgoingError('too_large', error)
  return new OutgoingError('unreachable', error)
}
