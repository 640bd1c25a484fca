import { expect, test } from 'vitest'
import { linesOf } from './lines.ts'

const heading = (id: string, before: number) => ({ id, before, content: id })
const shown = (rows: string[], headings: ReturnType<typeof heading>[]) => {
  const lines = linesOf(rows, headings)
  return Array.from(
    { length: lines.count },
    (_, line) => lines.rowAt(line) ?? lines.headingAt(line)?.id,
  ).join(' ')
}

test('headings stand before their rows, folded ones next to each other', () => {
  expect(shown(['a', 'b', 'c'], [heading('1', 0), heading('2', 2), heading('3', 2), heading('4', 3)])).toBe(
    '1 a b 2 3 c 4',
  )
  expect(shown([], [heading('1', 0), heading('2', 0)])).toBe('1 2')
  expect(shown(['a', 'b'], [])).toBe('a b')
})
