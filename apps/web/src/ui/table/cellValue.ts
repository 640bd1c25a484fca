import type { Format } from '../format.ts'
import { formatPhone } from '../phone.ts'
import type { CellOption, CellValue, ColumnType, DataColumn } from './types.ts'

/** What a cell holds, how it reads as text, and how typed or pasted text becomes a value again. */
export function readCell<Row>(column: DataColumn<Row>, row: Row): unknown {
  if (column.value) return column.value(row)
  return (row as Record<string, unknown>)[column.id]
}

export function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

const NO_OPTIONS: readonly CellOption[] = []

/** The choices of a cell. */
export function optionsOf<Row>({ options = NO_OPTIONS }: DataColumn<Row>, row: Row): readonly CellOption[] {
  return typeof options === 'function' ? options(row) : options
}

export function mayEditCell<Row>(column: DataColumn<Row>, row: Row): boolean {
  return typeof column.editable === 'function' ? column.editable(row) : column.editable === true
}

export function findOption(options: readonly CellOption[], value: unknown): CellOption | undefined {
  return options.find((option) => option.value === value)
}

/** The choices that a list of values names; one that is no choice any more goes by its value. */
export const chosenOptions = (options: readonly CellOption[], value: unknown): CellOption[] =>
  (Array.isArray(value) ? value : []).map(
    (one) => findOption(options, one) ?? { value: String(one), label: String(one) },
  )

export function currencyOf<Row>(column: DataColumn<Row>, row: Row): string | undefined {
  return typeof column.currency === 'function' ? column.currency(row) : column.currency
}

/** As people read it. */
export function formatCell<Row>(column: DataColumn<Row>, row: Row, format: Format): string {
  const value = readCell(column, row)
  if (isEmptyValue(value)) return ''
  switch (column.type) {
    case 'number':
      return typeof value === 'number' ? format.number(value) : String(value)
    case 'money': {
      const currency = currencyOf(column, row)
      if (typeof value !== 'number') return String(value)
      return currency ? format.money(value, currency) : format.number(value)
    }
    case 'date':
      return formatDay(String(value), format)
    case 'datetime':
      return format.dateTime(String(value))
    case 'select':
    case 'user':
    case 'boolean':
    case 'multi_select':
      return nameChoices(optionsOf(column, row), value)
    case 'phone':
      return formatPhone(String(value), format.country)
    case 'phones':
      return joinList(value, (number) => formatPhone(number, format.country))
    case 'emails':
      return joinList(value)
    case 'text':
    case 'long_text':
    case 'email':
    case 'url':
      return String(value)
  }
}

/** A choice, or several, by what it is called; yes and no are the choices of a boolean. */
const nameChoices = (options: readonly CellOption[], value: unknown): string =>
  joinList(value, (one) => findOption(options, one)?.label ?? one)

/** Several addresses or numbers are written with commas between them. */
const joinList = (value: unknown, look = (one: string) => one): string =>
  (Array.isArray(value) ? value : [value]).map((one) => look(String(one))).join(', ')
const splitList = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter(Boolean)

/** A calendar day has no time zone: `2026-03-01` must not become the evening before it west of Greenwich. */
function formatDay(value: string, format: Format): string {
  return format.date(value.length === 10 ? `${value}T00:00:00` : value)
}

/** For the clipboard: numbers and dates plain, so that a spreadsheet reads them as such. */
export function copyCell<Row>(column: DataColumn<Row>, row: Row): string {
  const value = readCell(column, row)
  if (isEmptyValue(value)) return ''
  return isChosen(column.type) ? nameChoices(optionsOf(column, row), value) : joinList(value)
}

export type Parsed =
  { ok: true; value: CellValue } | { ok: false; reason: 'number' | 'date' | 'option' | 'email' | 'url' }

export function parseCell<Row>(column: DataColumn<Row>, row: Row, text: string, locale: string): Parsed {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, value: isList(column.type) ? [] : null }
  switch (column.type) {
    case 'number':
    case 'money': {
      const value = parseNumber(trimmed, locale)
      if (value === null) return { ok: false, reason: 'number' }
      return { ok: true, value: column.type === 'money' ? roundMoney(value, currencyOf(column, row)) : value }
    }
    case 'email':
      return EMAIL.test(trimmed) ? { ok: true, value: trimmed } : { ok: false, reason: 'email' }
    case 'url':
      return parseUrl(trimmed)
    case 'date':
    case 'datetime': {
      const value = parseDate(trimmed, locale, column.type === 'datetime')
      return value === null ? { ok: false, reason: 'date' } : { ok: true, value }
    }
    case 'select':
    case 'user': {
      const option = matchOption(optionsOf(column, row), trimmed)
      return option ? { ok: true, value: option.value } : { ok: false, reason: 'option' }
    }
    case 'boolean': {
      const option = matchOption(optionsOf(column, row), trimmed)
      return option ? { ok: true, value: option.value === 'true' } : { ok: false, reason: 'option' }
    }
    case 'multi_select': {
      const named = splitList(trimmed).map((one) => matchOption(optionsOf(column, row), one)?.value)
      const value = named.filter((one) => one !== undefined)
      return value.length === named.length ? { ok: true, value } : { ok: false, reason: 'option' }
    }
    case 'emails': {
      const value = splitList(trimmed)
      return value.every((one) => EMAIL.test(one)) ? { ok: true, value } : { ok: false, reason: 'email' }
    }
    case 'phones':
      return { ok: true, value: splitList(trimmed) }
    case 'text':
    case 'long_text':
    case 'phone':
      return { ok: true, value: trimmed }
  }
}

