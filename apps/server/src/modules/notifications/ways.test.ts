import { describe, expect, test } from 'vitest'
import { asItComes, isQuiet, nextDigest, waysOf, type SettingsRow } from './ways.ts'

const at = (text: string) => new Date(text)
const night: SettingsRow = { ...asItComes, quiet_from: '22:00', quiet_to: '07:00' }

describe('quiet hours', () => {
  test.each([
    ['2026-03-02T23:30:00Z', 'UTC', true],
    ['2026-03-02T06:59:00Z', 'UTC', true],
    ['2026-03-02T07:00:00Z', 'UTC', false],
    ['2026-03-02T21:59:00Z', 'UTC', false],
    // Three hours behind: it is ten in the evening there.
    ['2026-03-03T01:00:00Z', 'America/Sao_Paulo', true],
    ['2026-03-02T23:30:00Z', 'America/Sao_Paulo', false],
  ])('at %s in %s are by the clock of the person: %s', (now, zone, quiet) => {
    expect(isQuiet(night, zone, at(now))).toBe(quiet)
  })

  test('within one day, end on it', () => {
    const noon: SettingsRow = { ...asItComes, quiet_from: '12:00', quiet_to: '13:00' }
    expect(isQuiet(noon, 'UTC', at('2026-03-02T12:30:00Z'))).toBe(true)
    expect(isQuiet(noon, 'UTC', at('2026-03-02T23:30:00Z'))).toBe(false)
  })

  test('silence what pops up, but not the list, the digest, or what is urgent', () => {
    const now = at('2026-03-02T23:30:00Z')
    const assigned = waysOf(night, { type: 'record_assigned', time_zone: 'UTC', now })
    expect(assigned).toMatchObject({ in_app: true, toast: false })
    expect(assigned.mail_due_at).toEqual(at('2026-03-03T08:00:00Z'))
    const loud: SettingsRow = { ...night, channels: { account_secured: { toast: true } } }
    const urgent = waysOf(loud, { type: 'account_secured', time_zone: 'UTC', now })
    expect(urgent).toMatchObject({ toast: true })
  })
})

describe('the next digest', () => {
  test('of the day is at the chosen time, where the person is', () => {
    const daily: SettingsRow = { ...asItComes, digest_at: '08:30' }
    expect(nextDigest(daily, 'America/Sao_Paulo', at('2026-03-02T11:00:00Z'))).toEqual(
      at('2026-03-02T11:30:00Z'),
    )
    expect(nextDigest(daily, 'America/Sao_Paulo', at('2026-03-02T11:30:00Z'))).toEqual(
      at('2026-03-03T11:30:00Z'),
    )
  })

  test('of the hour is at the next full one, and there is none for whoever wants none', () => {
    const now = at('2026-03-02T11:20:00Z')
    expect(nextDigest({ ...asItComes, digest: 'hourly' }, 'UTC', now)).toEqual(at('2026-03-02T12:00:00Z'))
    expect(nextDigest({ ...asItComes, digest: 'off' }, 'UTC', now)).toBeNull()
  })
})
