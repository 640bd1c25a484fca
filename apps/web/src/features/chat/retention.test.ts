import { expect, test } from 'vitest'
import { deletesMore, retentionChoices } from './retention.ts'

test('what is set through the API can be chosen too, in its place', () => {
  expect(retentionChoices(null)).toEqual([7, 30, 90, 180, 365, 730])
  expect(retentionChoices(45)).toEqual([7, 30, 45, 90, 180, 365, 730])
  expect(retentionChoices(30)).toEqual([7, 30, 90, 180, 365, 730])
})

test('it is asked before messages go that would have stayed, and only then', () => {
  expect(deletesMore(null, 30)).toBe(true)
  expect(deletesMore(90, 30)).toBe(true)
  expect(deletesMore(30, 90)).toBe(false)
  expect(deletesMore(30, 30)).toBe(false)
  expect(deletesMore(30, null)).toBe(false)
})
