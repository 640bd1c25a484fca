import { expect, test } from 'vitest'
import { isComplete, operatorsOf, withOperator } from './types.ts'

test('a value survives a change of condition only where it still means the same kind of thing', () => {
  const several = { field: 'state', op: 'in', value: ['a'] } as const
  expect(withOperator(several, 'not_in')).toEqual({ field: 'state', op: 'not_in', value: ['a'] })
  expect(withOperator(several, 'is_empty')).toEqual({ field: 'state', op: 'is_empty' })
  expect(withOperator({ field: 'price', op: 'gte', value: 5 }, 'between')).toEqual({
    field: 'price',
    op: 'between',
  })
})

test('a filter without its value is not complete', () => {
  expect(isComplete({ field: 'state', op: 'in', value: [] })).toBe(false)
  expect(isComplete({ field: 'name', op: 'contains' })).toBe(false)
  expect(isComplete({ field: 'price', op: 'gte', value: 0 })).toBe(true)
  expect(isComplete({ field: 'name', op: 'is_empty' })).toBe(true)
})

test('each type of field offers conditions, the likeliest first', () => {
  expect(operatorsOf('text')[0]).toBe('contains')
  expect(operatorsOf('select')[0]).toBe('in')
  expect(operatorsOf('date')[0]).toBe('within')
})
