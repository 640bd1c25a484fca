/** Rooms of opened records: who looks at a record is in its room while the page is open. */
import { z } from 'zod'
import type { Acknowledge, MemberSocket } from './member.ts'
import { mayHear } from './audience.ts'

const RecordName = z.object({ object: z.string().max(60), id: z.uuid() })
const mostOpen = 50
/** A person opens and closes a few pages a second at most. */
const burst = 40
const perSecond = 10

const roomOf = (organization_id: string, { object, id }: { object: string; id: string }) =>
  `record:${organization_id}:${object}:${id}`

export function serveRecordRooms(socket: MemberSocket): void {
  const room = (record: unknown): string | null => {
    const parsed = RecordName.safeParse(record)
    return parsed.success ? roomOf(socket.data.actor.organization_id, parsed.data) : null
  }
  const openRooms = () => [...socket.rooms].filter((name) => name.startsWith('record:')).length

  socket.on('open', (record, acknowledge) => {
    const name = room(record)
    if (!name) return answer(acknowledge, 'invalid_input')
    // Without the record's owner at hand, only a permission that reaches all records opens its room.
    if (!mayHear(socket.data.actor, record.object, null)) return answer(acknowledge, 'permission_missing')
    if (openRooms() >= mostOpen) return answer(acknowledge, 'too_many_open')
    void socket.join(name)
    answer(acknowledge)
  })
  socket.on('close', (record, acknowledge) => {
    const name = room(record)
    if (!name) return answer(acknowledge, 'invalid_input')
    void socket.leave(name)
    answer(acknowledge)
  })
}

function answer(acknowledge: Acknowledge | undefined, code?: string): void {
  if (typeof acknowledge === 'function') acknowledge(code ? { ok: false, code } : { ok: true })
}

/** Ends a socket that sends more than a person could. */
export function guardAgainstFloods(socket: MemberSocket): void {
  let tokens = burst
  let filledAt = Date.now()
  socket.use((_packet, next) => {
    const now = Date.now()
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond)
    filledAt = now
    tokens -= 1
    if (tokens >= 0) next()
    else socket.disconnect(true)
  })
}
