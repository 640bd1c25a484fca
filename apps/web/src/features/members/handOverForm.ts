/** What becomes of a member's records, as the dialog holds it: whatever way is chosen, what was filled in stays. */
import type { HandOver } from '@rapport/contracts'
import type { Chosen } from '../assignment/ruleForm.ts'

export const strategies = ['round_robin', 'load'] as const
export const ways = ['keep', 'give', 'share', 'rules'] as const

export type HandOverForm = {
  way: (typeof ways)[number]
  heir: string | null
  strategy: (typeof strategies)[number]
  members: Chosen[]
}

export const blankHandOver: HandOverForm = { way: 'keep', heir: null, strategy: 'round_robin', members: [] }

/** Null while nobody is named, or where all stays. */
export function targetOf({ way, heir, strategy, members }: HandOverForm): HandOver | null {
  if (way === 'rules') return { strategy: 'rules' }
  if (way === 'give') return heir === null ? null : { strategy: 'member', user_id: heir }
  if (way === 'keep' || members.length === 0) return null
  if (strategy === 'load') return { strategy, members: members.map(({ user_id }) => ({ user_id })) }
  return {
    strategy,
    members: members.map(({ user_id, weight }) => ({ user_id, weight: Math.max(1, weight) })),
  }
}
