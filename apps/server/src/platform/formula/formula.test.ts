import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formulaFunctions, maxFormulaLength } from '@rapport/contracts'
import { compileFormula, compileFormulas, FormulaError, type ValueType } from './index.ts'

const types = new Map<string, ValueType>([
  ['estimated_value', 'number'],
  ['full_name', 'text'],
  ['created_at', 'date'],
  ['custom.budget', 'number'],
  ['custom.cost', 'number'],
  ['custom.city', 'text'],
  ['custom.signed', 'boolean'],
  ['custom.starts_on', 'date'],
  ['custom.ends_on', 'date'],
  ['custom.products', 'list'],
])
const typeOf = (name: string) => types.get(name)

const held: Record<string, unknown> = {
  estimated_value: 1500.5,
  full_name: 'Ana Paula',
  created_at: '2026-03-01T22:15:00.000Z',
  'custom.budget': 1000,
  'custom.cost': 250,
  'custom.city': ' Recife ',
  'custom.signed': true,
  'custom.starts_on': '2024-02-28',
  'custom.ends_on': '2024-03-01',
  'custom.products': ['crm', 'chat'],
}
const reading = (record: Record<string, unknown>) => (name: string) => record[name]
const result = (text: string, record = held) => compileFormula(text, typeOf).evaluate(reading(record))

function faultOf(text: string) {
  try {
    compileFormula(text, typeOf)
  } catch (cause) {
    if (cause instanceof FormulaError) return cause.fault
    throw cause
  }
  throw new Error(`${text} compiles`)
}

describe('what formulas calculate', () => {
  it.each<[string, unknown]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['custom.budget - custom.cost', 750],
    ['custom.cost / custom.budget * 100', 25],
    ['7 % 4', 3],
    ['-custom.cost', -250],
    ['0.1 + 0.2', 0.3],
    ['1 / 3', 0.3333],
    ["if(custom.budget > 500, 'large', 'small')", 'large'],
    ["custom.budget > 2000 ? 'large' : 'small'", 'small'],
    ['coalesce(custom.budget / 0, 12)', 12],
    ['and(custom.signed, custom.budget >= 1000)', true],
    ['custom.signed && custom.budget < 1000', false],
    ['or(!custom.signed, 1 == 1)', true],
    ['not(custom.signed)', false],
    ['round(2.675, 2)', 2.68],
    ['round(-2.5)', -3],
    ['floor(2.9) + ceil(2.1) + abs(-4)', 9],
    ['min(3, custom.cost, 7) + max(1, 2)', 5],
    ["concat(full_name, ' · ', estimated_value)", 'Ana Paula · 1500.5'],
    ['upper(trim(custom.city))', 'RECIFE'],
    ['lower(full_name)', 'ana paula'],
    ['left(full_name, 3)', 'Ana'],
    ['right(full_name, 5)', 'Paula'],
    ["left('👍👍', 1)", '👍'],
    ["len('ação')", 4],
    ["contains(full_name, 'paula')", true],
    ["contains(custom.products, 'chat')", true],
    ["contains(custom.products, 'cha')", false],
    ['len(custom.products)', 2],
    ['date(2026, 2, 28)', '2026-02-28'],
    ['date(2026, 2, 29)', null],
    ['year(created_at) * 100 + month(created_at)', 202603],
    ['day(custom.starts_on)', 28],
    ['add_days(custom.starts_on, 2)', '2024-03-01'],
    ['days_between(custom.starts_on, custom.ends_on)', 2],
    ['custom.ends_on > custom.starts_on', true],
    ["IF(custom.city == ' Recife ', 1, 0)", 1],
  ])('%s is %j', (text, expected) => {
    expect(result(text)).toBe(expected)
  })

  it.each<[string, unknown]>([
    ['custom.budget + 5', 5],
    ['custom.budget * custom.cost', 0],
    ["concat(full_name, '!')", '!'],
    ['custom.signed', null],
    ['!custom.signed', true],
    ['if(custom.signed, 1, 2)', 2],
    ['is_empty(custom.budget)', true],
    ['min(custom.budget, 4)', 4],
    ['min(custom.budget)', null],
    ['full_name', null],
    ['custom.budget', null],
    ['year(custom.starts_on)', null],
    ['add_days(custom.starts_on, 3)', null],
    ['days_between(custom.starts_on, date(2026, 1, 1))', null],
    ['custom.starts_on < custom.ends_on', false],
    ['custom.starts_on == custom.ends_on', true],
    ['if(custom.budget > 1, 5)', null],
  ])('of an empty record, %s is %j', (text, expected) => {
    expect(result(text, {})).toBe(expected)
  })

  it.each(['1 / 0', '5 % 0', '1 / 0 + 7', 'round(1 / 0)', '1e308 * 10', '-1e308 * 10', 'round(1, 99)'])(
    '%s is empty',
    (text) => {
      expect(result(text)).toBeNull()
    },
  )

  it('a day before the first or after the last year is empty', () => {
    expect(result('add_days(custom.starts_on, 1e12)')).toBeNull()
    expect(result('add_days(custom.starts_on, 3000000)')).toBeNull()
    expect(result('add_days(custom.starts_on, -1e6)')).toBeNull()
  })

  it('a text does not grow beyond its bound', () => {
    const long = { full_name: 'é👍'.repeat(5000) }
    const text = result(`concat(${Array.from({ length: 150 }, () => 'full_name').join(',')})`, long)
    expect(String(text).length).toBeLessThanOrEqual(10_000)
    expect(String(text).isWellFormed()).toBe(true)
  })

  it('names the fields that it reads, each once', () => {
    const { needs, type } = compileFormula('custom.budget + custom.cost * custom.budget', typeOf)
    expect(needs).toEqual(['custom.budget', 'custom.cost'])
    expect(type).toBe('number')
  })
})

