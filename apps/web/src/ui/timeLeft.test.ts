import { describe, expect, test } from 'vitest'
import { roundedSeconds, secondsLeft, withLook } from './timeLeft.ts'

const seen = (...looks: [seconds: number, done: number][]) =>
  looks.reduce<Parameters<typeof withLook>[0]>(
    (known, [seconds, done]) => withLook(known, { at: seconds * 1000, done }),
    [],
  )

describe('the time that is left', () => {
  test('is not told before it can be known', () => {
    expect(secondsLeft([], 1_000)).toBeNull()
    expect(secondsLeft(seen([0, 0], [3, 90]), 1_000)).toBeNull()
    expect(secondsLeft(seen([0, 50], [9, 50]), 1_000)).toBeNull()
  })

  test('follows from what was done since', () => {
    expect(secondsLeft(seen([0, 0], [5, 250], [10, 500]), 1_000)).toBe(10)
    expect(secondsLeft(seen([0, 900], [5, 1_000]), 1_000)).toBe(0)
  })

  test('goes by the last half minute alone', () => {
    expect(secondsLeft(seen([0, 0], [60, 100], [75, 400], [90, 700]), 1_000)).toBe(15)
  })

  test('begins anew when what is counted changes', () => {
    expect(secondsLeft(seen([0, 0], [10, 1_000], [12, 100], [17, 200]), 1_000)).toBe(40)
  })

  test.each([
    [0, 10],
    [3, 10],
    [41, 50],
    [50, 50],
    [51, 60],
    [89, 60],
    [91, 120],
    [3_500, 3_480],
    [3_580, 3_600],
    [6_000, 7_200],
  ])('of %d seconds is told as %d', (seconds, told) => {
    expect(roundedSeconds(seconds)).toBe(told)
  })
})
