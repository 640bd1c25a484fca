/** Cuts a stream of rows into batches that are bounded in rows and in size. */
import type { FileRow } from './rows.ts'

export const mostRows = 125
const mostCharacters = 4 * 1024 * 1024

export async function* inBatches(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow[], void, void> {
  let batch: FileRow[] = []
  let characters = 0
  for await (const row of rows) {
    batch.push(row)
    for (const cell of row.cells) characters += cell.length
    if (batch.length < mostRows && characters < mostCharacters) continue
    yield batch
    batch = []
    characters = 0
  }
  if (batch.length > 0) yield batch
}

/** Leaves out the header and the rows that were dealt with before. */
export async function* skipRows(
  rows: AsyncIterable<FileRow>,
  done: number,
): AsyncGenerator<FileRow, void, void> {
  let left = done + 1
  for await (const row of rows)
    if (left > 0) left -= 1
    else yield row
}

/**
 * Works on two items at once, in their order: each is handed what comes of the one before it, and begun when the one
 * before that is done with. Ends after the first that answers false or throws, when nothing is under way any more.
 */
export async function twoAtOnce<Item>(
  items: AsyncIterable<Item>,
  work: (item: Item, before: Promise<boolean>) => Promise<boolean>,
): Promise<boolean> {
  let before = Promise.resolve(true)
  let now = before
  try {
    for await (const item of items) {
      now = work(item, before)
      now.catch(() => undefined) // awaited when the next one is begun, or below
      if (!(await before)) return false
      before = now
    }
    return await before
  } finally {
    await Promise.allSettled([now])
  }
}
