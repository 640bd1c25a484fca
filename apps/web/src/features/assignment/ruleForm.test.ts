import type { AssignmentRule } from '@rapport/contracts'
import { expect, test } from 'vitest'
import { blankRule, faultOf, filterOf, formOf, targetOf } from './ruleForm.ts'

const rule = (target: AssignmentRule['target']): AssignmentRule => ({
  id: 'r',
  object: 'lead',
  name: 'Brazil',
  enabled: true,
  position: 0,
  filter: { and: [{ field: 'country', op: 'eq', value: 'Brazil' }] },
  target,
  version: 1,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
})

test.each([
  { strategy: 'member', user_id: 'a' },
  { strategy: 'round_robin', members: [{ user_id: 'a', weight: 2 }] },
  { strategy: 'load', members: [{ user_id: 'a' }, { user_id: 'b' }] },
  { strategy: 'territory', field: 'state', members: [{ user_id: 'a', value: 'SP' }] },
] as const satisfies readonly unknown[])(
  'a rule that is opened and saved stays what it is: $strategy',
  (target) => {
    const form = formOf(rule(target as unknown as AssignmentRule['target']))
    expect(targetOf(form)).toEqual(target)
    expect(filterOf(form)).toEqual(rule({ strategy: 'member', user_id: 'a' }).filter)
    expect(faultOf(form)).toBeNull()
  },
)

test('what is missing is said', () => {
  expect(faultOf(blankRule)).toBe('name')
  expect(faultOf({ ...blankRule, name: 'New' })).toBe('member')
  const members = [{ user_id: 'a', weight: 1, value: ' ' }]
  expect(faultOf({ ...blankRule, name: 'New', members })).toBeNull()
  expect(faultOf({ ...blankRule, name: 'New', members, strategy: 'territory' })).toBe('value')
})
