import { describe, expect, test } from 'vitest'
import { dayOf, isoDay, parseDay, relativeSpan, startOfDay } from './days.ts'

const start = (text: string, zone: string) =>
  startOfDay(parseDay(text) ?? { year: 0, month: 0, day: 0 }, zone).toISOString()

describe('a day', () => {
  test.each([
    ['2026-01-15', 'UTC', '2026-01-15T00:00:00.000Z'],
    ['2026-01-15', 'America/Sao_Paulo', '2026-01-15T03:00:00.000Z'],
    ['2026-03-29', 'Europe/Paris', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Paris', '2026-03-29T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Paris', '2026-10-25T23:00:00.000Z'],
    ['2026-01-15', 'Pacific/Kiritimati', '2026-01-14T10:00:00.000Z'],
    ['2026-01-15', 'no such zone', '2026-01-15T00:00:00.000Z'],
  ])('%s in %s begins at %s', (day, zone, instant) => {
    expect(start(day, zone)).toBe(instant)
  })

  test('is the one that the wall clock there shows', () => {
    const instant = new Date('2026-01-01T01:30:00Z')
    expect(isoDay(dayOf(instant, 'America/Sao_Paulo'))).toBe('2025-12-31')
    expect(isoDay(dayOf(instant, 'Asia/Tokyo'))).toBe('2026-01-01')
  })

  test('is not made of what is none', () => {
    for (const text of ['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', '', '0001-01-01'])
      expect(parseDay(text)).toBeUndefined()
  })
})

test.each([
  ['today', '2026-03-01', '2026-03-02'],
  ['yesterday', '2026-02-28', '2026-03-01'],
  ['this_week', '2026-02-23', '2026-03-02'],
  ['next_week', '2026-03-02', '2026-03-09'],
  ['last_month', '2026-02-01', '2026-03-01'],
  ['next_month', '2026-04-01', '2026-05-01'],
  ['this_year', '2026-01-01', '2027-01-01'],
  ['last_7_days', '2026-02-23', '2026-03-02'],
  ['next_30_days', '2026-03-01', '2026-03-31'],
] as const)('%s on Sunday, 1 March 2026 is from %s to before %s', (name, from, to) => {
  const span = relativeSpan(name, { year: 2026, month: 3, day: 1 })
  expect([isoDay(span.from), isoDay(span.to)]).toEqual([from, to])
})

test.each([
  [0, '2026-03-01', '2026-03-08'],
  [1, '2026-02-23', '2026-03-02'],
  [6, '2026-02-28', '2026-03-07'],
] as const)('a week that begins on day %i holds Sunday, 1 March 2026 from %s on', (first, from, to) => {
  const span = relativeSpan('this_week', { year: 2026, month: 3, day: 1 }, first)
  expect([isoDay(span.from), isoDay(span.to)]).toEqual([from, to])
})
