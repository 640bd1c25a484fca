import { expect, test } from 'vitest'
import { blankForm, isWorkdays, nthOf, readForm, writeForm } from './recurrenceForm.ts'

test.each([
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3;COUNT=5',
  'FREQ=WEEKLY;BYDAY=MO,TH',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;UNTIL=20261231',
  'FREQ=MONTHLY;BYMONTHDAY=-1',
  'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15',
  'FREQ=MONTHLY;BYDAY=1TU',
  'FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR;COUNT=4',
  'FREQ=YEARLY',
])('what is read of %s is written alike', (rule) => {
  const form = readForm(rule)
  expect(form && writeForm(form)).toBe(rule)
})

test.each([
  'FREQ=MONTHLY;BYDAY=1TU,3TU',
  'FREQ=MONTHLY;BYDAY=5TU',
  'FREQ=MONTHLY;BYDAY=TU',
  'FREQ=YEARLY;BYMONTH=2',
  'FREQ=WEEKLY;BYSETPOS=1',
  'nonsense',
])('a rule that says more than the form is left alone: %s', (rule) => expect(readForm(rule)).toBeNull())

test.each([
  ['2026-03-03', { nth: 1, weekday: 2 }],
  ['2026-03-14', { nth: 2, weekday: 6 }],
  ['2026-03-31', { nth: -1, weekday: 2 }],
])('%s is which of its weekdays in the month', (day, nth) => expect(nthOf(day)).toEqual(nth))

test('a new one begins with the weekday and the day of the due date', () => {
  const form = blankForm('2026-03-31')
  expect(form).toMatchObject({ weekdays: [2], month_day: 31 })
  expect(isWorkdays({ ...form, weekdays: [1, 2, 3, 4, 5] })).toBe(true)
})
