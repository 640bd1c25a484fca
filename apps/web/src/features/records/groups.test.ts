import { leadFields, type FieldDescription, type Group } from '@rapport/contracts'
import { expect, test } from 'vitest'
import { daysOf, viewOfGroup } from './groups.ts'

const field = (name: string) => leadFields.find((one) => one.name === name) as FieldDescription
const group = (value: string | null) => ({ value }) as Group

test('the list of a group is the list narrowed to it', () => {
  const filter = { and: [{ field: 'city', op: 'eq' as const, value: 'Lyon' }] }
  expect(viewOfGroup({ filter, sort: 'score' }, field('status'), group('new'))).toEqual({
    filter: { and: [filter, { field: 'status', op: 'eq', value: 'new' }] },
    sort: 'score',
  })
  expect(viewOfGroup({}, field('owner_id'), group(null)).filter).toEqual({
    field: 'owner_id',
    op: 'is_empty',
  })
  expect(viewOfGroup({}, field('score'), group('7')).filter).toEqual({ field: 'score', op: 'eq', value: 7 })
})

test('a month has all its days', () => {
  expect(daysOf('2028-02')).toEqual(['2028-02-01', '2028-02-29'])
  expect(daysOf('2026-12')).toEqual(['2026-12-01', '2026-12-31'])
})
