/** What a row becomes, or all that is wrong with it. */
import { leadFields, NewLead } from '@rapport/contracts'
import { expect, test } from 'vitest'
import { ownerActor } from '../../platform/actor.ts'
import { convertRow } from './conversion.ts'
import { stageField } from './kinds.ts'
import { planImport } from './plan.ts'
import type { Layout } from './layout.ts'
import type { ReadingContext } from './readers.ts'

const actor = ownerActor({
  user_id: '0192f0a0-0000-7000-8000-000000000001',
  name: 'Ana',
  organization_id: '0192f0a0-0000-7000-8000-000000000002',
})
const fields = leadFields.filter(({ writable, type }) => writable && type !== 'id')
const reading = {
  kind: {
    object: 'lead',
    kind: { records: { fields: new Map() } },
    title: 'full_name',
    fields: new Map([...fields, stageField].map((field) => [field.name, field])),
    schema: NewLead,
    shapes: NewLead.shape,
    identities: ['external_id', 'email'],
    amount: 'estimated_value',
    named_by: { fields: ['company_name', 'email', 'phone'], all: false },
  },
  home_currency: 'USD',
  home_country: 'BR',
  language: 'en',
  time_zone: 'UTC',
  date_order: 'day_first',
  findMember: () => undefined,
  findStage: (text: string) => (text === 'Odd' ? { id: 'no id', type: 'open' } : undefined),
  own: [],
} as unknown as ReadingContext

/** @param fields of columns that are called otherwise */
function convert(row: Record<string, string>, fields: Record<string, string> = {}, is_share = false) {
  const names = Object.keys(row)
  const columns = names.map((name) => ({ name, decimal_mark: '.', date_order: null, is_share }))
  const layout = { columns, number_column: null, format: { guarded: false } } as unknown as Layout
  const plan = planImport(
    layout,
    Object.fromEntries(names.map((name) => [name, fields[name] ?? name])),
    reading,
    actor,
  )
  return convertRow(plan, { row: 2, cells: Object.values(row) })
}

test('a row becomes a record with its values in one form', () => {
  const row = {
    full_name: ' Ada  Lovelace ',
    email: 'MAILTO:Ada@Example.com',
    phone: '(11) 94985-5969',
    score: '42',
    estimated_value: '7509',
    'custom.remark': ' as it  is ',
  }
  expect(convert(row)).toMatchObject({
    given: {
      full_name: 'Ada Lovelace',
      email: 'ada@example.com',
      phone: '+5511949855969',
      score: 42,
      estimated_value: 7509,
      currency: 'USD',
      custom: { remark: ' as it  is ' },
    },
    named_by_us: false,
  })
})

test('addresses and numbers are read as other systems write them', () => {
  const row = {
    full_name: 'Ada',
    email: 'Ada Lovelace <Ada@Example.com>',
    phone: 'p:+5511949855969',
    mobile: "'+1 415 901 7000",
  }
  expect(convert(row)).toMatchObject({
    given: { email: 'ada@example.com', phone: '+5511949855969', mobile: '+14159017000' },
  })
})

test('an amount is of the currency that its heading says, unless it says another itself', () => {
  const fields = { 'Valor (EUR)': 'estimated_value' }
  expect(convert({ full_name: 'Ada', 'Valor (EUR)': '10' }, fields)).toMatchObject({
    given: { currency: 'EUR' },
  })
  expect(convert({ full_name: 'Ada', 'Valor (EUR)': 'R$ 10' }, fields)).toMatchObject({
    given: { currency: 'BRL' },
  })
  expect(convert({ full_name: 'Ada', 'Valor (EUR)': '10', currency: 'CHF' }, fields)).toMatchObject({
    given: { currency: 'CHF' },
  })
})

test('a column of shares gives probabilities in per cent', () => {
  const row = { full_name: 'Ada', probability: '0.55', score: '1' }
  expect(convert(row, {}, true)).toMatchObject({ given: { probability: 55, score: 1 } })
})

test('of a row all that is wrong is told, by the columns in their order', () => {
  const row = {
    full_name: 'Ada',
    city: 'x'.repeat(130),
    score: '101',
    email: 'nobody',
    estimated_value: '-5',
    probability: 'half',
  }
  expect(convert(row)).toMatchObject({
    problem: {
      column: 'city',
      value: 'x'.repeat(130),
      reasons: [
        { column: 'city', code: 'too_long', params: { most: 120 } },
        { column: 'score', code: 'too_large', params: { most: 100 } },
        { column: 'email', code: 'not_email' },
        { column: 'estimated_value', code: 'too_small', params: { least: 0 } },
        { column: 'probability', code: 'not_number' },
      ],
    },
  })
})

test('a telephone number is too long as it is written, whatever form it would be kept in', () => {
  expect(convert({ full_name: 'Ada', phone: `+55 ${'1 '.repeat(40)}` })).toMatchObject({
    problem: { column: 'phone', reasons: [{ code: 'too_long', params: { most: 60 } }] },
  })
})

test('a stage that fits no record is kept beside its values', () => {
  expect(convert({ full_name: 'Ada', stage_id: 'Odd' })).toMatchObject({
    given: { full_name: 'Ada', custom: { stage_id: 'Odd' } },
  })
})

test('what a sheet adds up below its table is no record', () => {
  for (const word of ['Total', 'Grand total:', 'TOTAL GERAL', 'Subtotal', 'Totals (45 records)'])
    for (const sum of ['R$ 1.234,56', '$12,000.00', '9999', 'EUR 5'])
      expect(convert({ full_name: word, email: '', estimated_value: sum })).toMatchObject({
        problem: { value: `${word} ${sum}`, reasons: [{ code: 'is_total' }] },
      })
  expect(convert({ full_name: 'Grand Totals (45 records)', email: '' })).toHaveProperty('problem')
  // People and companies may be called so.
  expect(convert({ full_name: 'Total', company_name: 'TotalEnergies', estimated_value: '5' })).toHaveProperty(
    'given',
  )
  expect(convert({ full_name: 'Soma', phone: '(11) 94985-5969' })).toHaveProperty('given')
  expect(convert({ full_name: 'Total', email: '' })).toHaveProperty('given')
})
