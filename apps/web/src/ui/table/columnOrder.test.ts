import { expect, test } from 'vitest'
import { moveColumn, orderIds } from './useColumnModel.ts'

const columns = ['name', 'state', 'price', 'due'].map((id) => ({ id }))

test('a column that was added after the order was saved comes last', () => {
  expect(orderIds(columns, ['name', 'due', 'state'])).toEqual(['name', 'due', 'state', 'price'])
})

test('an order that names a column gone since, or moves the first one, is still good', () => {
  expect(orderIds(columns, ['gone', 'price', 'name'])).toEqual(['name', 'price', 'state', 'due'])
})

test('a column takes the place of the one it is dropped on', () => {
  const ids = columns.map(({ id }) => id)
  expect(moveColumn(ids, 'due', 'state')).toEqual(['name', 'due', 'state', 'price'])
  expect(moveColumn(ids, 'state', 'due')).toEqual(['name', 'price', 'due', 'state'])
  expect(moveColumn(ids, 'name', 'due')).toEqual(ids)
})
