/**
 * Places in a column of the board. A new card gets its rank from the clock, without looking at the column:
 * an integer of fractional-indexing's format that falls as time passes, so that the newest is on top.
 */
import { BASE_62_DIGITS, generateKeyBetween } from 'fractional-indexing'

/** The head `i` announces nine digits; 62⁹ microseconds are 429 years. */
const head = 'i'
const digits = 9
const ceiling = 62n ** BigInt(digits) - 1n

let latest = 0n

/** Microseconds of the clock, never the same twice in this process. */
function tick(): bigint {
  const now = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000))
  latest = now > latest ? now : latest + 1n
  return latest
}

export function newRank(microseconds: bigint = tick()): string {
  let rest = ceiling - microseconds
  let text = ''
  for (let index = 0; index < digits; index += 1) {
    text = (BASE_62_DIGITS[Number(rest % 62n)] ?? '') + text
    rest /= 62n
  }
  return head + text
}

/** A rank between two, either of which may be the end of the column. */
export const rankBetween = (above: string | null, below: string | null): string =>
  generateKeyBetween(above, below)
