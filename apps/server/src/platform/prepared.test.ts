import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { queryBuilder } from './kysely.ts'
import { kept } from './prepared.ts'

describe('a statement is kept prepared', () => {
  test('once it is asked often, under one name whatever its values', () => {
    const ask = (value: number) => kept(sql`SELECT ${value}::int AS asked_often`.compile(queryBuilder)).name
    const names = Array.from({ length: 40 }, (_, place) => ask(place))
    expect(names.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => undefined))
    expect(new Set(names.slice(19)).size).toBe(1)
    expect(names.at(-1)).toMatch(/^kept_\d+$/)
  })

  test('as long as there are not too many of them', () => {
    const ask = (text: number) => kept(sql`SELECT ${sql.lit(text)} AS one_of_many`.compile(queryBuilder)).name
    const names = Array.from({ length: 200 }, (_, text) => Array.from({ length: 30 }, () => ask(text)).at(-1))
    expect(names.filter((name) => name !== undefined).length).toBeLessThanOrEqual(64)
    expect(names.at(-1)).toBeUndefined()
  })
})
