import { expect, test } from 'vitest'
import { addDays, addMonths, daysBetween, weeksOf } from './days.ts'

test('a month is shown in whole weeks, whatever day they begin on', () => {
  const monday = weeksOf('2026-11', 1)
  expect([monday.length, monday[0]?.[0], monday.at(-1)?.at(-1)]).toEqual([6, '2026-10-26', '2026-12-06'])
  const sunday = weeksOf('2026-11', 0)
  expect([sunday.length, sunday[0]?.[0], sunday.at(-1)?.at(-1)]).toEqual([5, '2026-11-01', '2026-12-05'])
  expect(weeksOf('2027-02', 1).length).toBe(4)
})

test('days and months run over the ends of years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  expect(addMonths('2026-12', 1)).toBe('2027-01')
  expect(addMonths('2026-01', -1)).toBe('2025-12')
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
})
