import { expect, test } from 'vitest'
import { daysLater, fromWallClock, toWallClock } from './wallClock.ts'

test.each([
  ['2026-01-15T12:00:00.000Z', 'America/Sao_Paulo', '2026-01-15T09:00'],
  ['2026-03-28T08:00:00.000Z', 'Europe/Paris', '2026-03-28T09:00'],
  ['2026-03-30T07:00:00.000Z', 'Europe/Paris', '2026-03-30T09:00'],
  ['2026-01-15T20:30:00.000Z', 'Asia/Kolkata', '2026-01-16T02:00'],
])('%s is shown in %s as %s, and read as it was', (iso, zone, text) => {
  expect(toWallClock(iso, zone)).toBe(text)
  expect(fromWallClock(text, zone)).toBe(iso)
})

test('what is no time is none', () => {
  expect(fromWallClock('', 'UTC')).toBeNull()
  expect(fromWallClock('tomorrow', 'UTC')).toBeNull()
})

test('days later keep the time of day across a change of the clocks', () => {
  expect(daysLater('2026-03-27T08:00:00.000Z', 3, 'Europe/Paris')).toBe('2026-03-30T07:00:00.000Z')
})