describe('what is refused, with its place', () => {
  it.each<[string, string, string]>([
    ['1 + budget', 'unknown_field', 'budget'],
    ['1 + custom.nothing', 'unknown_field', 'custom.nothing'],
    ['company.name', 'unknown_field', 'company.name'],
    ['sqrt(2)', 'unknown_function', 'sqrt'],
    ['2 * full_name', 'wrong_type', 'full_name'],
    ['if(custom.budget, 1, 2)', 'wrong_type', 'custom.budget'],
    ['upper(custom.budget)', 'wrong_type', 'custom.budget'],
    ["if(custom.signed, 1, 'two')", 'different_types', "'two'"],
    ["custom.budget == 'much'", 'different_types', "'much'"],
    ['1 < 2 < 3', 'different_types', '3'],
    ['custom.products', 'wrong_type', 'custom.products'],
    ['custom.products == custom.products', 'wrong_type', 'custom.products'],
    ['round(1, 2, 3)', 'argument_count', 'round(1, 2, 3)'],
    ['concat()', 'argument_count', 'concat()'],
    ['1 + * 2', 'syntax', '*'],
    ['1 2', 'syntax', '2'],
    ['round(1; 2)', 'syntax', ';'],
    ['2 +', 'syntax', ''],
    ["'open", 'syntax', "'"],
    ['custom.budget = 2', 'single_equals', '='],
    ['custom.budget + 1 = 2', 'single_equals', '='],
    ['   ', 'empty', '   '],
    ['[1, 2]', 'not_allowed', '[1, 2]'],
    ['1, 2', 'not_allowed', '1, 2'],
    ['`a`', 'not_allowed', '`a`'],
    ['/a+/', 'not_allowed', '/a+/'],
    ['10n', 'not_allowed', '10n'],
  ])('%s: %s at %j', (text, reason, place) => {
    const fault = faultOf(text)
    expect(fault.reason).toBe(reason)
    expect(text.slice(fault.start, fault.end).trim()).toBe(place.trim())
  })

  it.each([
    'full_name.constructor',
    "full_name['constructor']",
    'custom.__proto__',
    'custom.budget.toString()',
    "''.constructor",
    '__proto__',
    'constructor',
    'toString()',
    'constructor()',
    '__proto__()',
    'this',
    'globalThis',
    'process.exit()',
    '(x => x)(1)',
    '(async () => 1)()',
    'custom.budget++',
    'custom.budget += 1',
    'custom?.budget',
    'new Date',
    'import("fs")',
    'eval("1")',
    '{}',
    '({})',
    '...full_name',
    'concat(...custom.products)',
    'typeof full_name',
    'void 0',
    'let x',
    'a: 1',
    '2 ** 3',
    '1 << 2',
  ])('%s', (text) => {
    expect(faultOf(text).reason).toMatch(/^(not_allowed|unknown_field|unknown_function|syntax)$/)
  })

  it('a formula that is too long or too deep', () => {
    expect(faultOf('1+'.repeat(maxFormulaLength)).reason).toBe('too_long')
    expect(faultOf(`${'('.repeat(990)}1${')'.repeat(990)}`).reason).toBe('too_deep')
    expect(faultOf(`${'!'.repeat(1900)}true`).reason).toBe('too_deep')
    expect(faultOf(`1${'+1'.repeat(900)}`).reason).toBe('too_deep')
    expect(compileFormula(`'${'('.repeat(900)}'`, typeOf).type).toBe('text')
  })

  it('the line for people counts from 1', () => {
    expect(() => compileFormula('2 * full_name', typeOf)).toThrow(
      expect.objectContaining({ line: 'at character 5: * takes a number, not a text' }),
    )
  })
})

