import { expect, test } from 'vitest'
import { dayBefore, movedBy, periodOf } from './period.ts'

test('a month lies in the quarter, half-year and year of the calendar', () => {
  expect(periodOf('2026-05', '3')).toEqual({ from: '2026-04', to: '2026-06' })
  expect(periodOf('2026-05', '6')).toEqual({ from: '2026-01', to: '2026-06' })
  expect(periodOf('2026-12', '12')).toEqual({ from: '2026-01', to: '2026-12' })
})

test('one goes to the next and the one before, across years', () => {
  expect(movedBy({ from: '2026-10', to: '2026-12' }, '3', 1)).toEqual({ from: '2027-01', to: '2027-03' })
  expect(movedBy({ from: '2026-01', to: '2026-06' }, '6', -1)).toEqual({ from: '2025-07', to: '2025-12' })
})

test('days before go across months', () => {
  expect(dayBefore('2026-03-03', 7)).toBe('2026-02-24')
})
