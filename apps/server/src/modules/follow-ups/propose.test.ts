import { defaultCadence } from '@rapport/contracts'
import { describe, expect, test } from 'vitest'
import { proposeNext } from './propose.ts'

const closed = (number: number, due_at: string, closed_at: string) =>
  ({ number, status: 'done', due_at, closed_at }) as const
const at = (now: string, time_zone = 'UTC') => ({ now: new Date(now), time_zone })

describe('the next follow-up', () => {
  test('of a record that has none is the first, on the next calling day at the first calling hour', () => {
    // A Friday: one day on is a Saturday, on which nobody is called.
    expect(proposeNext([], defaultCadence, at('2026-03-06T15:00:00Z', 'America/Sao_Paulo'))).toEqual({
      number: 1,
      due_at: '2026-03-09T12:00:00.000Z',
      channel: 'call',
    })
  })

  test('keeps the time of day across a change of the clocks', () => {
    const known = [closed(1, '2026-03-26T08:30:00.000Z', '2026-03-26T09:00:00.000Z')]
    const next = proposeNext(known, defaultCadence, at('2026-03-26T09:00:00Z', 'Europe/Paris'))
    // 9:30 before the change and after it; the 29th is a Sunday.
    expect(next).toEqual({ number: 2, due_at: '2026-03-30T07:30:00.000Z', channel: 'whatsapp' })
  })

  test('does not lie in the past when the one before was closed long ago', () => {
    const known = [closed(2, '2026-01-05T10:00:00.000Z', '2026-01-05T10:00:00.000Z')]
    expect(proposeNext(known, defaultCadence, at('2026-03-04T08:00:00Z'))?.due_at).toBe(
      '2026-03-04T10:00:00.000Z',
    )
  })

  test('is none while one is open, and none after the third', () => {
    const open = { number: 1, status: 'open', due_at: '2026-03-02T10:00:00Z', closed_at: null } as const
    expect(proposeNext([open], defaultCadence, at('2026-03-01T10:00:00Z'))).toBeNull()
    const third = closed(3, '2026-03-02T10:00:00Z', '2026-03-02T10:00:00Z')
    expect(proposeNext([third], defaultCadence, at('2026-03-03T10:00:00Z'))).toBeNull()
  })

  test('comes on the planned day where people are called on none', () => {
    const never = { ...defaultCadence, calling_days: [] }
    expect(proposeNext([], never, at('2026-03-06T15:00:00Z'))?.due_at).toBe('2026-03-07T09:00:00.000Z')
  })
})
