/**
 * Numbers and money as people write them: `$1,234.56`, `1.234,56 €`, `R$ 1.234,56`, `342.09K`, `(12)`, `75 %`.
 * Whether a comma or a point marks the decimals is decided by the whole column, not by one value.
 */
import { isCurrency } from '@rapport/contracts'
import { withoutAccents } from './header.ts'

export type DecimalMark = '.' | ','
export type Amount = { value: number; currency: string | null }

const symbols: readonly [symbol: string, currency: string][] = [
  ['US$', 'USD'],
  ['R$', 'BRL'],
  ['A$', 'AUD'],
  ['C$', 'CAD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
  ['¥', 'JPY'],
  ['₩', 'KRW'],
  ['₺', 'TRY'],
  ['₽', 'RUB'],
]

const powers: Record<string, number> = {
  k: 3,
  mil: 3,
  thousand: 3,
  m: 6,
  mi: 6,
  mm: 6,
  mn: 6,
  million: 6,
  milhao: 6,
  milhoes: 6,
  b: 9,
  bi: 9,
  bn: 9,
  billion: 9,
  bilhao: 9,
  bilhoes: 9,
}

const shape = /^([+-]?)(\d[\d.,' ]*|[.,]\d+)([a-z]*)$/

/** How most numbers are written, which no mark can change. */
export const isWhole = (text: string): boolean => /^[+-]?(?:0|[1-9]\d{0,14})$/.test(text)
/** And how most decimals are. */
const plainDecimals = { '.': /^[+-]?\d{1,15}\.\d{1,15}$/, ',': /^[+-]?\d{1,15},\d{1,15}$/ }

/** Reads one number, or nothing when the text is none. `%` is left out of account. */
export function readNumber(text: string, mark: DecimalMark): number | undefined {
  const isPlain = isWhole(text) || plainDecimals[mark].test(text)
  return isPlain ? Number(text.replace(',', '.')) + 0 : readWritten(text, mark) // no -0
}

function readWritten(text: string, mark: DecimalMark): number | undefined {
  let plain = text.normalize('NFKC').replace(/[−–]/g, '-').replace(/[’´`]/g, "'").trim()
  const negative = /^\(.*\)$/.test(plain) || /\d\s*-$/.test(plain)
  plain = plain
    .replace(/^\((.*)\)$/, '$1')
    .replace(/-$/, '')
    .replace(/\s*%$/, '')
    .trim()
  const word = withoutAccents(plain)
    .toLowerCase()
    .replace(/\s+(?=[a-z]+$)/, '')
  const [, sign = '', digits = '', suffix = ''] = shape.exec(word.replace(/^([+-])\s+/, '$1')) ?? []
  const power = suffix === '' ? 0 : powers[suffix]
  const decimal = digits === '' ? undefined : plainDecimal(digits.trim(), mark)
  if (decimal === undefined || power === undefined) return undefined
  const value = Number(`${decimal}e${power}`)
  if (!Number.isFinite(value)) return undefined
  return (sign === '-') !== negative && value !== 0 ? -value : value
}

/** `1.234,5` → `1234.5`. Groups must be of three (or, as in India, of two before the last three). */
function plainDecimal(digits: string, mark: DecimalMark): string | undefined {
  const group = mark === '.' ? ',' : '.'
  const parts = digits.split(mark)
  if (parts.length > 2) return grouped(digits, mark) // 1.234.567 can only be grouped
  const [whole = '', fraction = ''] = parts
  if (!/^\d*$/.test(fraction)) return grouped(digits, mark)
  const integer = whole === '' ? '0' : grouped(whole, group)
  return integer === undefined ? undefined : `${integer}.${fraction || '0'}`
}

function grouped(text: string, group: string): string | undefined {
  if (/^\d+$/.test(text)) return text
  const signs = new Set(text.replace(/\d/g, ''))
  if (signs.size !== 1 || ![group, ' ', "'"].includes([...signs][0] as string)) return undefined
  return /^\d{1,3}([., ']\d{2,3})*[., ']\d{3}$/.test(text) ? text.replace(/\D/g, '') : undefined
}

/** Reads money with its currency, if it names one. A bare `$` is the organization's own dollar, else USD. */
export function readAmount(text: string, mark: DecimalMark, homeCurrency: string): Amount | undefined {
  if (isWhole(text)) return { value: Number(text) + 0, currency: null }
  const { rest, currency } = takeCurrency(text.trim(), homeCurrency)
  const value = readNumber(rest, mark)
  return value === undefined ? undefined : { value, currency }
}

function takeCurrency(text: string, home: string): { rest: string; currency: string | null } {
  if (/^[\d.,\s()+-]*$/.test(text)) return { rest: text, currency: null }
  const code = /(?:^|[\d\s(-])([A-Za-z]{3})(?=$|[\s\d)-])/.exec(text)?.[1]
  if (code && isCurrency(code.toUpperCase()))
    return { rest: text.replace(code, '').trim(), currency: code.toUpperCase() }
  const upper = text.toUpperCase()
  for (const [symbol, currency] of symbols)
    if (upper.includes(symbol)) return { rest: removeSymbol(text, symbol), currency }
  if (!text.includes('$')) return { rest: text, currency: null }
  return { rest: removeSymbol(text, '$'), currency: isDollar(home) ? home : 'USD' }
}

/** To ask for the sign of a currency takes longer than to read an amount. */
const dollars = new Map<string, boolean>()

function isDollar(currency: string): boolean {
  const known = dollars.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  const found = format.formatToParts(0).some((part) => part.type === 'currency' && part.value === '$')
  dollars.set(currency, found)
  return found
}

function removeSymbol(text: string, symbol: string): string {
  const at = text.toUpperCase().indexOf(symbol)
  return (text.slice(0, at) + text.slice(at + symbol.length)).trim()
}

/** Gathers whether a column holds shares of one. */
export class ShareEvidence {
  #between = 0
  #others = 0

  add(text: string): void {
    const number = /^[01]?(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : NaN
    if (number > 0 && number < 1) this.#between += 1
    else if (number !== 0 && number !== 1) this.#others += 1
  }

  get isShare(): boolean {
    return this.#between > 0 && this.#others === 0
  }
}

/** Gathers what a column shows of its decimal mark. */
export class DecimalEvidence {
  /** Numbers of a workbook are written with a point, and without groups. */
  readonly #isPlain: boolean
  #point = 0
  #comma = 0
  #groupedByPoint = 0
  #groupedByComma = 0

  constructor(isPlain = false) {
    this.#isPlain = isPlain
  }

  add(text: string): void {
    if (!/[.,]\d/.test(text)) return
    const digits = /\d[\d.,]*[.,]\d+|[.,]\d+/.exec(text)?.[0]
    if (digits === undefined) return
    const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
    const sign = digits[last]
    const other = sign === '.' ? ',' : '.'
    const repeated = digits.indexOf(sign as string) !== last
    const fraction = digits.length - last - 1
    const open =
      !(this.#isPlain && sign === '.') &&
      !digits.includes(other) &&
      fraction === 3 &&
      !/^0?[.,]/.test(digits) &&
      last <= 3
    if (repeated || open) this.#group(sign, repeated)
    else if (sign === '.') this.#point += 1
    else this.#comma += 1
  }

  /** A lone `1.234` groups thousands unless the column says otherwise. */
  get mark(): DecimalMark {
    if (this.#comma !== this.#point) return this.#comma > this.#point ? ',' : '.'
    return this.#groupedByPoint > this.#groupedByComma ? ',' : '.'
  }

  #group(sign: string | undefined, certain: boolean): void {
    const weight = certain ? 1000 : 1
    if (sign === '.') this.#groupedByPoint += weight
    else this.#groupedByComma += weight
  }
}
