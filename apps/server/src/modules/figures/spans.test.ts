import { expect, test } from 'vitest'
import { spansAt } from './spans.ts'

test('a month is compared with as much of the one before, where the caller is', () => {
  expect(spansAt(new Date('2026-03-11T12:00:00Z'), 'month', 'America/Sao_Paulo')).toEqual({
    from: '2026-03-01T03:00:00.000Z',
    until: '2026-04-01T03:00:00.000Z',
    before_from: '2026-02-01T03:00:00.000Z',
    before_until: '2026-02-11T12:00:00.000Z',
  })
})

test('a longer month than the one before is compared with all of that', () => {
  const { from, before_until } = spansAt(new Date('2026-03-31T12:00:00Z'), 'month', 'UTC')
  expect(before_until).toBe(from)
})

test('the first quarter is compared with the last one of the year before', () => {
  expect(spansAt(new Date('2026-02-01T00:00:00Z'), 'quarter', 'UTC')).toMatchObject({
    from: '2026-01-01T00:00:00.000Z',
    before_from: '2025-10-01T00:00:00.000Z',
    before_until: '2025-11-01T00:00:00.000Z',
  })
})
