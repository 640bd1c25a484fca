/** The feeds of this process: one for each organization with connected sockets, gone with the last of them. */
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { CommitSignal } from '../events/signal.ts'
import type { Tenancy } from '../tenancy.ts'
import type { ChannelDoor } from './channels.ts'
import { OrganizationFeed, type MemberServer } from './feed.ts'
import type { MemberSocket } from './member.ts'

/** A process that was killed between its commit and its NOTIFY told nobody; this finds it. */
const sweep_ms = 5_000

type Parts = {
  io: MemberServer
  tenancy: Tenancy
  signal: CommitSignal
  log: Logger
  channels: ChannelDoor
  readmit: (organization_id: string) => Promise<void>
}
type Open = { feed: OrganizationFeed; sockets: number }

export function createFeeds({ io, tenancy, signal, log, channels, readmit }: Parts) {
  const open = new Map<string, Open>()

  async function sweep(): Promise<void> {
    if (open.size === 0) return
    const { rows } = await tenancy.inSystem((tx) =>
      sql<{ organization_id: string; seq: number }>`
        SELECT organization_id, seq FROM event_heads WHERE organization_id = ANY(${[...open.keys()]}::uuid[])`.execute(
        tx,
      ),
    )
    for (const { organization_id, seq } of rows) open.get(organization_id)?.feed.notice(seq)
  }
  const sweepInBackground = () => {
    sweep().catch((error: unknown) => log.warn({ err: error }, 'could not look for events; trying again'))
  }
  const unsubscribe = signal.subscribe({
    committed: ({ organization_id, seq }) => open.get(organization_id)?.feed.notice(seq),
    recheck: sweepInBackground,
  })
  const timer = setInterval(sweepInBackground, sweep_ms)
  timer.unref()

  function release(socket: MemberSocket, { organization_id }: { organization_id: string }): void {
    const entry = open.get(organization_id)
    if (!entry) return
    entry.feed.leave(socket)
    entry.sockets -= 1
    if (entry.sockets > 0) return
    entry.feed.close()
    open.delete(organization_id)
  }

  return {
    join(socket: MemberSocket): void {
      if (socket.disconnected) return
      const { organization_id } = socket.data.actor
      const entry = open.get(organization_id) ?? {
        feed: new OrganizationFeed({ organization_id, io, tenancy, log, channels, readmit }),
        sockets: 0,
      }
      entry.sockets += 1
      open.set(organization_id, entry)
      socket.on('disconnect', () => release(socket, { organization_id }))
      entry.feed.join(socket).catch((error: unknown) => {
        log.warn({ err: error, organization_id }, 'a socket could not be brought up to date')
        socket.disconnect(true) // it comes back and says where it was
      })
    },
    move: (socket: MemberSocket): void => open.get(socket.data.actor.organization_id)?.feed.move(socket),
    close(): void {
      unsubscribe()
      clearInterval(timer)
      for (const { feed } of open.values()) feed.close()
    },
  }
}
