import { beforeAll, expect, test } from 'vitest'
import { makeFormat } from '../format.ts'
import { loadWords, readWords } from './dateWords.ts'
import { readInstant, readWall } from './readDate.ts'

/** A Saturday. */
const now = new Date(2026, 10, 21, 10, 30)
const english = makeFormat('en')
const portuguese = makeFormat('pt-BR')

beforeAll(async () => {
  await loadWords('en')
  await loadWords('pt-BR')
})

test.each([
  ['tomorrow', '2026-11-22 09:00'],
  ['next friday', '2026-11-27 09:00'],
  ['in 3 days', '2026-11-24 09:00'],
  ['tomorrow 3pm', '2026-11-22 15:00'],
  ['in 2 hours', '2026-11-21 12:30'],
  ['dec 31', '2026-12-31 09:00'],
])('"%s" is understood in English', (text, meant) => {
  expect(readWords(text, english, now)?.wall).toBe(meant.replace(' ', 'T'))
})

test.each([
  ['amanhã', '2026-11-22 09:00'],
  ['Amanha', '2026-11-22 09:00'],
  ['depois de amanhã', '2026-11-23 09:00'],
  ['sexta', '2026-11-27 09:00'],
  ['próxima sexta', '2026-11-27 09:00'],
  ['próxima sexta-feira', '2026-11-27 09:00'],
  ['sexta que vem', '2026-11-27 09:00'],
  ['em 3 dias', '2026-11-24 09:00'],
  ['daqui a duas semanas', '2026-12-05 09:00'],
  ['em 2 horas', '2026-11-21 12:30'],
  ['há 3 dias', '2026-11-18 09:00'],
  ['semana que vem', '2026-11-28 09:00'],
  ['próximo mês', '2026-12-21 09:00'],
  ['amanhã às 15h', '2026-11-22 15:00'],
  ['amanhã 15h30', '2026-11-22 15:30'],
  ['segunda 9h', '2026-11-23 09:00'],
  ['em 3 dias às 14h', '2026-11-24 14:00'],
  ['31 de dezembro', '2026-12-31 09:00'],
])('"%s" is understood in Portuguese', (text, meant) => {
  expect(readWords(text, portuguese, now)?.wall).toBe(meant.replace(' ', 'T'))
})

test('what is only partly a date is none', () => {
  for (const text of ['room 12b', 'tomorrow or so', 'call friday or monday', 'soon'])
    expect(readWords(text, english, now)).toBeNull()
  for (const text of ['sala 3', 'amanhã talvez', 'logo']) expect(readWords(text, portuguese, now)).toBeNull()
})

test('digits are read in the order that the reader has chosen', () => {
  expect(readWall('3/4/2026', makeFormat('en'))).toBe('2026-03-04T09:00')
  expect(readWall('3/4/2026', makeFormat('en', { date_format: 'dmy' }))).toBe('2026-04-03T09:00')
  expect(readWall('31/12/2026', makeFormat('pt-BR'))).toBe('2026-12-31T09:00')
})

test('a time is meant where the reader is, whatever clock the device has', () => {
  const there = makeFormat('en', { time_zone: 'America/Sao_Paulo' })
  expect(readInstant('12/31/2026 15:04', there)).toBe('2026-12-31T18:04:00.000Z')
  expect(readWords('tomorrow 3pm', there, new Date('2026-11-22T01:00:00Z'))?.wall).toBe('2026-11-22T15:00')
  const spring = makeFormat('en', { time_zone: 'America/New_York' })
  expect(readInstant('2026-03-08 03:30', spring)).toBe('2026-03-08T07:30:00.000Z')
})
