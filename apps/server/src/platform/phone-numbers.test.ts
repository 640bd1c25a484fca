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

test.each([
  ['+1 415 555 2671 x34', '+14155552671 ext. 34'],
  ['(415) 555-2671 ext 34', '+14155552671 ext. 34'],
  ['+55 11 3456-7890 ramal 12', '+551134567890 ext. 12'],
  ['+55 11 3456-7890 (r. 12', '+55 11 3456-7890 (r. 12'],
  ['+551134567890 ext. 12', '+551134567890 ext. 12'],
  ['043-797-5229x3651', '043-797-5229x3651'],
])('%s is kept as %s', (text, kept) => expect(normalizePhone(text, ['US'])).toBe(kept))

test('a number is found by what stands before its extension', () => {
  const kept = normalizePhone('+1 415 555 2672 ext. 34', [])
  expect(kept).toBe('+14155552672 ext. 34')
  expect(phoneForms(kept, [])).toEqual({
    short: ['4155552672', '55552672'],
    long: ['14155552672', '4155552672'],
  })
})
