/** Days and times as people and programs write them, in digits; in words by `dateWords.ts`. */
import type { Format } from '../format.ts'
import { readWords, type Moment } from './dateWords.ts'
import { writeWall } from './wall.ts'

const isoDay = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?/
const writtenDay = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?:[ ,T]+(\d{1,2}):(\d{2}))?$/
const isInstant = /^\d{4}-\d{2}-\d{2}T.+(Z|[+-]\d{2}:?\d{2})$/

/** A day that is told without a time begins at nine, so that a reminder does not come at night. */
const morning = '09:00'

/** What calendar and clock show then, where the reader is: `01/03/2026` in their order, `tomorrow 3pm`. */
export const readWall = (text: string, format: Format): string | null =>
  readMoment(text, format)?.wall ?? null

/** The same, and whether the text tells a time of the day. */
export function readMoment(text: string, format: Format): Moment | null {
  if (isInstant.test(text)) {
    const instant = new Date(text)
    return Number.isNaN(instant.getTime()) ? null : { wall: format.wall(instant), timed: true }
  }
  return readDigits(text, format) ?? readWords(text, format)
}

/** The instant that is meant; what programs write keeps its seconds. */
export function readInstant(text: string, format: Format): string | null {
  const wall = readWall(text, format)
  if (wall === null) return null
  return isInstant.test(text) ? new Date(text).toISOString() : format.instant(wall)
}

function readDigits(text: string, { dayOrder }: Format): Moment | null {
  const iso = isoDay.exec(text)
  if (iso)
    return Number.isNaN(Date.parse(iso[1] ?? ''))
      ? null
      : { wall: `${iso[1]}T${iso[2] ?? morning}`, timed: iso[2] !== undefined }
  const match = writtenDay.exec(text)
  if (!match) return null
  const [first = 0, second = 0, year = 0, hour, minute] = match
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)))
  const [month, day] = dayOrder === 'mdy' ? [first, second] : [second, first]
  const date = new Date(year < 100 ? 2000 + year : year, month - 1, day, hour ?? 9, minute ?? 0)
  const is_day = date.getMonth() === month - 1 && date.getDate() === day
  return is_day ? { wall: writeWall(date), timed: hour !== undefined } : null
}
