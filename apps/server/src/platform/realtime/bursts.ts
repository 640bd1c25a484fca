/**
 * Events on their way to rooms, a turn of the feed at a time. All that a room hears in a turn leaves in one write to each
 * of its sockets: with many sockets, system calls are most of what a burst costs, and Socket.IO would write each by itself.
 * What is written is its own protocol (socket.io-protocol 5: packet 4, event 2), so a client sees no difference.
 */
import type { RapportEvent } from '@rapport/contracts'
import type { MemberServer } from './feed.ts'

/** Rooms of one sort share no socket, so nothing has an order among them. */
type Sort = 'audiences' | `channel:${string}`

export class Bursts {
  readonly #io: MemberServer
  readonly #waiting = new Map<string, string[]>()
  #sort: Sort = 'audiences'

  constructor(io: MemberServer) {
    this.#io = io
  }

  /** Leaves with the next `flush`, behind what was added before it. */
  add(sort: Sort, room: string, event: RapportEvent): void {
    if (sort !== this.#sort) this.flush()
    this.#sort = sort
    if (!this.#io.of('/').adapter.rooms.has(room)) return
    const packets = this.#waiting.get(room) ?? []
    packets.push(`2${JSON.stringify(['event', event])}`)
    this.#waiting.set(room, packets)
  }

  flush(): void {
    for (const [room, packets] of this.#waiting) this.#write(room, packets)
    this.#waiting.clear()
  }

  #write(room: string, packets: readonly string[]): void {
    const { adapter, sockets } = this.#io.of('/')
    // The option of Engine.IO by which Socket.IO itself hands over what it encoded once for a whole room.
    const encoded: object = { wsPreEncodedFrame: [Buffer.concat(packets.flatMap(frameOf))] }
    for (const id of adapter.rooms.get(room) ?? []) {
      const conn = sockets.get(id)?.conn
      if (!conn) continue
      if (conn.transport.name === 'websocket') conn.write('', encoded)
      else for (const packet of packets) conn.write(packet)
    }
  }
}

/** A message of Engine.IO as a WebSocket's text frame of a server: final, without a mask (RFC 6455, 5.2). */
function frameOf(packet: string): [Buffer, Buffer] {
  const payload = Buffer.from(`4${packet}`)
  const { length } = payload
  if (length < 126) return [Buffer.of(0x81, length), payload]
  if (length < 65_536) return [Buffer.of(0x81, 126, length >> 8, length & 255), payload]
  const head = Buffer.alloc(10)
  head.writeUInt16BE(0x817f)
  head.writeBigUInt64BE(BigInt(length), 2)
  return [head, payload]
}
