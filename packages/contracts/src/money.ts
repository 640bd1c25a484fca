/**
 * Money travels as a plain JSON number in the currency's major unit (`1234.5`), with at most as many
 * decimals as the currency has, beside an ISO 4217 code. Inside the database it is a bigint of
 * ten-thousandths (see docs/decisions/0004-money.md), so that no binary rounding reaches a sum.
 */
export const moneyScale = 10_000

const digitsByCurrency = new Map<string, number>()

/** Minor digits of an ISO 4217 currency as CLDR states them: 2 for EUR, 0 for JPY, 3 for KWD. */
export function currencyDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency)
  if (digits === undefined) {
    digits =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    digitsByCurrency.set(currency, digits)
  }
  return digits
}

/** Whether `amount` has no more decimals than `currency` allows. */
export function fitsCurrency(amount: number, currency: string): boolean {
  const scaled = amount * 10 ** currencyDigits(currency)
  const whole = Math.round(scaled)
  return Math.abs(scaled - whole) < 1e-6 && (whole !== 0 || amount === 0)
}

/** A major-unit number as the integer that is stored: 12.34 → 123400n. */
export function toStoredMoney(amount: number): bigint {
  return BigInt(Math.round(amount * moneyScale))
}

const knownCurrencies = new Set(Intl.supportedValuesOf('currency'))

/** Whether `code` is an ISO 4217 code in use. */
export function isCurrency(code: string): boolean {
  return knownCurrencies.has(code)
}
