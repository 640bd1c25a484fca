import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ValueEvidence } from './value-type.ts'

function suggest(values: readonly string[], name = 'column') {
  const evidence = new ValueEvidence()
  for (const value of values) evidence.add(value)
  return evidence.suggest(name).type
}
const often = (...values: string[]) => Array.from({ length: 8 }, () => values).flat()

it.each([
  [['yes', 'no', 'yes'], 'boolean'],
  [['1', '0'], 'boolean'],
  [['TRUE', 'True', 'false'], 'boolean'],
  [['false', 'false'], 'boolean'],
  [['1', '1'], 'number'],
  [['1', '2', '3'], 'number'],
  [['1.234,5', '342.09K'], 'number'],
  [['$5', '$1,200.50'], 'money'],
  [['2016-10-20', '20/10/2016'], 'date'],
  [['04 Apr, 2021 00:02:00', '2021-04-04'], 'datetime'],
  [['a@x.com', 'b@y.org'], 'email'],
  [['https://x.com/a', 'www.y.org'], 'url'],
  [['+55 11 98765-4321', '(11) 3456-7890'], 'phone'],
  [often('red', 'green'), 'select'],
  [often('Phone; E-mail', 'Phone', 'Post;E-mail'), 'multi_select'],
  [often('Well; maybe, or not', 'Yes; surely'), 'select'],
  [['x'.repeat(300), 'y'], 'long_text'],
  [['Ana', 'Bo', 'Cy'], 'text'],
  [['0412', '0413'], 'text'],
  [['7018403', '6988048', '9497788'], 'text'],
])('a column of %j is suggested as %s', (values, type) => expect(suggest(values)).toBe(type))

it('one value that does not fit is enough for a looser type, wherever it stands', () => {
  expect(suggest([...Array.from({ length: 5000 }, (_, at) => String(at)), 'n/a'])).toBe('text')
})

it('digits of a column that is called a number or a code stay text', () => {
  expect(suggest(['12', '14'], 'Street number')).toBe('text')
  expect(suggest(['2602', '4011'], 'Postcode')).toBe('text')
  expect(suggest(['12', '14'], 'Number of employees')).toBe('number')
})

it('digits of a column that is called a telephone are one', () => {
  const numbers = [
    '043-797-5229',
    "'+1 615-678-4794",
    '(209)172-7124x3651',
    '8352752061',
    '11 3456-7890 ramal 12',
  ]
  expect(suggest(numbers, 'Phone 2')).toBe('phone')
  expect(suggest(numbers, 'Telefone comercial')).toBe('phone')
  expect(suggest(numbers)).toBe('text')
  expect(suggest([...numbers, 'ask Ana'], 'Phone 2')).toBe('text')
})

it('neither the order of the values nor how often they come changes what they have in common', () => {
  const value = fc.oneof(
    fc.constantFrom('1', '0', 'yes', 'no', '12', '-3', '1.234,5', '0412', '$5', '7 EUR', 'Ana', 'a\nb'),
    fc.constantFrom('2016-10-20', '13/10/2016', '2016-10-20 10:00', '20161020'),
    fc.constantFrom('a@x.com', 'www.y.org', '+55 11 98765-4321'),
  )
  // More different values than can be options, so that only what they have in common tells the type.
  const others = fc.constantFrom(
    (at: number) => String(at),
    (at: number) => `${String(2000 + at)}-01-15`,
    (at: number) => `${String(2000 + at)}-01-15 08:00`,
    (at: number) => `${at}@x.com`,
    (at: number) => `$${at}.50`,
  )
  fc.assert(
    fc.property(fc.array(value, { maxLength: 3 }), others, fc.nat(), (values, make, place) => {
      const many = Array.from({ length: 60 }, (_, at) => make(100 + at))
      const at = place % many.length
      const apart = [...many.slice(0, at), ...values, ...many.slice(at)]
      const expected = suggest([...values, ...many])
      expect(suggest(apart)).toBe(expected)
      expect(suggest(apart.flatMap((one) => [one, one]))).toBe(expected)
      expect(suggest([...apart, ...apart])).toBe(expected)
      expect(suggest(apart.toReversed())).toBe(expected)
    }),
    { numRuns: 500 },
  )
})