describe('formulas that build upon each other', () => {
  it('are in an order in which they can be calculated', () => {
    const all = compileFormulas(
      new Map([
        ['custom.margin_percent', 'custom.margin / custom.budget * 100'],
        ['custom.label', "concat(custom.margin_percent, '%')"],
        ['custom.margin', 'custom.budget - custom.cost'],
      ]),
      typeOf,
    )
    expect([...all.keys()]).toEqual(['custom.margin', 'custom.margin_percent', 'custom.label'])
    const record = { ...held }
    for (const [name, formula] of all) {
      if (formula instanceof FormulaError) throw formula
      record[name] = formula.evaluate(reading(record))
    }
    expect(record['custom.label']).toBe('75%')
  })

  it('never form a circle, and a broken one breaks only who reads it', () => {
    const all = compileFormulas(
      new Map([
        ['custom.a', 'custom.b + 1'],
        ['custom.b', 'custom.c'],
        ['custom.c', 'custom.a'],
        ['custom.self', 'custom.self'],
        ['custom.broken', 'nothing'],
        ['custom.on_broken', 'custom.broken + 1'],
        ['custom.fine', 'custom.budget'],
      ]),
      typeOf,
    )
    const reasons = Object.fromEntries(
      [...all].map(([name, formula]) => [
        name,
        formula instanceof FormulaError ? formula.fault.reason : 'fine',
      ]),
    )
    expect(reasons).toEqual({
      'custom.a': 'circular',
      'custom.b': 'circular',
      'custom.c': 'circular',
      'custom.self': 'circular',
      'custom.broken': 'unknown_field',
      'custom.on_broken': 'unusable_field',
      'custom.fine': 'fine',
    })
  })
})

