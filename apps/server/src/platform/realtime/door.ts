/** What the server of the sockets shares with that of the pages: headers, allowed origins, limits by address. */
import type { IncomingMessage } from 'node:http'
import type { ServerOptions } from 'socket.io'
import { corsOptions } from '../http/cors.ts'
import type { SecurityHeaders } from '../http/headers.ts'
import type { Counters } from '../limits/index.ts'
import { callerAddress, subscriberOf } from '../network.ts'

type Parts = { headers: SecurityHeaders; corsOrigins: readonly string[]; counters: Pick<Counters, 'ip'> }

export type SocketDoor = { options: Partial<ServerOptions>; headers: Readonly<Record<string, string>> }

export function createSocketDoor({ headers, corsOrigins, counters }: Parts): SocketDoor {
  return {
    options: {
      ...(corsOrigins.length > 0 ? { cors: corsOptions(corsOrigins) } : {}),
      allowRequest(request, answer) {
        mayConnect(request, counters).then(
          (allowed) => answer(allowed ? null : 'Too many requests.', allowed),
          (error: unknown) => answer(String(error), false),
        )
      },
    },
    headers: Object.fromEntries(headers.data),
  }
}

async function mayConnect({ socket, headers }: IncomingMessage, { ip }: Pick<Counters, 'ip'>) {
  if (!ip) return true
  const address = callerAddress(socket.remoteAddress ?? '', headers['x-forwarded-for'])
  return !(await ip(subscriberOf(address))).refused
}
