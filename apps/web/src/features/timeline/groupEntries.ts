import type { Activity } from '@rapport/contracts'
import type { Entry } from './types.ts'

/** Changes that follow each other within this time are one sitting. */
const sitting_ms = 30 * 60_000

/** @param newestFirst changes by one person to one record in a row become one entry, which tells each of them. */
export function groupEntries(newestFirst: readonly Activity[]): Entry[] {
  const entries: Entry[] = []
  for (const activity of newestFirst) {
    const last = entries.at(-1)
    if (last && continues(last.earlier.at(-1) ?? last.activity, activity)) last.earlier.push(activity)
    else entries.push({ activity, earlier: [] })
  }
  return entries
}

function continues(later: Activity, earlier: Activity): boolean {
  return (
    later.type === 'updated' &&
    earlier.type === 'updated' &&
    later.actor.id === earlier.actor.id &&
    later.record.id === earlier.record.id &&
    Date.parse(later.occurred_at) - Date.parse(earlier.occurred_at) < sitting_ms
  )
}

/** The same activity with the fields of all that the entry tells, for the one sentence about them. */
export function summed({ activity, earlier }: Entry): Activity {
  if (earlier.length === 0) return activity
  const changes = Object.assign(
    {},
    ...[...earlier, activity].map(({ data }) => (data['changes'] ?? {}) as object),
  ) as object
  return { ...activity, data: { ...activity.data, changes } }
}
