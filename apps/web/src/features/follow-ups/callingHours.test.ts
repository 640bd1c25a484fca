import { defaultCadence } from '@rapport/contracts'
import { expect, test } from 'vitest'
import { isCallingTime } from './callingHours.ts'

test.each([
  ['2026-03-03T11:59:00Z', 'America/Sao_Paulo', false],
  ['2026-03-03T12:00:00Z', 'America/Sao_Paulo', true],
  ['2026-03-03T20:59:00Z', 'America/Sao_Paulo', true],
  ['2026-03-03T21:00:00Z', 'America/Sao_Paulo', false],
  // Saturday there, Friday here.
  ['2026-03-06T23:30:00Z', 'Asia/Tokyo', false],
])('at %s, somebody in %s is called: %s', (now, zone, open) => {
  expect(isCallingTime(defaultCadence, zone, new Date(now))).toBe(open)
})
