import type { View } from '@rapport/contracts'
import { describe, expect, test } from 'vitest'
import {
  arrangementIn,
  arrangementOf,
  changedParts,
  plain,
  savedParts,
  withoutChanges,
  withPart,
  type Arrangement,
} from './address.ts'

const saved = {
  layout: 'table',
  columns: [{ field: 'full_name', width: 220 }, { field: 'email' }],
  filter: { and: [{ field: 'city', op: 'eq', value: 'Lyon' }] },
  sort: '-score',
  group_by: 'status',
  date_field: null,
  pipeline_id: null,
} as unknown as View
const base = arrangementOf(saved)
const address = (text = '') => new URLSearchParams(text)

describe('a list in the address', () => {
  test('is the saved view where the address says nothing', () => {
    expect(arrangementIn(address('view=1'), base)).toEqual(base)
    expect(arrangementIn(address(), plain)).toEqual(plain)
  })

  test('holds every part, and gives it back', () => {
    const wanted: Arrangement = {
      layout: 'calendar',
      columns: [{ field: 'custom.size', width: 90 }, { field: 'name' }],
      filters: [{ or: [{ field: 'city', op: 'eq', value: 'Nîmes' }] }],
      sort: 'name,-score',
      group_by: 'owner_id',
      date_field: 'created_at',
      pipeline_id: 'p1',
    }
    let params = address('view=1')
    for (const part of Object.keys(wanted) as (keyof Arrangement)[])
      params = withPart(params, base, part, wanted[part] as never)
    expect(arrangementIn(address(params.toString()), base)).toEqual(wanted)
    expect(changedParts(params).length).toBe(7)
  })

  test('says that something is empty where the view has it, and nothing where it is as saved', () => {
    const bare = withPart(withPart(address('view=1'), base, 'sort', ''), base, 'group_by', null)
    expect(arrangementIn(bare, base)).toMatchObject({ sort: '', group_by: null })
    expect(changedParts(bare)).toEqual(['sort', 'group_by'])
    const back = withPart(withPart(bare, base, 'sort', '-score'), base, 'group_by', 'status')
    expect(back.toString()).toBe('view=1')
  })

  test('can be put back to what was saved', () => {
    const params = address('view=1&q=ada&sort=name&columns=name&lead=7')
    expect(withoutChanges(params).toString()).toBe('view=1&q=ada&lead=7')
  })

  test('may be old or made by hand', () => {
    const odd = arrangementIn(address('layout=cube&filter={&columns=,,a:x,b:9'), plain)
    expect(odd).toMatchObject({ layout: 'table', filters: [], columns: [{ field: 'a' }, { field: 'b' }] })
  })
})

test('a view is saved with what the API takes', () => {
  expect(savedParts(base)).toEqual({
    layout: 'table',
    columns: saved.columns,
    filter: saved.filter,
    sort: '-score',
    group_by: 'status',
    date_field: null,
    pipeline_id: null,
  })
  expect(savedParts(plain)).toMatchObject({ filter: null, sort: null, columns: [] })
})
