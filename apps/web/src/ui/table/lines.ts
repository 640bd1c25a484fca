/** What stands below each other in a table: rows, and between them the headings of groups. */
import type { ReactNode } from 'react'

export type RowHeading = {
  id: string
  /** Before which row it stands: its index among the rows; as many as there are stands at the end. */
  before: number
  content: ReactNode
  /** Undefined for one that cannot be folded. */
  expanded?: boolean
  onToggle?: () => void
  /** Told when it comes into sight: time to load what follows. */
  onShown?: () => void
}

export type Lines<Row> = {
  count: number
  rowAt: (line: number) => Row | undefined
  headingAt: (line: number) => RowHeading | undefined
}

/** @param headings in the order in which they stand. */
export function linesOf<Row>(rows: readonly Row[], headings: readonly RowHeading[] = []): Lines<Row> {
  if (headings.length === 0)
    return { count: rows.length, rowAt: (line) => rows[line], headingAt: () => undefined }
  const lines: ({ row: Row } | { heading: RowHeading })[] = []
  let next = 0
  for (const [index, row] of rows.entries()) {
    for (let heading = headings[next]; heading && heading.before <= index; heading = headings[next]) {
      lines.push({ heading })
      next += 1
    }
    lines.push({ row })
  }
  lines.push(...headings.slice(next).map((heading) => ({ heading })))
  return {
    count: lines.length,
    rowAt(line) {
      const found = lines[line]
      return found && 'row' in found ? found.row : undefined
    },
    headingAt(line) {
      const found = lines[line]
      return found && 'heading' in found ? found.heading : undefined
    },
  }
}
