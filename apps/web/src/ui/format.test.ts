import { expect, test } from 'vitest'
import { makeFormat } from './format.ts'

const NBSP = '\u00a0'
const now = Date.parse('2026-03-05T12:00:00Z')

test('numbers and money follow the language, the currency follows the record', () => {
  expect(makeFormat('en').money(12_500, 'BRL')).toBe('R$12,500')
  expect(makeFormat('pt-BR').money(12_500.5, 'BRL')).toBe(`R$${NBSP}12.500,50`)
  expect(makeFormat('pt-BR').number(6468)).toBe('6.468')
})

test('a currency without minor digits shows none', () => {
  expect(makeFormat('en').money(1200, 'JPY')).toBe('¥1,200')
})

test('dates are shown in the reader’s time zone', () => {
  expect(makeFormat('en', { time_zone: 'America/Sao_Paulo' }).date('2026-03-05T02:00:00Z')).toBe(
    'Mar 4, 2026',
  )
})

test('time passed is told in the largest whole unit', () => {
  const ago = (iso: string, at: number) => makeFormat('en').ago(iso, at)
  expect(ago('2026-03-05T11:59:30Z', now)).toBe('30s ago')
  expect(ago('2026-03-05T09:30:00Z', now)).toBe('2h ago')
  expect(ago('2026-03-04T10:00:00Z', now)).toBe('yesterday')
  expect(ago('2026-03-08T13:00:00Z', now)).toBe('in 3d')
  expect(makeFormat('pt-BR').ago('2026-03-04T10:00:00Z', now)).toBe('ontem')
})

test('writes days in the order that the reader has chosen, in any language', () => {
  const on = (date_format: 'dmy' | 'mdy' | 'ymd', locale = 'en') =>
    makeFormat(locale, { date_format, time_zone: 'UTC' }).date('2026-03-04T10:00:00Z')
  expect([on('dmy'), on('mdy'), on('ymd'), on('ymd', 'pt-BR')]).toEqual([
    '04/03/2026',
    '03/04/2026',
    '2026-03-04',
    '2026-03-04',
  ])
})