const isList = (type: ColumnType): boolean =>
  type === 'emails' || type === 'phones' || type === 'multi_select'

/** Its value is one of its choices, or several of them. */
export const isChosen = (type: ColumnType): boolean =>
  type === 'select' || type === 'user' || type === 'boolean' || type === 'multi_select'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** People write `acme.com`; the address needs its scheme. */
function parseUrl(text: string): Parsed {
  const address = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`
  const url = URL.parse(address)
  const isWeb = url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes('.')
  return isWeb ? { ok: true, value: address } : { ok: false, reason: 'url' }
}

/** The API takes at most the currency's minor digits. */
function roundMoney(value: number, currency: string | undefined): number {
  const digits = currency
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2)
    : 2
  return Number(value.toFixed(digits))
}

function matchOption(options: readonly CellOption[], text: string): CellOption | undefined {
  const wanted = text.toLocaleLowerCase()
  return options.find((option) => option.value === text || option.label.toLocaleLowerCase() === wanted)
}

/** Takes what people of this language write (`1.234,50`, `R$ 12`) and what programs write (`1234.5`). */
export function parseNumber(text: string, locale: string): number | null {
  const bare = text.replace(/[^\d.,+\-−]/g, '').replace('−', '-')
  if (!/\d/.test(bare)) return null
  if (/\p{L}/u.test(text.replace(/^\s*\p{L}{0,3}\p{Sc}?|\s*\p{L}{3}\s*$/gu, ''))) return null
  const decimal = decimalMark(bare, locale)
  const grouping = decimal === ',' ? '.' : ','
  const plain = bare.replaceAll(grouping, '').replace(decimal, '.')
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

function decimalMark(bare: string, locale: string): '.' | ',' {
  const dots = bare.split('.').length - 1
  const commas = bare.split(',').length - 1
  // With both marks the last one is the decimal mark; one that repeats can only group.
  if (dots > 0 && commas > 0) return bare.lastIndexOf('.') > bare.lastIndexOf(',') ? '.' : ','
  if (dots > 1) return ','
  if (commas > 1) return '.'
  const ours = new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')?.value
  const localMark = ours === ',' ? ',' : '.'
  const other = localMark === ',' ? '.' : ','
  // A lone foreign mark groups only when exactly three digits follow it.
  if (bare.includes(other) && !/[.,]\d{3}$/.test(bare)) return other
  return localMark
}

const ISO_DAY = /^\d{4}-\d{2}-\d{2}/
const WRITTEN_DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?:[ ,T]+(\d{1,2}):(\d{2}))?$/

/** `2026-03-01` and `01/03/2026` (month first where the language writes it so). */
export function parseDate(text: string, locale: string, withTime: boolean): string | null {
  if (ISO_DAY.test(text)) {
    const date = new Date(text.length === 10 ? `${text}T00:00:00` : text)
    if (Number.isNaN(date.getTime())) return null
    return withTime ? date.toISOString() : text.slice(0, 10)
  }
  const match = WRITTEN_DAY.exec(text)
  if (!match) return null
  const [first, second, year, hour, minute] = match.slice(1).map((part) => Number(part ?? 0))
  if (first === undefined || second === undefined || year === undefined) return null
  const [month, day] = isMonthFirst(locale) ? [first, second] : [second, first]
  const date = new Date(year < 100 ? 2000 + year : year, month - 1, day, hour ?? 0, minute ?? 0)
  if (date.getMonth() !== month - 1 || date.getDate() !== day) return null
  return withTime ? date.toISOString() : toLocalDay(date)
}

function isMonthFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(2026, 0, 2))
  return parts.find((part) => part.type === 'month' || part.type === 'day')?.type === 'month'
}

/** The text an editor starts with. */
export function editText<Row>(column: DataColumn<Row>, value: unknown, locale: string): string {
  if (isEmptyValue(value)) return ''
  if (typeof value === 'number') {
    return new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 20 }).format(value)
  }
  const text = joinList(value)
  if (column.type === 'datetime') return toLocalMinute(new Date(text))
  return column.type === 'date' ? text.slice(0, 10) : text
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}

export function toLocalDay(date: Date): string {
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** The shape `<input type="datetime-local">` wants. */
export function toLocalMinute(date: Date): string {
  return `${toLocalDay(date)}T${pad(date.getHours())}:${pad(date.getMinutes())}`
}
