import type { FormulaFunction, FormulaType } from '@rapport/contracts'
import { addDays, daysBetween, makeDate, partOf } from './dates.ts'
import {
  cut,
  dateOf,
  isEmpty,
  numberOf,
  roundTo,
  textOf,
  truthOf,
  written,
  type Value,
  type ValueType,
} from './values.ts'

/** `same`: all arguments that say so have one type, which is also what the function gives. */
export type Accepts = ValueType | 'any' | 'same' | 'text_or_list'

type Definition = {
  /** One for each argument; the last stands for all that follow. */
  takes: readonly Accepts[]
  least: number
  most: number
  gives: FormulaType | 'same'
  run: (...values: Value[]) => Value
}

const takesOnly = (
  takes: readonly Accepts[],
  gives: Definition['gives'],
  run: Definition['run'],
  least = takes.length,
): Definition => ({
  takes,
  least,
  most: takes.length,
  gives,
  run,
})
const takesMany = (takes: Accepts, gives: Definition['gives'], run: Definition['run']): Definition => ({
  takes: [takes],
  least: 1,
  most: Infinity,
  gives,
  run,
})

/** Missing dates make what is calculated from them missing. */
function fromDate(run: (date: string) => Value): Definition['run'] {
  return (value = null) => {
    const date = dateOf(value)
    return date === null ? null : run(date)
  }
}

const byNumber =
  (run: (value: number) => number): Definition['run'] =>
  (value = null) =>
    run(numberOf(value))
const byText =
  (run: (value: string) => string): Definition['run'] =>
  (value = null) =>
    cut(run(textOf(value)))

function roundToDecimals(value: Value = null, decimals: Value = null) {
  const places = Math.trunc(numberOf(decimals))
  return places >= 0 && places <= 10 ? roundTo(numberOf(value), places) : Number.NaN
}

/** Empty numbers are no candidates: the least of nothing is nothing. */
const extreme =
  (choose: (...values: number[]) => number): Definition['run'] =>
  (...values) => {
    const given = values.filter((value) => value !== null).map(numberOf)
    return given.length === 0 ? null : choose(...given)
  }

/** Whole characters, so that no emoji is cut in two. */
function partOfText(text: Value = null, length: Value = null, from: 'left' | 'right') {
  const characters = Array.from(textOf(text))
  const wanted = Math.max(0, Math.trunc(numberOf(length)) || 0)
  const part =
    from === 'left' ? characters.slice(0, wanted) : characters.slice(Math.max(0, characters.length - wanted))
  return part.join('')
}

function contains(within: Value = null, wanted: Value = null) {
  if (Array.isArray(within)) return within.includes(textOf(wanted))
  return textOf(within).toLowerCase().includes(textOf(wanted).toLowerCase())
}

export const functions: Record<FormulaFunction, Definition> = {
  if: takesOnly(
    ['boolean', 'same', 'same'],
    'same',
    (test = null, yes = null, no = null) => (truthOf(test) ? yes : no),
    2,
  ),
  coalesce: takesMany('same', 'same', (...values) => values.find((value) => !isEmpty(value)) ?? null),
  is_empty: takesOnly(['any'], 'boolean', (value = null) => isEmpty(value)),
  and: takesMany('boolean', 'boolean', (...values) => values.every(truthOf)),
  or: takesMany('boolean', 'boolean', (...values) => values.some(truthOf)),
  not: takesOnly(['boolean'], 'boolean', (value = null) => !truthOf(value)),
  round: takesOnly(['number', 'number'], 'number', roundToDecimals, 1),
  floor: takesOnly(['number'], 'number', byNumber(Math.floor)),
  ceil: takesOnly(['number'], 'number', byNumber(Math.ceil)),
  abs: takesOnly(['number'], 'number', byNumber(Math.abs)),
  min: takesMany('number', 'number', extreme(Math.min)),
  max: takesMany('number', 'number', extreme(Math.max)),
  concat: takesMany('any', 'text', (...values) => cut(values.map(written).join(''))),
  lower: takesOnly(
    ['text'],
    'text',
    byText((text) => text.toLowerCase()),
  ),
  upper: takesOnly(
    ['text'],
    'text',
    byText((text) => text.toUpperCase()),
  ),
  trim: takesOnly(
    ['text'],
    'text',
    byText((text) => text.trim()),
  ),
  left: takesOnly(['text', 'number'], 'text', (text, length) => partOfText(text, length, 'left')),
  right: takesOnly(['text', 'number'], 'text', (text, length) => partOfText(text, length, 'right')),
  len: takesOnly(['text_or_list'], 'number', (value = null) =>
    Array.isArray(value) ? value.length : Array.from(textOf(value)).length,
  ),
  contains: takesOnly(['text_or_list', 'text'], 'boolean', contains),
  date: takesOnly(['number', 'number', 'number'], 'date', (year = null, month = null, day = null) =>
    makeDate(numberOf(year), numberOf(month), numberOf(day)),
  ),
  year: takesOnly(
    ['date'],
    'number',
    fromDate((date) => partOf(date, 'year')),
  ),
  month: takesOnly(
    ['date'],
    'number',
    fromDate((date) => partOf(date, 'month')),
  ),
  day: takesOnly(
    ['date'],
    'number',
    fromDate((date) => partOf(date, 'day')),
  ),
  add_days: takesOnly(['date', 'number'], 'date', (value = null, days = null) =>
    fromDate((date) => addDays(date, numberOf(days)))(value),
  ),
  days_between: takesOnly(['date', 'date'], 'number', (from = null, to = null) =>
    fromDate((start) => fromDate((end) => daysBetween(start, end))(to))(from),
  ),
}
