import type { Stage } from '@rapport/contracts'

const day_ms = 24 * 60 * 60_000

type Entered = { [field: string]: unknown }

/** For how many days a card has stood in its stage, when that is too long; null while it is not. */
export function daysRotting(card: Entered, stage: Stage | undefined, now = Date.now()): number | null {
  if (!stage || stage.type !== 'open' || stage.rotting_days === null) return null
  const days = Math.floor((now - Date.parse(String(card['stage_entered_at']))) / day_ms)
  return days >= stage.rotting_days ? days : null
}
