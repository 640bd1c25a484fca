import { lineAmounts, lineTotals } from '@rapport/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const line = (quantity: number, unit_price: number, discount_percent = 0, tax_percent = 0) => ({
  quantity,
  unit_price,
  discount_percent,
  tax_percent,
})

test('each amount of a line is rounded half up to what the currency can pay', () => {
  expect(lineAmounts(line(3, 0.35, 0, 10), 'USD')).toEqual({ net: 1.05, discount: 0, tax: 0.11, gross: 1.16 })
  expect(lineAmounts(line(1.005, 1), 'USD').net).toBe(1.01)
  expect(lineAmounts(line(1.0049, 1), 'USD').net).toBe(1)
  expect(lineAmounts(line(1, 100, 33.3333), 'USD')).toMatchObject({ discount: 33.33, net: 66.67 })
  expect(lineAmounts(line(0.5, 101), 'JPY').net).toBe(51)
  expect(lineAmounts(line(1, 1.0005), 'KWD').net).toBe(1.001)
})

test('what binary fractions would get wrong is exact', () => {
  expect(lineAmounts(line(1.1, 1.1), 'USD').net).toBe(1.21)
  expect(lineAmounts(line(1, 1.005, 0, 100), 'KWD')).toMatchObject({ net: 1.005, tax: 1.005, gross: 2.01 })
  const many = Array.from({ length: 100 }, () => line(1, 0.1, 0, 19))
  expect(lineTotals(many, 'EUR')).toEqual({ net: 10, discount: 0, tax: 2, gross: 12 })
})

const cents = (max: number) => fc.integer({ min: 0, max }).map((value) => value / 100)
const lines = fc.array(
  fc.record({
    quantity: fc.integer({ min: 0, max: 10_000_000 }).map((value) => value / 10_000),
    unit_price: cents(10_000_000),
    discount_percent: cents(10_000),
    tax_percent: cents(10_000),
  }),
  { minLength: 1, maxLength: 8 },
)

test('totals are the sums of the lines as they are printed, and no amount is off by more than half a cent', () => {
  fc.assert(
    fc.property(lines, (all) => {
      const amounts = all.map((one) => lineAmounts(one, 'USD'))
      const inCents = (value: number) => Math.round(value * 100)
      const totals = lineTotals(all, 'USD')
      for (const name of ['net', 'discount', 'tax', 'gross'] as const)
        expect(inCents(totals[name])).toBe(amounts.reduce((sum, one) => sum + inCents(one[name]), 0))
      for (const [index, { quantity, unit_price, discount_percent, tax_percent }] of all.entries()) {
        const { net, discount, tax, gross } = amounts[index] ?? totals
        const full = quantity * unit_price
        expect(Math.abs(net + discount - full)).toBeLessThanOrEqual(0.005 + full * 1e-12)
        expect(Math.abs(discount - ((net + discount) * discount_percent) / 100)).toBeLessThanOrEqual(
          0.005 + full * 1e-12,
        )
        expect(Math.abs(tax - (net * tax_percent) / 100)).toBeLessThanOrEqual(0.005 + full * 1e-12)
        expect(inCents(gross)).toBe(inCents(net) + inCents(tax))
      }
    }),
  )
})
