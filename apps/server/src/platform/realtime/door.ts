/** What the server of the sockets shares with that of the pages: headers, allowed origins, limits by address. */
import type { IncomingMessage } from 'node:http'
import type { ServerOptions } from 'socket.io'
import type { Environment } from '../environment.ts'
import { corsOptions } from '../http/cors.ts'
import type { SecurityHeaders } from '../http/headers.ts'
import type { Counters } from '../limits/index.ts'
import { subscriberOf } from '../network.ts'
import { createProxies } from '../proxies.ts'

type Parts = {
  headers: SecurityHeaders
  environment: Pick<Environment, 'corsOrigins' | 'trustedProxies'>
  counters: Pick<Counters, 'ip'>
}

export type SocketDoor = {
  options: Partial<ServerOptions>
  headers: Readonly<Record<string, string>>
  /** From where a connection comes, as requests know it. */
  addressOf: (request: IncomingMessage) => string
}

export function createSocketDoor({ headers, environment, counters }: Parts): SocketDoor {
  const { corsOrigins, trustedProxies } = environment
  const proxies = createProxies(trustedProxies)
  const addressOf = ({ socket, headers: given }: IncomingMessage) =>
    proxies.callerOf(socket.remoteAddress ?? '', given['x-forwarded-for'])

  async function mayConnect(request: IncomingMessage): Promise<boolean> {
    if (!counters.ip) return true
    return !(await counters.ip(subscriberOf(addressOf(request)))).refused
  }

  return {
    options: {
      ...(corsOrigins.length > 0 ? { cors: corsOptions(corsOrigins) } : {}),
      allowRequest(request, answer) {
        mayConnect(request).then(
          (allowed) => answer(allowed ? null : 'Too many requests.', allowed),
          (error: unknown) => answer(String(error), false),
        )
      },
    },
    headers: Object.fromEntries(headers.data),
    addressOf,
  }
}
