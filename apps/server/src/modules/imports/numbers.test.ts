import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DecimalEvidence, readAmount, readNumber, ShareEvidence, type DecimalMark } from './numbers.ts'

const markOf = (values: string[]): DecimalMark => {
  const evidence = new DecimalEvidence()
  for (const value of values) evidence.add(value)
  return evidence.mark
}

describe('numbers as people write them', () => {
  it.each<[string, DecimalMark, number]>([
    ['1,234.56', '.', 1234.56],
    ['1.234,56', ',', 1234.56],
    ['1 234,56', ',', 1234.56],
    ['1\u00a0234\u202f567,8', ',', 1234567.8],
    ["1'234.50", '.', 1234.5],
    ['12,34,567.5', '.', 1234567.5],
    ['342.09K', '.', 342090],
    ['1,2 mi', ',', 1_200_000],
    ['3 mil', ',', 3000],
    ['2,5 milhões', ',', 2_500_000],
    ['1.1b', '.', 1_100_000_000],
    ['.5', '.', 0.5],
    ['75 %', '.', 75],
    ['-12', '.', -12],
    ['12-', '.', -12],
    ['(1,000)', '.', -1000],
    ['−7', '.', -7],
    ['1.234', ',', 1234],
    ['1.234', '.', 1.234],
    ['１２', '.', 12],
    ['0', '.', 0],
  ])('%s with decimal mark %s is %d', (text, mark, value) => {
    expect(readNumber(text, mark)).toBe(value)
  })

  it.each([
    '',
    'abc',
    '1,23,4',
    '12 apples',
    '1.2.3',
    '--1',
    '1e5',
    '2020-01-31',
    '12/10',
    'NaN',
    '1 2',
    ',',
  ])('text that is no number is not read as one: %j', (text) => {
    expect(readNumber(text, '.')).toBeUndefined()
  })

  it('a number is read the same whether it stands alone or beside a sign that is left out of account', () => {
    const digits = fc.string({ unit: fc.constantFrom('0', '1', '7', '9'), maxLength: 18 })
    const parts = [fc.constantFrom('', '-', '+'), digits, fc.constantFrom('', '.', ','), digits] as const
    fc.assert(
      fc.property(
        ...parts,
        fc.constantFrom('.' as const, ',' as const),
        (sign, whole, between, rest, mark) => {
          const text = sign + whole + between + rest
          expect(readNumber(text, mark)).toBe(readNumber(`${text} %`, mark))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('a number written in any grouping is read back as the same number', () => {
    const styles = [
      ['en-US', '.'],
      ['de-DE', ','],
      ['pt-BR', ','],
      ['fr-FR', ','],
      ['de-CH', '.'],
      ['en-IN', '.'],
    ] as const
    const cents = fc.integer({ min: -1e13, max: 1e13 }).map((whole) => whole / 100)
    fc.assert(
      fc.property(cents, fc.constantFrom(...styles), (value, [language, mark]) => {
        const text = new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value)
        expect(readNumber(text, mark)).toBe(value === 0 ? 0 : value)
      }),
    )
  })

  it('any text gives a finite number or nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom<DecimalMark>('.', ','), (text, mark) => {
        const value = readNumber(text, mark)
        expect(value === undefined || Number.isFinite(value)).toBe(true)
      }),
    )
  })
})

describe('money', () => {
  it.each<[string, DecimalMark, number, string | null]>([
    ['$1,234.56', '.', 1234.56, 'USD'],
    ['1.234,56 €', ',', 1234.56, 'EUR'],
    ['R$ 1.234,56', ',', 1234.56, 'BRL'],
    ['US$ 10', '.', 10, 'USD'],
    ['£5k', '.', 5000, 'GBP'],
    ['USD 1,000', '.', 1000, 'USD'],
    ['1000 eur', '.', 1000, 'EUR'],
    ['100BRL', '.', 100, 'BRL'],
    ['-$5', '.', -5, 'USD'],
    ['1234', '.', 1234, null],
  ])('%s is read with its currency', (text, mark, value, currency) => {
    expect(readAmount(text, mark, 'EUR')).toEqual({ value, currency })
  })

  it('a bare dollar sign is the dollar of the organization', () => {
    expect(readAmount('$5', '.', 'CAD')).toEqual({ value: 5, currency: 'CAD' })
    expect(readAmount('$5', '.', 'BRL')).toEqual({ value: 5, currency: 'USD' })
  })
})

describe('the decimal mark of a column', () => {
  it.each<[string[], DecimalMark]>([
    [['1.500', '1.234,50', '900'], ','],
    [['1,500', '1,234.50', '900'], '.'],
    [['12,5', '1.000'], ','],
    [['0.125', '1.234'], '.'],
    [['1.500', '2.000', '150.000'], ','],
    [['1,500', '2,000'], '.'],
    [['R$ 1.234.567'], ','],
    [['342.09K', '1.1M'], '.'],
    [['1', '2'], '.'],
  ])('%j has the mark %s', (values, mark) => {
    expect(markOf(values)).toBe(mark)
  })
})

describe('a column of shares', () => {
  it.each<[string[], boolean]>([
    [['0.5', '1', '0'], true],
    [['0,25', '.5'], true],
    [['0.5', '2'], false],
    [['0', '1'], false],
    [['50%', '0.5'], false],
    [['0.5', 'high'], false],
    [['0.5', ''], true],
  ])('%j: %s', (values, shares) => {
    const evidence = new ShareEvidence()
    for (const value of values.filter(Boolean)) evidence.add(value)
    expect(evidence.isShare).toBe(shares)
  })
})
