/**
 * Real time over Socket.IO: one feed for each organization with open screens, events in order and exactly
 * once, catch-up by `seq`, and never an event that the member could not read.
 */
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { Logger } from 'pino'
import type { Refusals } from '../audit/index.ts'
import type { CommitSignal } from '../events/signal.ts'
import type { Features } from '../features/index.ts'
import type { Maintenance } from '../maintenance/index.ts'
import type { Tenancy } from '../tenancy.ts'
import { admit, refusalOf, type SocketAuthentication } from './admission.ts'
import type { ChannelDoor } from './channels.ts'
import type { SocketDoor } from './door.ts'
import { createFeeds } from './feeds.ts'
import type { MemberServer } from './feed.ts'
import type { MemberSocket } from './member.ts'
import type { RunningPeople } from './people.ts'
import { createPresence, type FindOwner } from './presence.ts'
import { guardAgainstFloods, serveRecordRooms } from './records.ts'
import type { SharedPresence } from './shared-presence.ts'
import { createTyping, type SharedTyping } from './typing.ts'
import { watchMembers } from './watch.ts'

export type { SocketAuthentication } from './admission.ts'

export type Realtime = {
  /** How many are connected to this process. */
  count: () => number
  stop: () => Promise<void>
}

type Parts = {
  server: HttpServer
  tenancy: Tenancy
  signal: CommitSignal
  authentication: SocketAuthentication
  features: Pick<Features, 'isOn'>
  maintenance: Pick<Maintenance, 'current' | 'onChange'>
  door: SocketDoor
  refusals: Pick<Refusals, 'note'>
  findOwner: FindOwner
  channels: ChannelDoor
  /** Where several processes share who views what; null for one alone. */
  sharedPresence: SharedPresence | null
  /** The same for who writes where. */
  sharedTyping: SharedTyping | null
  people: RunningPeople
  heartbeat?: Heartbeat | undefined
  log: Logger
}

/** How often a connection is asked for a sign of life, and how long the answer may take: then it is dead. */
export type Heartbeat = { pingInterval: number; pingTimeout: number }

const usualHeartbeat: Heartbeat = { pingInterval: 20_000, pingTimeout: 15_000 }

export function createRealtime(parts: Parts): Realtime {
  const { server, tenancy, signal, authentication, features, maintenance, door, refusals, log } = parts
  const io: MemberServer = new Server(server, {
    path: '/api/realtime',
    serveClient: false,
    // A client says who it is and which record it looks at: a few hundred bytes.
    maxHttpBufferSize: 16_384,
    connectTimeout: 10_000,
    ...(parts.heartbeat ?? usualHeartbeat),
    ...door.options,
  })
  io.engine.on('headers', (headers: Record<string, string>) => void Object.assign(headers, door.headers))
  const watch = watchMembers({
    sockets: () => [...io.sockets.sockets.values()] as MemberSocket[],
    authentication,
    features,
    tenancy,
    log,
    onChanged: (socket) => feeds.move(socket),
  })
  const presence = createPresence({ findOwner: parts.findOwner, shared: parts.sharedPresence, log })
  const typing = createTyping({ io, channels: parts.channels, shared: parts.sharedTyping, log })
  const feeds = createFeeds({ io, tenancy, signal, log, channels: parts.channels, readmit: watch.readmit })
  const { people } = parts
  people.tellThrough((organization_id, changed) =>
    io.local.to(`org:${organization_id}`).emit('people', { people: changed }),
  )

  io.use(async (socket, next) => {
    try {
      Object.assign(socket.data, await admit(socket, { authentication, features, refusals, door }))
    } catch (error) {
      return next(refusalOf(error, log))
    }
    next()
  })
  io.on('connection', (socket) => {
    const { actor } = socket.data
    void socket.join([`org:${actor.organization_id}`, `user:${actor.user_id}`])
    // Also that there is none: it may have ended while the connection was away.
    socket.emit('maintenance', maintenance.current())
    guardAgainstFloods(socket)
    serveRecordRooms(socket)
    presence.serve(socket)
    typing.serve(socket)
    people.serve(socket)
    // Permissions that changed between the handshake and here reached a socket that was not known yet.
    watch.readmitOne(socket).then(
      () => feeds.join(socket),
      (error: unknown) => {
        log.warn({ err: error }, 'a connected member could not be checked')
        socket.disconnect(true) // it comes back
      },
    )
  })
  maintenance.onChange((state) => io.local.emit('maintenance', state))

  return {
    count: () => io.sockets.sockets.size,
    async stop() {
      watch.stop()
      feeds.close()
      people.stop()
      presence.stop()
      typing.stop()
      io.disconnectSockets(true)
      io.engine.close()
    },
  }
}
