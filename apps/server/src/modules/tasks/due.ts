/**
 * When a task is due. A day is kept as its last second by the clock of whoever set it, so that it is overdue when the
 * day is over, and comes after what is due at a time of that day.
 */
import type { Actor } from '../../platform/actor.ts'
import { addDays, dayOf, instantAt, parseDay, startOfDay } from '../../platform/lists/index.ts'
import { invalidField } from '../../platform/problems.ts'
import { requireRule } from './recurrence.ts'

export type Due = {
  due_at: string | null
  all_day: boolean
  time_zone: string | null
  recurrence: string | null
  recurs_from: string | null
  previous_id: string | null
  remind_at: string | null
  reminded_at: string | null
}

/** In the morning of its day somebody is reminded of what is due on it. */
const morning = 9 * 60

export function settleDue(actor: Actor, task: Due, before: Due | null): Partial<Due> {
  // What follows an occurrence has the clock of its series.
  const time_zone = before === null && task.previous_id !== null ? task.time_zone : actor.time_zone
  const due = task.due_at === (before?.due_at ?? null) ? unmoved(before) : placed(task.due_at, time_zone)
  return { ...due, ...settleRecurrence({ ...task, ...due }, before) }
}

type Placed = Pick<Due, 'due_at' | 'all_day' | 'time_zone' | 'remind_at' | 'reminded_at'>

const unmoved = (before: Due | null): Placed => ({
  due_at: before?.due_at ?? null,
  all_day: before?.all_day ?? false,
  time_zone: before?.time_zone ?? null,
  remind_at: before?.remind_at ?? null,
  reminded_at: before?.reminded_at ?? null,
})

/** @param given a day, a time, or the last second of a day as it was told before. */
function placed(given: string | null, time_zone: string | null): Placed {
  const zone = time_zone ?? 'UTC'
  if (given === null) return unmoved(null)
  const day = parseDay(given)
  const due_at = day ? lastSecond(day, zone) : given
  const all_day = day !== undefined || lastSecond(dayOf(new Date(given), zone), zone) === given
  const remind_at = all_day ? instantAt(dayOf(new Date(due_at), zone), morning, zone).toISOString() : due_at
  return { due_at, all_day, time_zone: zone, remind_at, reminded_at: null }
}

const lastSecond = (day: ReturnType<typeof dayOf>, zone: string) =>
  new Date(startOfDay(addDays(day, 1), zone).getTime() - 1_000).toISOString()

/** A rule counts from the due date that the task has when the rule is given; a single occurrence may be moved. */
function settleRecurrence(task: Due, before: Due | null): Pick<Due, 'recurs_from'> {
  const { recurrence, due_at, time_zone } = task
  if (recurrence === null) return { recurs_from: null }
  if (due_at === null)
    throw invalidField('recurrence', 'needs_due_date', 'needs a due date from which it counts')
  if (recurrence === before?.recurrence) return { recurs_from: before.recurs_from }
  if (before === null && task.previous_id !== null) return { recurs_from: task.recurs_from }
  requireRule({ recurrence, recurs_from: due_at, time_zone })
  return { recurs_from: due_at }
}
