import type { ListedRecord } from '../records/stores.ts'

/** The day on which a task is due, or the time; a day is one of whoever set it, wherever it is read. */
export function dueOf({ due_at, all_day, time_zone }: Pick<ListedRecord, string>): string | null {
  if (typeof due_at !== 'string') return null
  if (all_day !== true || due_at.length === 10) return due_at
  // Swedish writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: String(time_zone ?? 'UTC') }).format(new Date(due_at))
}

/** Where a day is put off to, the time of day is left out again. */
export const putOff = (task: Pick<ListedRecord, string>, to: string, day: (iso: string) => string): string =>
  task['all_day'] === true ? day(to) : to

export const isOverdue = ({ status, due_at }: Pick<ListedRecord, string>, now: Date): boolean =>
  status === 'open' && typeof due_at === 'string' && due_at.length > 10 && Date.parse(due_at) < now.getTime()
