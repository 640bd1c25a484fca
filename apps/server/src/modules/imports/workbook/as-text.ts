/** A workbook as delimited text, so that everything after the upload reads one kind of file. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Storage } from '../../../platform/storage/index.ts'
import { openArchive, type Archive } from './archive.ts'
import { workbookTooLarge } from './problems.ts'
import { readBook, readDateStyles, readSharedTexts } from './parts.ts'
import { readSheet, type Reading } from './sheet.ts'

/** What the text of a sheet may come to. */
const mostText = 1024 ** 3
/** The last row that a sheet can have. */
const lastRow = 1_048_576

/** Puts the first sheet that has rows in the place of the workbook. An archive is read from its end, so from a file. */
export async function unpackWorkbook(storage: Storage, file_key: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-workbook-'))
  try {
    const path = join(folder, 'workbook.zip')
    await pipeline(storage.read(file_key), createWriteStream(path))
    const archive = await openArchive(path)
    try {
      await storage.write(file_key, Readable.from(sheetAsText(archive), { objectMode: false }))
    } finally {
      archive.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export async function* sheetAsText(archive: Archive): AsyncGenerator<Buffer, void, void> {
  const { sheets, since1904 } = await readBook(archive)
  const reading: Reading = {
    since1904,
    texts: await readSharedTexts(archive),
    dates: await readDateStyles(archive),
  }
  for (const { path } of sheets) {
    let empty = true
    for await (const lines of linesOf(archive, path, reading)) {
      empty = false
      yield Buffer.from(lines)
    }
    if (!empty) return
  }
}

/** Rows that the sheet leaves out are blank lines, so that a row has the number that people see. */
async function* linesOf(
  archive: Archive,
  path: string,
  reading: Reading,
): AsyncGenerator<string, void, void> {
  let next = 1
  let written = 0
  let lines = ''
  for await (const { row, cells } of readSheet(await archive.read(path), reading)) {
    if (cells.length === 0) continue
    if (row > lastRow) throw workbookTooLarge()
    lines += '\n'.repeat(row - next) + `${cells.map(quoted).join(',')}\n`
    next = row + 1
    if (lines.length < 64 * 1024) continue
    written += lines.length
    if (written > mostText) throw workbookTooLarge()
    yield lines
    lines = ''
  }
  if (lines !== '') yield lines
}

const quoted = (cell: string) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
