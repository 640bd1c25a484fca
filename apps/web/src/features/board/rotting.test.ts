import type { Stage } from '@rapport/contracts'
import { expect, test } from 'vitest'
import { daysRotting } from './rotting.ts'

const stage = (more: Partial<Stage>): Stage => ({
  id: 's',
  pipeline_id: 'p',
  name: 'Proposal',
  color: 'blue',
  type: 'open',
  probability: 50,
  required_fields: [],
  rotting_days: 7,
  forecast_category: null,
  position: 0,
  version: 1,
  ...more,
})
const now = Date.parse('2026-03-20T12:00:00Z')
const since = (day: string) => ({ stage_entered_at: `${day}T12:00:00Z` })

test('a card is rotting from the day on that its stage says, and says for how long it has stood there', () => {
  expect(daysRotting(since('2026-03-14'), stage({}), now)).toBeNull()
  expect(daysRotting(since('2026-03-13'), stage({}), now)).toBe(7)
  expect(daysRotting(since('2026-03-01'), stage({}), now)).toBe(19)
})

test('nothing rots in a stage without a limit, or in one that is won or lost', () => {
  expect(daysRotting(since('2020-01-01'), stage({ rotting_days: null }), now)).toBeNull()
  expect(daysRotting(since('2020-01-01'), stage({ type: 'won' }), now)).toBeNull()
})
