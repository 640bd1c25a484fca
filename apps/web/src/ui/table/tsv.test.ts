import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTsv, writeTsv } from './tsv.ts'

test('whatever is copied is pasted unchanged', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', '\r', ' ', 'é') })
  const grid = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
    )
    // One empty cell is an empty clipboard: there is nothing to paste.
    .filter((rows) => !(rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === ''))
  fc.assert(
    fc.property(grid, (rows) => {
      expect(readTsv(writeTsv(rows))).toEqual(rows)
    }),
  )
})

test('a spreadsheet’s last line break is not a row', () => {
  expect(readTsv('a\tb\r\nc\td\r\n')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('a quote inside a cell, or one that nobody closes, is a plain character', () => {
  expect(readTsv('5" pipe\t"open')).toEqual([['5" pipe', '"open']])
})
