/** Ids of what is made by the thousand: UUIDs of version 7, in the order in which they were asked for. */
import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

const size = 16
/** Chance is asked for in bulk: by itself each call takes longer than all the rest of an id. */
const chance = Buffer.alloc(256 * size)
let used = chance.length
let latest = 0
let place = 0

/** Never less than the one before it, also within a millisecond: RFC 9562, 6.2, method 1. */
export function newId(): string {
  if (used === chance.length) {
    randomFillSync(chance)
    used = 0
  }
  const random = chance.subarray(used, (used += size))
  const now = Date.now()
  if (now > latest) {
    latest = now
    place = random.readUInt32BE(6) >>> 1
  } else {
    place = (place + 1) >>> 0
    if (place === 0) latest += 1
  }
  return v7({ random, msecs: latest, seq: place })
}
