import { expect, test } from 'vitest'
import type { ColumnType } from '../fields/fieldTypes.ts'
import { readWall } from '../fields/readDate.ts'
import { readNumber } from '../fields/readNumber.ts'
import { copyCell, formatCell, parseCell } from './cellValue.ts'
import { makeFormat } from '../format.ts'
import type { DataColumn } from './types.ts'

const column = (type: ColumnType, more: Partial<DataColumn<object>> = {}): DataColumn<object> => ({
  id: 'field',
  header: 'Field',
  type,
  ...more,
})
const parse = (type: ColumnType, text: string, more: Partial<DataColumn<object>> = {}) =>
  parseCell(column(type, more), {}, text, makeFormat('pt-BR'))

test('numbers are read as this language and as programs write them', () => {
  expect(readNumber('1.234,50', 'pt-BR')).toBe(1234.5)
  expect(readNumber('1,234.50', 'en')).toBe(1234.5)
  expect(readNumber('R$ 1.234', 'pt-BR')).toBe(1234)
  expect(readNumber('1234.5', 'pt-BR')).toBe(1234.5)
  expect(readNumber('1,234,567', 'pt-BR')).toBe(1_234_567)
  expect(readNumber('-12', 'en')).toBe(-12)
  expect(readNumber('12 USD', 'en')).toBe(12)
})

test('what is no number is refused, not guessed', () => {
  for (const text of ['', 'abc', '12-', 'room 12b', '1.2.3,4,5']) expect(readNumber(text, 'en')).toBeNull()
})

test('money keeps at most the minor digits of its currency', () => {
  expect(parse('money', '10,129', { currency: 'BRL' })).toEqual({ ok: true, value: 10.13 })
  expect(parse('money', '1.500', { currency: 'JPY' })).toEqual({ ok: true, value: 1500 })
})

test('a day is read in the order of the language and never slips to its neighbour', () => {
  expect(readWall('03/04/2026', makeFormat('pt-BR'))).toBe('2026-04-03T09:00')
  expect(readWall('03/04/2026', makeFormat('en'))).toBe('2026-03-04T09:00')
  expect(readWall('2026-03-01', makeFormat('en'))).toBe('2026-03-01T09:00')
  expect(readWall('31/02/2026', makeFormat('pt-BR'))).toBeNull()
  const row = { field: '2026-03-01' }
  expect(formatCell(column('date'), row, makeFormat('en'))).toBe('Mar 1, 2026')
})

test('a choice is found by its value or by its label, and only among the choices', () => {
  const options = [{ value: 'won', label: 'Ganho' }]
  expect(parse('select', 'ganho', { options })).toEqual({ ok: true, value: 'won' })
  expect(parse('select', 'won', { options })).toEqual({ ok: true, value: 'won' })
  expect(parse('select', 'perdido', { options })).toEqual({ ok: false, reason: 'option' })
})

test('addresses are checked, and a web address gets its scheme', () => {
  expect(parse('email', 'ana@example.com')).toEqual({ ok: true, value: 'ana@example.com' })
  expect(parse('email', 'ana@')).toEqual({ ok: false, reason: 'email' })
  expect(parse('url', 'example.com/a')).toEqual({ ok: true, value: 'https://example.com/a' })
  expect(parse('url', 'javascript:alert(1)')).toEqual({ ok: false, reason: 'url' })
})

test('an emptied cell is null', () => {
  for (const type of ['text', 'number', 'date', 'select'] as const) {
    expect(parse(type, '  ')).toEqual({ ok: true, value: null })
  }
})

test('cells are copied so that a spreadsheet reads them', () => {
  expect(copyCell(column('money', { currency: 'BRL' }), { field: 1234.5 })).toBe('1234.5')
  expect(copyCell(column('select', { options: [{ value: 'a', label: 'Alpha' }] }), { field: 'a' })).toBe(
    'Alpha',
  )
  expect(copyCell(column('text'), { field: null })).toBe('')
})

test('several addresses or numbers are one text with commas, and come apart at commas and semicolons', () => {
  expect(parse('emails', 'a@b.example; c@d.example,')).toEqual({
    ok: true,
    value: ['a@b.example', 'c@d.example'],
  })
  expect(parse('emails', 'a@b.example, nobody')).toEqual({ ok: false, reason: 'email' })
  expect(parse('phones', ' ')).toEqual({ ok: true, value: [] })
  expect(copyCell(column('phones'), { field: ['+55 11 5555', '+1 202'] })).toBe('+55 11 5555, +1 202')
})

test('a choice is read among those of its row', () => {
  const options = (row: object) => ('open' in row ? [{ value: '1', label: 'Open' }] : [])
  expect(parseCell(column('select', { options }), { open: true }, 'open', makeFormat('en'))).toEqual({
    ok: true,
    value: '1',
  })
  expect(parseCell(column('select', { options }), {}, 'open', makeFormat('en'))).toEqual({
    ok: false,
    reason: 'option',
  })
})

test('yes and no are read by what they are called, and are never a text', () => {
  const options = [
    { value: 'true', label: 'Sim' },
    { value: 'false', label: 'Não' },
  ]
  expect(parse('boolean', 'sim', { options })).toEqual({ ok: true, value: true })
  expect(parse('boolean', 'não', { options })).toEqual({ ok: true, value: false })
  expect(parse('boolean', 'talvez', { options })).toEqual({ ok: false, reason: 'option' })
  expect(copyCell(column('boolean', { options }), { field: false })).toBe('Não')
})

test('several choices are copied by their names and read again, all of them or none', () => {
  const options = [
    { value: 'crm', label: 'CRM' },
    { value: 'chat', label: 'Chat em grupo' },
  ]
  expect(copyCell(column('multi_select', { options }), { field: ['chat', 'crm', 'old'] })).toBe(
    'Chat em grupo, CRM, old',
  )
  expect(parse('multi_select', 'chat em grupo, crm', { options })).toEqual({
    ok: true,
    value: ['chat', 'crm'],
  })
  expect(parse('multi_select', 'crm, fax', { options })).toEqual({ ok: false, reason: 'option' })
  expect(parse('multi_select', '', { options })).toEqual({ ok: true, value: [] })
})
