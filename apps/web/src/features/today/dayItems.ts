/** What a day holds, of either kind, in the order in which it is due. */
import type { DueFollowUp, Today } from '@rapport/contracts'
import type { ListedRecord } from '../records/stores.ts'

export const groups = ['overdue', 'due', 'upcoming'] as const
export type Group = (typeof groups)[number]

type Due = { id: string; due_at: string; may_change: boolean }
export type DayItem = Due &
  ({ followUp: DueFollowUp; task?: undefined } | { task: ListedRecord; followUp?: undefined })

const ofFollowUp = (followUp: DueFollowUp): DayItem => ({
  id: followUp.id,
  due_at: followUp.due_at,
  may_change: followUp.can.update,
  followUp,
})

const ofTask = (task: ListedRecord): DayItem => ({
  id: task.id,
  due_at: String(task['due_at']),
  may_change: task.can.update,
  task,
})

/** @param today the day of an instant where the reader is. */
export function groupItems(
  day: Today,
  tasks: readonly ListedRecord[],
  now: Date,
  dayOf: (iso: string) => string,
): Record<Group, DayItem[]> {
  const told = groups.flatMap((name) => day[name].follow_ups.map(ofFollowUp))
  // What is ticked off leaves with the server's next answer: until then it can be taken back where it stands.
  const items = [...told, ...tasks.map(ofTask)].toSorted(
    (one, other) => Date.parse(one.due_at) - Date.parse(other.due_at),
  )
  const groupOf = ({ due_at }: DayItem): Group => {
    if (Date.parse(due_at) < now.getTime()) return 'overdue'
    return dayOf(due_at) === day.day ? 'due' : 'upcoming'
  }
  const grouped = Object.groupBy(items, groupOf)
  const { overdue = [], due = [], upcoming = [] } = grouped
  return { overdue, due, upcoming }
}
