import { expect, test } from 'vitest'
import { validate, version } from 'uuid'
import { newId } from './ids.ts'

test('ids are UUIDs of version 7, of now, each its own and in their order', () => {
  const before = Date.now()
  const ids = Array.from({ length: 5_000 }, newId)
  const times = ids.map((id) => Number.parseInt(id.replace('-', '').slice(0, 12), 16))
  expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toEqual(ids.toSorted())
  expect(Math.min(...times)).toBeGreaterThanOrEqual(before)
  expect(Math.max(...times)).toBeLessThanOrEqual(Date.now() + 1)
})

test('what is left to chance in them does not repeat', () => {
  const tails = Array.from({ length: 5_000 }, () => newId().slice(-8))
  expect(new Set(tails).size).toBeGreaterThan(4_990)
})
