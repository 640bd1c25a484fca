import { describe, expect, test } from 'vitest'
import { fromFilter, readFilters, seenFilters, toFilter } from './address.ts'
import type { FilterNode } from './types.ts'

const isNew: FilterNode = { field: 'status', op: 'in', value: ['new'] }
const inLyon: FilterNode = { field: 'city', op: 'eq', value: 'Lyon' }
const unfinished: FilterNode = { field: 'name', op: 'contains' }

describe('filters of an address', () => {
  test('are read back as they were written, groups too', () => {
    const filters: FilterNode[] = [isNew, { or: [inLyon, { and: [isNew, inLyon] }] }]
    expect(readFilters(JSON.stringify(filters))).toEqual(filters)
  })

  test('leave out what is no filter', () => {
    expect(readFilters('{"and":')).toEqual([])
    expect(readFilters('[1,null,{"field":3,"op":"eq"},{"or":[7]}]')).toEqual([{ or: [] }])
    expect(readFilters('{"field":"city"}')).toEqual([])
  })
})

describe('the filter for the API', () => {
  test('holds no condition that still lacks its value, and no empty group', () => {
    expect(toFilter([unfinished, { or: [unfinished] }])).toBeUndefined()
    expect(toFilter([isNew, { or: [unfinished, inLyon] }])).toEqual({ and: [isNew, { or: [inLyon] }] })
  })

  test('keeps what the screen has no words for', () => {
    const other = { not: { field: 'city', op: 'ne', value: 'Lyon' } }
    expect(toFilter([other, { field: 'score', op: 'lt', value: 3 }])).toEqual({
      and: [other, { field: 'score', op: 'lt', value: 3 }],
    })
  })

  test('of a saved view comes back as it was', () => {
    const filter = { and: [isNew, { or: [inLyon, isNew] }] }
    expect(toFilter(fromFilter(filter))).toEqual(filter)
    expect(fromFilter({ or: [inLyon, isNew] })).toEqual([{ or: [inLyon, isNew] }])
    expect(fromFilter(null)).toEqual([])
  })
})

test('conditions on unseen fields go, and a group of which nothing is left goes with them', () => {
  const sees = (field: string) => field !== 'city'
  expect(seenFilters([isNew, inLyon, { or: [inLyon] }, { or: [inLyon, isNew] }], sees)).toEqual([
    isNew,
    { or: [isNew] },
  ])
  // One that is just being made stays.
  expect(seenFilters([{ or: [] }], sees)).toEqual([{ or: [] }])
})
