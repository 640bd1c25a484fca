import { describe, expect, test } from 'vitest'
import { arrange, describeMove, hasArrived, indexCards, stepFocus, stepTarget } from './arrangement.ts'
import type { BoardColumnData } from './types.ts'

const idOf = (card: string) => card
function aColumn(id: string, ...cards: string[]): BoardColumnData<string> {
  return { id, title: id, color: null, count: cards.length, cards }
}
const columns = [aColumn('todo', 'a', 'b', 'c'), aColumn('doing'), aColumn('done', 'd', 'e')]
const standings = indexCards(columns, idOf)
function stand(id: string) {
  const standing = standings.get(id)
  if (!standing) throw new Error(`No card ${id}`)
  return standing
}

describe('a card in the air', () => {
  test('is shown where it would land, and only there', () => {
    const shown = arrange(columns, stand('a'), { column: 'done', index: 1 })
    expect(shown.map(({ cards }) => cards)).toEqual([['b', 'c'], [], ['d', 'a', 'e']])
  })
  test('leaves the columns that it does not touch as they are', () => {
    expect(arrange(columns, stand('a'), { column: 'done', index: 0 })[1]).toBe(columns[1])
    expect(arrange(columns, stand('a'), { column: 'todo', index: 0 })).toBe(columns)
  })
  test('is carried within its column and to the next one, not beyond the ends', () => {
    const target = { column: 'todo', index: 2 }
    expect(stepTarget(columns, 'c', idOf, target, 'ArrowDown')).toEqual(target)
    expect(stepTarget(columns, 'c', idOf, target, 'ArrowRight')).toEqual({ column: 'doing', index: 0 })
    expect(stepTarget(columns, 'c', idOf, target, 'ArrowLeft')).toEqual(target)
  })
})

describe('a drop', () => {
  test('names both neighbours and the place', () => {
    expect(describeMove(columns, idOf, 'a', stand('a'), { column: 'done', index: 1 })).toEqual({
      id: 'a',
      fromColumn: 'todo',
      toColumn: 'done',
      afterId: 'd',
      beforeId: 'e',
      index: 1,
    })
  })
  test('counts places in its own column without the card itself', () => {
    const move = describeMove(columns, idOf, 'a', stand('a'), { column: 'todo', index: 2 })
    expect(move).toMatchObject({ afterId: 'c', beforeId: null, index: 2 })
  })
  test('where it was lifted is no move', () => {
    expect(describeMove(columns, idOf, 'b', stand('b'), { column: 'todo', index: 1 })).toBeNull()
  })
  test('has arrived once the caller’s columns show it, and not before', () => {
    const move = describeMove(columns, idOf, 'a', stand('a'), { column: 'todo', index: 1 })
    if (!move) throw new Error('No move')
    expect(hasArrived(columns, idOf, stand('a'), move)).toBe(false)
    const after = arrange(columns, stand('a'), { column: 'todo', index: 1 })
    expect(hasArrived(after, idOf, indexCards(after, idOf).get('a'), move)).toBe(true)
  })
})

test('the focus passes over empty columns and stops at the ends', () => {
  expect(stepFocus(columns, stand('c'), 'ArrowRight')).toBe('e')
  expect(stepFocus(columns, stand('d'), 'ArrowLeft')).toBe('a')
  expect(stepFocus(columns, stand('d'), 'ArrowRight')).toBeUndefined()
  expect(stepFocus(columns, stand('a'), 'ArrowUp')).toBeUndefined()
})

describe('in lanes', () => {
  const inLane = (lane: string, column: BoardColumnData<string>) => ({ ...column, lane })
  const lanes = [
    inLane('ana', aColumn('ana todo', 'a', 'b')),
    inLane('ana', aColumn('ana done')),
    inLane('bruno', aColumn('bruno todo', 'c')),
    inLane('bruno', aColumn('bruno done', 'd')),
  ]
  const at = (column: string, index: number) => ({ column, index })
  const from = (columnIndex: number, index: number) => ({
    column: lanes[columnIndex]?.id ?? '',
    index,
    columnIndex,
  })

  test('a card is carried over the ends of its column into the same column of the next lane', () => {
    const step = (target: ReturnType<typeof at>, key: string) => stepTarget(lanes, 'b', idOf, target, key)
    expect(step(at('ana todo', 1), 'ArrowDown')).toEqual(at('bruno todo', 0))
    expect(step(at('bruno todo', 0), 'ArrowUp')).toEqual(at('ana todo', 1))
    expect(step(at('ana done', 0), 'ArrowDown')).toEqual(at('bruno done', 0))
    expect(step(at('bruno done', 1), 'ArrowDown')).toEqual(at('bruno done', 1))
  })
  test('a card is carried sideways within its lane only', () => {
    expect(stepTarget(lanes, 'b', idOf, at('ana done', 0), 'ArrowRight')).toEqual(at('ana done', 0))
    expect(stepTarget(lanes, 'c', idOf, at('bruno todo', 0), 'ArrowLeft')).toEqual(at('bruno todo', 0))
  })
  test('the focus goes on in the next lane, and sideways stays in its own', () => {
    expect(stepFocus(lanes, from(0, 1), 'ArrowDown')).toBe('c')
    expect(stepFocus(lanes, from(2, 0), 'ArrowUp')).toBe('b')
    expect(stepFocus(lanes, from(3, 0), 'ArrowUp')).toBeUndefined()
    expect(stepFocus(lanes, from(0, 0), 'ArrowRight')).toBeUndefined()
  })
})
