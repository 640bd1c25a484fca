import { expect, test } from 'vitest'
import { cameFrom, cameFromIn } from './cameFrom.ts'

const records = Array.from({ length: 500 }, (_, place) => ({ id: String(place) }))

test('a page knows the list it was opened from, without the panel, and the records around', () => {
  const from = cameFrom(new URLSearchParams('q=ana&lead=250'), 'lead', records, '250')
  expect(from.search).toBe('?q=ana')
  expect([from.ids[0], from.ids.at(-1), from.ids.length]).toEqual(['150', '350', 201])
  expect(cameFrom(new URLSearchParams(), 'lead', records, 'elsewhere')).toEqual({ search: '', ids: [] })
})

test('what it is told by others is taken for nothing', () => {
  for (const state of [null, 'x', { search: 1, ids: 'x' }, {}])
    expect(cameFromIn(state)).toEqual({ search: '', ids: [] })
  expect(cameFromIn({ search: '?q=a', ids: ['1', 2] })).toEqual({ search: '?q=a', ids: ['1'] })
})
