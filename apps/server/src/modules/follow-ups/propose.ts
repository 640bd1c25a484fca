/** Which follow-up could come next: by the cadence, at the same time of day, on a day on which people are called. */
import { lastFollowUp, type Cadence, type ProposedFollowUp } from '@rapport/contracts'
import { addDays, dayOf, instantAt, minutesOf, type Day } from '../../platform/lists/index.ts'
import type { FollowUpRow } from './repository.ts'

type Known = Pick<FollowUpRow, 'number' | 'status' | 'due_at' | 'closed_at'>

/**
 * Null while one is open, and after the last.
 * @param known all of the record, the first due first
 */
export function proposeNext(
  known: readonly Known[],
  { steps, calling_from, calling_days }: Cadence,
  { now, time_zone }: { now: Date; time_zone: string },
): ProposedFollowUp | null {
  if (known.some(({ status }) => status === 'open')) return null
  const number = Math.max(0, ...known.map((one) => one.number)) + 1
  const step = steps[number - 1]
  if (!step || number > lastFollowUp) return null
  const last = known.findLast((one) => one.number === number - 1)
  const [hours = 0, minutes = 0] = calling_from.split(':').map(Number)
  const time = last ? minutesOf(new Date(last.due_at), time_zone) : hours * 60 + minutes
  const from = last?.closed_at ? new Date(last.closed_at) : now
  const planned = addDays(dayOf(from, time_zone), step.days)
  const today = dayOf(now, time_zone)
  const day = nextCallingDay(order(planned) < order(today) ? today : planned, calling_days)
  return { number, due_at: instantAt(day, time, time_zone).toISOString(), channel: step.channel }
}

const order = ({ year, month, day }: Day) => Date.UTC(year, month - 1, day)

function nextCallingDay(day: Day, calling_days: readonly number[]): Day {
  const weekday = new Date(order(day)).getUTCDay()
  const ahead = [0, 1, 2, 3, 4, 5, 6].find((days) => calling_days.includes((weekday + days) % 7))
  return addDays(day, ahead ?? 0)
}
