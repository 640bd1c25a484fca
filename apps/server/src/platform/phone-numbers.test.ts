import { expect, test } from 'vitest'
import { normalizePhone, phoneForms } from './phone-numbers.ts'

const numbers = Array.from({ length: 9_000 }, (_, place) => `11 9498${10_000 + place}`)

test('a number is read the same whether or not it was read before', () => {
  const first = numbers.map((number) => normalizePhone(number, [null, 'BR']))
  expect(first[0]).toBe('+5511949810000')
  expect(numbers.map((number) => normalizePhone(number, [null, 'BR']))).toEqual(first)
  expect(first.map((number) => normalizePhone(number, ['US']))).toEqual(first)
})

test('a national number is read as of its country, also when another one has read the same digits', () => {
  expect(normalizePhone('415 555 2671', ['US'])).toBe('+14155552671')
  expect(normalizePhone('415 555 2671', ['BR'])).toBe('+554155552671')
  expect(normalizePhone('415 555 2671', [])).toBe('415 555 2671')
})

test('a number as it is kept is found without the extension that it came with', () => {
  const kept = normalizePhone('+1 415 555 2672 ext. 34', [])
  expect(kept).toBe('+14155552672')
  expect(phoneForms(kept, [])).toEqual({
    short: ['4155552672', '55552672'],
    long: ['14155552672', '4155552672'],
  })
})
