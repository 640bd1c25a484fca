import { expect, test } from 'vitest'
import type { Board, BoardColumn } from './api.ts'
import { keepLoaded } from './keepLoaded.ts'

const column = (stage: string, ids: string, next_cursor: string | null = null) =>
  ({
    stage: { id: stage },
    items: ids.split('').map((id) => ({ id })),
    next_cursor,
  }) as unknown as BoardColumn
const board = (...columns: BoardColumn[]) => ({ columns }) as Board
const told = ({ columns }: Board) =>
  columns.map(({ items, next_cursor }) => [items.map(({ id }) => id).join(''), next_cursor])

test('what was scrolled to stays below the first cards when they are read again', () => {
  const known = board(column('new', 'abcdef', 'after f'))
  expect(told(keepLoaded(board(column('new', 'xab', 'after b')), known))).toEqual([['xabcdef', 'after f']])
})

test('a card that went up to the first ones, or to another column, is not shown twice', () => {
  const known = board(column('new', 'abcdef', 'after f'), column('won', ''))
  const answer = board(column('new', 'aeb', 'after b'), column('won', 'd'))
  expect(told(keepLoaded(answer, known))).toEqual([
    ['aebcf', 'after f'],
    ['d', null],
  ])
})

test('a column begins anew where nothing of it is known any more, or where it has no more than is told', () => {
  const known = board(column('new', 'abcdef', 'after f'), column('won', 'ghi', 'after i'))
  const answer = board(column('new', 'xyz', 'after z'), column('won', 'gh'))
  expect(told(keepLoaded(answer, known))).toEqual([
    ['xyz', 'after z'],
    ['gh', null],
  ])
})

test('nothing is kept of a board that was not there', () => {
  const answer = board(column('new', 'ab', 'after b'))
  expect(keepLoaded(answer, undefined)).toEqual(answer)
})
