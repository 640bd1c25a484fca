import { expect, test } from 'vitest'
import { makeFormat } from '../../ui/format.ts'
import { remindersFrom } from './reminders.ts'

const inSaoPaulo = makeFormat('en', { time_zone: 'America/Sao_Paulo' })
const dueOf = (now: string) =>
  Object.fromEntries(remindersFrom(new Date(now), inSaoPaulo).map(({ name, due_at }) => [name, due_at]))

test('tomorrow and next week are mornings where the reader is', () => {
  // Saturday, 23:30 in São Paulo; in Greenwich it is Sunday already.
  expect(dueOf('2026-11-22T02:30:00Z')).toMatchObject({
    in_20_minutes: '2026-11-22T02:50:00.000Z',
    tomorrow: '2026-11-22T12:00:00.000Z',
    next_week: '2026-11-23T12:00:00.000Z',
  })
})

test('on a Monday, next week is a week away', () => {
  expect(dueOf('2026-11-23T15:00:00Z')['next_week']).toBe('2026-11-30T12:00:00.000Z')
})
