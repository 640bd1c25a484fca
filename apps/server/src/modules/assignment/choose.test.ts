import { expect, test } from 'vitest'
import { choose, type Member, type Pool } from './choose.ts'

const member = (user_id: string, fields: Partial<Member> = {}): Member => ({
  place: 0,
  user_id,
  weight: 1,
  value: null,
  credit: 0,
  load: 0,
  available: true,
  ...fields,
})
const sorted = (all: readonly (string | null)[]) =>
  all.toSorted((one, other) => ((one ?? '') < (other ?? '') ? -1 : 1))
const turns = (pool: Pool, count: number) => Array.from({ length: count }, () => choose(pool, null))

test('a round robin gives each exactly their share, and not all at once', () => {
  const members = [member('a'), member('b', { weight: 2 }), member('c', { weight: 3 })]
  const given = turns({ strategy: 'round_robin', members }, 60)
  const shares = Object.groupBy(given, (one) => one ?? '')
  expect(Object.entries(shares).map(([who, all]) => [who, all?.length])).toEqual(
    expect.arrayContaining([
      ['a', 10],
      ['b', 20],
      ['c', 30],
    ]),
  )
  expect(sorted(given.slice(0, 6))).toEqual(['a', 'b', 'b', 'c', 'c', 'c'])
})

test('who is away gets nothing, and nothing to make up for afterwards', () => {
  const members = [member('a'), member('b', { available: false })]
  const pool: Pool = { strategy: 'round_robin', members }
  expect(turns(pool, 4)).toEqual(['a', 'a', 'a', 'a'])
  pool.members[1] = { ...member('b'), credit: members[1]?.credit ?? 0 }
  expect(sorted(turns(pool, 4))).toEqual(['a', 'a', 'b', 'b'])
})

test('by load whoever has the fewest is next, each record counted as it is given', () => {
  const members = [member('a', { load: 3, place: 0 }), member('b', { load: 1, place: 1 })]
  expect(turns({ strategy: 'load', members }, 4)).toEqual(['b', 'b', 'a', 'b'])
})

test('a territory goes by the value however it is written; without a member there is nobody', () => {
  const pool: Pool = { strategy: 'territory', members: [member('a', { value: 'brazil' })] }
  expect(choose(pool, ' Brazil ')).toBe('a')
  expect(choose(pool, 'Chile')).toBeNull()
  expect(choose(pool, null)).toBeNull()
})
