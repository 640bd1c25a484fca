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
  [['1', '2', '3'], 'number'],
  [['1.234,5', '342.09K'], 'number'],
  [['$5', '$1,200.50'], 'money'],
  [['2016-10-20', '20/10/2016'], 'date'],
  [['04 Apr, 2021 00:02:00', '2021-04-04'], 'datetime'],
  [['a@x.com', 'b@y.org'], 'email'],
  [['https://x.com/a', 'www.y.org'], 'url'],
  [['+55 11 98765-4321', '(11) 3456-7890'], 'phone'],
  [often('red', 'green'), 'select'],
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
