/**
 * What line items come to, exactly. Amounts, quantities and percents are whole ten-thousandths while they are
 * calculated. Each amount of a line is rounded, half up, to the minor digits of the currency: first quantity × price,
 * then the discount on it, then the tax on what is left. Totals are sums of rounded lines, so a printed column adds up
 * to what stands below it.
 */
import { currencyDigits, moneyScale } from './money.ts'

export type LineAmounts = {
  /** Without the tax. */
  net: number
  discount: number
  tax: number
  /** What is to be paid. */
  gross: number
}
export type PricedLine = {
  quantity: number
  unit_price: number
  discount_percent: number
  tax_percent: number
}

const scale = BigInt(moneyScale)
const hundredPercent = 100n * scale

/** A number with at most four decimals as whole ten-thousandths. */
const stored = (value: number): bigint => BigInt(Math.round(value * moneyScale))

/** `dividend / divisor`, rounded half up to a multiple of `step`; nothing is negative here. */
const rounded = (dividend: bigint, divisor: bigint, step: bigint): bigint => {
  const unit = divisor * step
  return ((2n * dividend + unit) / (2n * unit)) * step
}

function exactAmounts({ quantity, unit_price, discount_percent, tax_percent }: PricedLine, currency: string) {
  const step = 10n ** BigInt(4 - Math.min(currencyDigits(currency), 4))
  const full = rounded(stored(quantity) * stored(unit_price), scale, step)
  const discount = rounded(full * stored(discount_percent), hundredPercent, step)
  const net = full - discount
  const tax = rounded(net * stored(tax_percent), hundredPercent, step)
  return { net, discount, tax, gross: net + tax }
}

type Exact = ReturnType<typeof exactAmounts>
const told = ({ net, discount, tax, gross }: Exact): LineAmounts => ({
  net: Number(net) / moneyScale,
  discount: Number(discount) / moneyScale,
  tax: Number(tax) / moneyScale,
  gross: Number(gross) / moneyScale,
})

export const lineAmounts = (line: PricedLine, currency: string): LineAmounts =>
  told(exactAmounts(line, currency))

export function lineTotals(lines: readonly PricedLine[], currency: string): LineAmounts {
  const sum = { net: 0n, discount: 0n, tax: 0n, gross: 0n }
  for (const line of lines) {
    const exact = exactAmounts(line, currency)
    for (const name of ['net', 'discount', 'tax', 'gross'] as const) sum[name] += exact[name]
  }
  return told(sum)
}
