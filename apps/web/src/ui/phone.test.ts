import { expect, test } from 'vitest'
import { formatPhone } from './phone.ts'

test('a number of one’s own country is shown as it is dialled there, others with their country’s code', () => {
  expect(formatPhone('+5511987654310', 'BR')).toBe('(11) 98765-4310')
  expect(formatPhone('+5511987654310', 'US')).toBe('+55 11 98765 4310')
  expect(formatPhone('+12025550143', 'US')).toBe('(202) 555-0143')
  expect(formatPhone('+12025550143', null)).toBe('+1 202 555 0143')
})

test('what is no number stays as it was typed', () => {
  for (const text of ['ask for Ana', '', '+55 1', '12345']) expect(formatPhone(text, 'BR')).toBe(text)
})
