import { useFormat } from '../../ui/format.ts'

/** Within a week a day is known by its name. */
const week_ms = 6.5 * 86_400_000

/** When something is due, as short as the day allows: the time alone today, else the day, with a time if it has one. */
export function useShortTime() {
  const format = useFormat()
  return (due: string, now: Date): string => {
    const is_day = due.length === 10
    const day = is_day ? due : format.day(due)
    if (day === format.day(now.toISOString()) && !is_day) return format.time(due)
    const isNear = Math.abs(Date.parse(due) - now.getTime()) < week_ms
    const told = isNear ? format.weekday(day) : format.plainDay(day)
    return is_day ? told : `${told} ${format.time(due)}`
  }
}
