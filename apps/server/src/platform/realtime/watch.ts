/**
 * Does each connected member still have its session, its membership and its permissions? Asked every few seconds, and
 * at once of an organization in which they changed.
 */
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { findOff, type Features } from '../features/index.ts'
import type { Actor } from '../actor.ts'
import { Problem } from '../problems.ts'
import type { Tenancy } from '../tenancy.ts'
import type { SocketAuthentication } from './admission.ts'
import { audienceOf } from './audience.ts'
import type { MemberSocket } from './member.ts'

const interval_ms = 3_000
const concurrency = 4

type Parts = {
  sockets: () => MemberSocket[]
  authentication: SocketAuthentication
  features: Pick<Features, 'isOn'>
  tenancy: Tenancy
  log: Logger
  /** The member may now hear of other things than before. */
  onChanged: (socket: MemberSocket) => void
}

export type Watch = {
  /** Gives the sockets of the organization the permissions that their members have now, or shuts them out. */
  readmit: (organization_id: string) => Promise<void>
  /** The same for one socket, as far as it is not known that nothing has changed. */
  readmitOne: (socket: MemberSocket) => Promise<void>
  stop: () => void
}

export function watchMembers(parts: Parts): Watch {
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    checkMembers(parts)
      .catch((error: unknown) => parts.log.warn({ err: error }, 'connected members could not be checked'))
      .finally(() => (busy = false))
  }, interval_ms)
  timer.unref()
  return {
    async readmit(organization_id) {
      parts.authentication.forgetOrganization(organization_id)
      const here = parts.sockets().filter((socket) => socket.data.actor.organization_id === organization_id)
      await checkAll(parts, here)
    },
    readmitOne: (socket) => checkMember(parts, [socket]),
    stop: () => clearInterval(timer),
  }
}

async function checkMembers(parts: Parts): Promise<void> {
  const sockets = parts.sockets()
  if (sockets.length === 0) return
  const ended = await findEndedSessions(parts.tenancy, sockets)
  const hasEnded = ({ identity }: MemberSocket['data']) =>
    identity.kind === 'session' && ended.has(identity.session_id)
  for (const socket of sockets) if (hasEnded(socket.data)) socket.disconnect(true)
  await checkAll(
    parts,
    sockets.filter((socket) => !hasEnded(socket.data)),
  )
}

async function checkAll(parts: Parts, sockets: readonly MemberSocket[]): Promise<void> {
  const members = new Map<string, MemberSocket[]>()
  for (const socket of sockets) {
    const { identity, actor } = socket.data
    // A key that has ended is an actor no longer.
    const how = identity.kind === 'session' && identity.two_factor ? 'two-factor' : ''
    const key = `${actor.api_key_id ?? identity.user_id} ${actor.organization_id} ${how}`
    members.set(key, [...(members.get(key) ?? []), socket])
  }
  const queue = [...members.values()]
  const work = async () => {
    for (let group = queue.pop(); group; group = queue.pop()) await checkMember(parts, group)
  }
  await Promise.all(Array.from({ length: concurrency }, work))
}

async function checkMember(parts: Parts, sockets: MemberSocket[]): Promise<void> {
  const [one] = sockets
  if (!one) return
  const actor = await actorNow(parts.authentication, one.data)
  const isIn = actor !== null && (await findOff(parts.features, actor, 'realtime')) === null
  for (const socket of sockets) {
    if (!isIn) {
      socket.disconnect(true)
      continue
    }
    const before = audienceOf(socket.data.actor).key
    socket.data.actor = actor
    if (audienceOf(actor).key !== before) parts.onChanged(socket)
  }
}

/** Null also when the organization now asks more of a log-in than this one has shown. */
async function actorNow(
  authentication: SocketAuthentication,
  { identity, actor }: MemberSocket['data'],
): Promise<Actor | null> {
  try {
    return await authentication.actorIn(identity, actor.organization_id)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

async function findEndedSessions(tenancy: Tenancy, sockets: MemberSocket[]): Promise<Set<string>> {
  const identities = sockets.map((socket) => socket.data.identity)
  const sessions = identities.flatMap((one) => (one.kind === 'session' ? [one.session_id] : []))
  const ids = [...new Set(sessions)]
  const { rows } = await tenancy.inSystem((tx) =>
    sql<{ id: string }>`
      SELECT asked.id FROM unnest(${ids}::uuid[]) AS asked (id)
      LEFT JOIN sessions s ON s.id = asked.id AND s.revoked_at IS NULL AND s.expires_at > now()
      WHERE s.id IS NULL`.execute(tx),
  )
  return new Set(rows.map((row) => row.id))
}
