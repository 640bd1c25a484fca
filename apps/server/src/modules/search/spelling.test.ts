import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLearned, nearest, slipsToBeginning } from './spelling.ts'

test.each([
  ['silva', 'silva', 0],
  ['silv', 'silva', 0],
  ['slva', 'silva', 1],
  ['sivla', 'silva', 1],
  ['siulva', 'silva', 1],
  ['zilva', 'silva', 1],
  ['gocalv', 'goncalves', 1],
  ['konsalves', 'goncalves', 2],
  ['', 'silva', 0],
])('%s is a beginning of %s but for %d slips', (asked, word, slips) => {
  expect(slipsToBeginning(asked, word)).toBe(slips)
})

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 1, maxLength: 9 })

test('any beginning is without slips, and one letter that is dropped, added or changed is one at most', () => {
  fc.assert(
    fc.property(word, fc.nat(8), fc.constantFrom('a', 'b', 'c', 'd', 'x'), (of, at, letter) => {
      const place = at % of.length
      expect(slipsToBeginning(of.slice(0, place), of)).toBe(0)
      for (const slipped of [
        of.slice(0, place) + of.slice(place + 1),
        of.slice(0, place) + letter + of.slice(place),
        of.slice(0, place) + letter + of.slice(place + 1),
      ])
        expect(slipsToBeginning(slipped, of)).toBeLessThanOrEqual(1)
    }),
  )
})

describe('what was meant', () => {
  test('are the words with the fewest slips, those of its own length first', () => {
    expect(nearest('slva', ['silvana', 'silva', 'solva', 'saliva', 'marta'], 5)).toEqual([
      'silva',
      'solva',
      'silvana',
    ])
  })
  test('is never what was typed', () => expect(nearest('silva', ['silva', 'silvana'], 5)).toEqual([]))
  test('of a long word may differ by two letters, of a short one by one', () => {
    expect(nearest('fransisko', ['francisco'], 5)).toEqual(['francisco'])
    expect(nearest('marea', ['mario'], 5)).toEqual([])
  })
})

test.each([
  ['silva', true],
  ['ana', false],
  ['silva8', false],
  ['=silva', false],
  ['@silva', false],
  ['łukasz', true],
  ['a'.repeat(31), false],
])('%s is learned: %s', (one, learned) => expect(isLearned(one)).toBe(learned))
