import { expect, test } from 'vitest'
import { callTo, formatPhone, whatsAppTo } from './phone.ts'

const of = (country: string | null, locale = 'en') => ({ country, locale })

test('a number of one’s own country is shown as it is dialled there, others with their country’s code', () => {
  expect(formatPhone('+5511987654310', of('BR'))).toBe('(11) 98765-4310')
  expect(formatPhone('+5511987654310', of('US'))).toBe('+55 11 98765 4310')
  expect(formatPhone('+12025550143', of('US'))).toBe('(202) 555-0143')
  expect(formatPhone('+12025550143', of(null))).toBe('+1 202 555 0143')
})

test('an extension is shown by its word', () => {
  expect(formatPhone('+12025550143 ext. 342', of('US'))).toBe('(202) 555-0143 ext. 342')
  expect(formatPhone('+551134567890 ext. 12', of('BR', 'pt-BR'))).toBe('(11) 3456-7890 ramal 12')
})

test('what is no number stays as it was typed', () => {
  for (const text of ['ask for Ana', '', '+55 1', '12345']) expect(formatPhone(text, of('BR'))).toBe(text)
})

test('a switchboard is called with the extension, and written to without', () => {
  expect(callTo('+12025550143 ext. 342')).toBe('tel:+12025550143;ext=342')
  expect(callTo('(202) 555-0143')).toBe('tel:2025550143')
  expect(whatsAppTo('+12025550143 ext. 342')).toBe('https://wa.me/12025550143')
})
