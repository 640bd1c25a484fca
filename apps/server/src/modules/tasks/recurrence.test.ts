import { expect, test } from 'vitest'
import { nextOccurrence, requireRule } from './recurrence.ts'

const series = (recurrence: string, recurs_from: string, time_zone = 'UTC') => ({
  recurrence,
  recurs_from,
  time_zone,
})
/** The first so many after the start. */
function following(of: ReturnType<typeof series>, count: number): (string | null)[] {
  const found: (string | null)[] = []
  let after: string | null = of.recurs_from
  while (after !== null && found.length < count) {
    after = nextOccurrence(of, new Date(after))
    found.push(after)
  }
  return found
}

test('nine o’clock stays nine o’clock when the clocks change', () => {
  const spring = series('FREQ=DAILY', '2026-03-28T08:00:00.000Z', 'Europe/Berlin')
  expect(following(spring, 2)).toEqual(['2026-03-29T07:00:00.000Z', '2026-03-30T07:00:00.000Z'])
  const autumn = series('FREQ=WEEKLY;BYDAY=MO', '2026-10-26T14:00:00.000Z', 'America/New_York')
  expect(following(autumn, 1)).toEqual(['2026-11-02T15:00:00.000Z'])
})

test('days of the week, of the month from its end, and every second month', () => {
  const days = series('FREQ=WEEKLY;BYDAY=MO,WE,FR', '2026-03-02T09:00:00.000Z')
  expect(following(days, 3).map((one) => one?.slice(0, 10))).toEqual([
    '2026-03-04',
    '2026-03-06',
    '2026-03-09',
  ])
  const last = series('FREQ=MONTHLY;BYMONTHDAY=-1', '2026-01-31T09:00:00.000Z')
  expect(following(last, 2).map((one) => one?.slice(0, 10))).toEqual(['2026-02-28', '2026-03-31'])
  const second = series('FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU', '2026-01-06T09:00:00.000Z')
  expect(following(second, 2).map((one) => one?.slice(0, 10))).toEqual(['2026-03-03', '2026-05-05'])
})

test('a series ends after its count, and on its last day', () => {
  const three = series('FREQ=DAILY;COUNT=3', '2026-03-01T09:00:00.000Z')
  expect(following(three, 5)).toEqual(['2026-03-02T09:00:00.000Z', '2026-03-03T09:00:00.000Z', null])
  const until = series('FREQ=DAILY;UNTIL=20260302', '2026-03-01T09:00:00.000Z')
  expect(following(until, 5)).toEqual(['2026-03-02T09:00:00.000Z', null])
})

test('a day that never comes ends the series, and keeps nobody waiting', () => {
  const never = series('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-01-01T09:00:00.000Z')
  const began = performance.now()
  expect(nextOccurrence(never, new Date(never.recurs_from))).toBeNull()
  expect(performance.now() - began).toBeLessThan(20_000)
})

test('a rule that can be followed is not refused', () => {
  expect(() =>
    requireRule(series('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-01-01T09:00:00.000Z')),
  ).not.toThrow()
})
