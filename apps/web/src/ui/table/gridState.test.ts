import { describe, expect, test } from 'vitest'
import { NOWHERE, focusPlace, leave, locate, rangeOf, step, stepThrough } from './gridState.ts'
import type { Ground } from './gridState.ts'

function aGround(ids: string[], columnIds = ['__select', 'name', 'price']): Ground {
  return {
    rowCount: ids.length,
    rowIdAt: (index) => ids[index],
    rowIndexOf: (id) => (ids.includes(id) ? ids.indexOf(id) : undefined),
    columnIds,
  }
}
const ground = aGround(['a', 'b', 'c'])
const at = (row: number, col: number) => focusPlace(NOWHERE, { row, col }, ground, { mode: 'cell' })

describe('focus', () => {
  test('stays on its record when rows arrive above it', () => {
    expect(locate(at(1, 1).focus, aGround(['new', 'a', 'b', 'c']))).toEqual({ row: 2, col: 1 })
  })
  test('passes to the successor when its record leaves', () => {
    expect(locate(at(2, 1).focus, aGround(['a', 'b']))).toEqual({ row: 1, col: 1 })
  })
  test('moves to the first column when its column is hidden', () => {
    expect(locate(at(0, 2).focus, aGround(['a'], ['__select', 'name']))).toEqual({ row: 0, col: 1 })
  })
  test('never leaves the grid by arrows, and reaches the header', () => {
    expect(locate(step(at(0, 1), ground, { rows: -5 }).focus, ground)).toEqual({ row: -1, col: 1 })
    expect(locate(step(at(2, 2), ground, { rows: 1, cols: 1 }).focus, ground)).toEqual({ row: 2, col: 2 })
  })
})

describe('Tab', () => {
  test('walks cell by cell over the ends of rows', () => {
    const next = stepThrough(at(0, 2), ground, 1)
    expect(next && locate(next.focus, ground)).toEqual({ row: 1, col: 1 })
    const back = stepThrough(at(1, 1), ground, -1)
    expect(back && locate(back.focus, ground)).toEqual({ row: 0, col: 2 })
  })
  test('leaves the grid at either end', () => {
    expect(stepThrough(at(0, 1), ground, -1)).toBeNull()
    expect(stepThrough(at(2, 2), ground, 1)).toBeNull()
  })
})

describe('a range', () => {
  test('spans from where it began, in any direction, without header and ticks', () => {
    let state = step(at(2, 2), ground, { rows: -1, extend: true })
    state = step(state, ground, { rows: -9, cols: -9, extend: true })
    expect(rangeOf(state, ground)).toEqual({ fromRow: 0, toRow: 2, fromCol: 1, toCol: 2 })
  })
  test('ends with the next plain move', () => {
    const state = step(step(at(0, 1), ground, { rows: 1, extend: true }), ground, { rows: 1 })
    expect(rangeOf(state, ground)).toBeNull()
  })
})

test('Escape leaves the range first, then the cell, then has nothing left to do', () => {
  const ranged = step(at(0, 1), ground, { rows: 1, extend: true })
  const cell = leave(ranged)
  const row = cell && leave(cell)
  expect(cell?.anchor).toBeNull()
  expect(cell?.mode).toBe('cell')
  expect(row?.mode).toBe('row')
  expect(row && leave(row)).toBeNull()
})