describe('whatever is typed', () => {
  const signs = "( ) , + - * / % < == && || ! ? : . [ ] { } ` => 1 0.5 'text' \" true /* \\ 1e999".split(' ')
  const pieces = fc.constantFrom(
    ...types.keys(),
    ...formulaFunctions,
    ...signs,
    '__proto__',
    'constructor',
    '\n',
    '\u0000',
  )
  const garbage = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(' ')),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
    fc.tuple(pieces, fc.integer({ min: 1, max: 3000 })).map(([piece, times]) => piece.repeat(times)),
  )

  it('compiling throws nothing but a FormulaError whose place is within the text, in bounded time', () => {
    fc.assert(
      fc.property(garbage, (text) => {
        const since = performance.now()
        try {
          compileFormula(text, typeOf).evaluate(reading(held))
        } catch (cause) {
          expect(cause).toBeInstanceOf(FormulaError)
          if (!(cause instanceof FormulaError)) return
          const { start, end } = cause.fault
          expect(start >= 0 && start <= end && end <= text.length).toBe(true)
        }
        // What grew by more than the text would take minutes.
        expect(performance.now() - since).toBeLessThan(10_000)
      }),
      { numRuns: 3000 },
    )
  })

  // Formulas that are right in form and types, of any shape.
  const { number } = fc.letrec<{ number: string; text: string; truth: string; day: string }>((tie) => ({
    number: fc.oneof(
      { maxDepth: 5 },
      fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }).map(String),
      fc.constantFrom('estimated_value', 'custom.budget', 'custom.cost'),
      fc
        .tuple(tie('number'), fc.constantFrom('+', '-', '*', '/', '%'), tie('number'))
        .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
      fc
        .tuple(fc.constantFrom('min', 'max', 'coalesce'), tie('number'), tie('number'))
        .map(([f, a, b]) => `${f}(${a}, ${b})`),
      fc.tuple(fc.constantFrom('round', 'floor', 'ceil', 'abs'), tie('number')).map(([f, a]) => `${f}(${a})`),
      tie('text').map((text) => `len(${text})`),
      tie('day').map((day) => `year(${day})`),
      fc.tuple(tie('day'), tie('day')).map(([a, b]) => `days_between(${a}, ${b})`),
      fc.tuple(tie('truth'), tie('number'), tie('number')).map(([test, a, b]) => `if(${test}, ${a}, ${b})`),
    ),
    text: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom("'x'", 'full_name', 'custom.city'),
      fc.tuple(tie('text'), tie('number')).map(([a, b]) => `concat(${a}, ${b})`),
      fc
        .tuple(fc.constantFrom('left', 'right'), tie('text'), tie('number'))
        .map(([f, a, n]) => `${f}(${a}, ${n})`),
    ),
    truth: fc.oneof(
      { maxDepth: 5 },
      fc.constant('custom.signed'),
      fc
        .tuple(tie('number'), fc.constantFrom('<', '>=', '==', '!='), tie('number'))
        .map(([a, sign, b]) => `${a} ${sign} ${b}`),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `contains(${a}, ${b})`),
      tie('truth').map((truth) => `not(${truth})`),
    ),
    day: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom('created_at', 'custom.starts_on', 'custom.ends_on'),
      fc.tuple(tie('day'), tie('number')).map(([day, days]) => `add_days(${day}, ${days})`),
      fc.tuple(tie('number'), tie('number'), tie('number')).map(([y, m, d]) => `date(${y}, ${m}, ${d})`),
    ),
  }))
  const anyHeld = fc.oneof(
    fc.anything(),
    fc.double(),
    fc.constantFrom(null, '', '2026-13-45', '2026-01-31', [], Number.NaN, Infinity, -0),
  )
  const anyRecord = fc.record(Object.fromEntries([...types.keys()].map((name) => [name, anyHeld])))

  it('evaluating never throws, gives the same twice, and gives a finite number of four decimals or nothing', () => {
    fc.assert(
      fc.property(number, anyRecord, (text, record) => {
        fc.pre(text.length <= maxFormulaLength)
        const formula = compileFormula(text, typeOf)
        expect(formula.type).toBe('number')
        const value = formula.evaluate(reading(record))
        expect(formula.evaluate(reading(record))).toBe(value)
        expect(value === null || Number.isFinite(value)).toBe(true)
        if (typeof value === 'number' && Math.abs(value) < 1e9) expect(value).toBe(Number(value.toFixed(4)))
      }),
      { numRuns: 1500 },
    )
  })
})
