import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newRank, rankBetween } from './rank.ts'

test('a later card ranks above every earlier one', () => {
  const ranks = Array.from({ length: 2000 }, () => newRank())
  expect(ranks.toSorted()).toEqual(ranks.toReversed())
  expect(new Set(ranks).size).toBe(ranks.length)
})

test('there is always a place between two cards, and above and below all', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 62n ** 9n - 2n }),
      fc.integer({ min: 1, max: 30 }),
      (time, times) => {
        const [upper, lower] = [newRank(time + 1n), newRank(time)]
        let between = rankBetween(upper, lower)
        for (let turn = 0; turn < times; turn += 1) {
          expect(upper < between && between < lower).toBe(true)
          between = turn % 2 ? rankBetween(upper, between) : rankBetween(between, lower)
        }
        expect(rankBetween(null, upper) < upper).toBe(true)
        expect(rankBetween(lower, null) > lower).toBe(true)
      },
    ),
  )
})
