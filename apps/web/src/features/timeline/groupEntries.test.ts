import type { Activity } from '@rapport/contracts'
import { expect, test } from 'vitest'
import { groupEntries, summed } from './groupEntries.ts'

let id = 0
function aChange(
  at: string,
  changes: Record<string, [unknown, unknown]>,
  more: Partial<Activity> = {},
): Activity {
  id += 1
  const time = `2026-03-01T${at}:00Z`
  return {
    id: String(id),
    record: { object: 'lead', id: 'lead' },
    type: 'updated',
    actor: { id: 'ana', name: 'Ana' },
    body: null,
    data: { changes },
    occurred_at: time,
    created_at: time,
    pinned_at: null,
    ...more,
  }
}
const sizes = (activities: Activity[]) => groupEntries(activities).map(({ earlier }) => 1 + earlier.length)

test('changes in a row by one person are one entry, which keeps each of them and names all fields', () => {
  const [later, earlier] = [
    aChange('10:10', { score: [20, 30] }),
    aChange('10:05', { score: [10, 20], city: [null, 'Recife'] }),
  ]
  const [entry, ...others] = groupEntries([later, earlier])
  expect(others).toEqual([])
  expect(entry).toEqual({ activity: later, earlier: [earlier] })
  expect(entry && Object.keys(summed(entry).data['changes'] as object)).toEqual(['score', 'city'])
})

test.each([
  ['by another person', { actor: { id: 'bruno', name: 'Bruno' } }],
  ['of another record', { record: { object: 'deal', id: 'deal' } }],
  ['that is no change of fields', { type: 'stage_changed' as const }],
])('a change %s stands by itself', (_, more) => {
  expect(sizes([aChange('10:10', { score: [20, 30] }), aChange('10:05', { score: [10, 20] }, more)])).toEqual(
    [1, 1],
  )
})

test('a change long after the one before stands by itself', () => {
  expect(sizes([aChange('11:00', { score: [2, 3] }), aChange('10:05', { score: [1, 2] })])).toEqual([1, 1])
})
