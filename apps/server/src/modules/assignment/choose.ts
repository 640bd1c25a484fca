/**
 * Whom a rule chooses. Pure: what a pool looks like goes in, whose turn it is comes out, and the pool is as it is
 * afterwards. The server writes that down, a preview throws it away.
 */
import type { AssignmentStrategy } from '@rapport/contracts'

export type Member = {
  place: number
  user_id: string
  weight: number
  value: string | null
  credit: number
  /** Open records, where that decides. */
  load: number
  /** An active member who is not away. */
  available: boolean
}
export type Pool = { strategy: AssignmentStrategy; members: Member[] }

/** @param value of the field of a territory. Null when there is nobody for it. */
export function choose({ strategy, members }: Pool, value: string | null): string | null {
  const there = members.filter(({ available }) => available)
  if (strategy === 'territory') return there.find((one) => one.value === keyOf(value))?.user_id ?? null
  if (strategy === 'round_robin') return inTurn(there)
  if (strategy === 'load') return leastLoaded(there)
  return there[0]?.user_id ?? null
}

export const keyOf = (value: string | null): string | null => value?.trim().toLowerCase() ?? null

/** Each gains its weight, whoever has most is next and pays for all: shares are exact, and turns are mixed. */
function inTurn(members: readonly Member[]): string | null {
  let next: Member | undefined
  for (const member of members) {
    member.credit += member.weight
    if (next === undefined || member.credit > next.credit) next = member
  }
  if (next === undefined) return null
  next.credit -= members.reduce((sum, { weight }) => sum + weight, 0)
  return next.user_id
}

function leastLoaded(members: readonly Member[]): string | null {
  const [first] = members.toSorted((one, other) => one.load - other.load || one.place - other.place)
  if (first === undefined) return null
  first.load += 1
  return first.user_id
}
