/** A workbook as delimited text, so that everything after the upload reads one kind of file. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../../../platform/problems.ts'
import type { Storage } from '../../../platform/storage/index.ts'
import type { SheetText } from '../layout.ts'
import { refuseFile } from '../rows.ts'
import { openArchive, type Archive } from './archive.ts'
import { workbookTooLarge } from './problems.ts'
import { readBook, readStyles, readSharedTexts } from './parts.ts'
import { readSheet, type Reading } from './sheet.ts'

/** What the texts of all sheets may come to. */
const mostText = 1024 ** 3
/** The last row that a sheet can have. */
const lastRow = 1_048_576
/** Nobody chooses among more. */
const mostSheets = 200

/**
 * Writes each sheet that has rows into a file of its own beside the workbook, and removes that. Answers them in the order
 * of the workbook: those that people see, or the hidden ones where nothing else has rows. An archive is read from its
 * end, so from a file.
 */
export async function unpackWorkbook(storage: Storage, file_key: string): Promise<SheetText[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-workbook-'))
  try {
    const path = join(folder, 'workbook.zip')
    await pipeline(storage.read(file_key), createWriteStream(path))
    const archive = await openArchive(path)
    try {
      return await unpackSheets(storage, file_key, archive)
    } finally {
      archive.close()
      await storage.remove(file_key)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** One that cannot be read hinders the others only where there are none. */
async function unpackSheets(storage: Storage, file_key: string, archive: Archive): Promise<SheetText[]> {
  const found: SheetText[] = []
  const refusals: Problem[] = []
  let seen = 0
  try {
    for (const { name: given, is_hidden, lines } of await openSheets(archive)) {
      if (found.length === mostSheets || (is_hidden && seen > 0)) break
      const name = distinct(given, found)
      const key = file_key.replace(/(?=\.csv$)/, `-${found.length + 1}`)
      try {
        if (await writeLines(storage, key, lines())) found.push({ name, file_key: key })
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        refusals.push(error)
        found.push({ name, file_key: null, refusal: error.extra.errors?.[0]?.message ?? error.message })
      }
      if (!is_hidden) seen = found.length
    }
    if (found.some((sheet) => sheet.file_key !== null)) return found
    throw refusals[0] ?? refuseFile('file_empty', 1, 'no sheet has a row')
  } catch (error) {
    await removeSheets(storage, found)
    throw error
  }
}

export async function removeSheets(storage: Storage, sheets: readonly SheetText[]): Promise<void> {
  for (const { file_key } of sheets) if (file_key !== null) await storage.remove(file_key)
}

/** Programs may call two sheets alike. */
function distinct(name: string, found: readonly SheetText[]): string {
  const taken = new Set(found.map((sheet) => sheet.name))
  let [one, count] = [name, 1]
  while (taken.has(one)) one = `${name} (${(count += 1)})`
  return one
}

/** False where there is nothing to write. */
async function writeLines(storage: Storage, key: string, lines: AsyncGenerator<Buffer>): Promise<boolean> {
  const first = await lines.next()
  if (first.done) return false
  const all = async function* () {
    yield first.value
    yield* lines
  }
  await storage.write(key, Readable.from(all(), { objectMode: false }))
  return true
}

type OpenSheet = { name: string; is_hidden: boolean; lines: () => AsyncGenerator<Buffer, void, void> }

/** Those that people see first. */
export async function openSheets(archive: Archive): Promise<OpenSheet[]> {
  const { sheets, since1904 } = await readBook(archive)
  const reading: Reading = {
    since1904,
    texts: await readSharedTexts(archive),
    styles: await readStyles(archive),
  }
  const written = { characters: 0 }
  return sheets.map(({ name, path, is_hidden }) => ({
    name,
    is_hidden,
    lines: () => linesOf(archive, path, { reading, written }),
  }))
}

type Writing = { reading: Reading; written: { characters: number } }

/** Rows that the sheet leaves out are blank lines, so that a row has the number that people see. */
async function* linesOf(
  archive: Archive,
  path: string,
  { reading, written }: Writing,
): AsyncGenerator<Buffer, void, void> {
  let next = 1
  let lines = ''
  for await (const { row, cells } of readSheet(await archive.read(path), reading)) {
    if (cells.length === 0) continue
    if (row > lastRow) throw workbookTooLarge()
    lines += '\n'.repeat(row - next) + `${cells.map(quoted).join(',')}\n`
    next = row + 1
    if (lines.length < 64 * 1024) continue
    written.characters += lines.length
    if (written.characters > mostText) throw workbookTooLarge()
    yield Buffer.from(lines)
    lines = ''
  }
  if (lines !== '') yield Buffer.from(lines)
}

const quoted = (cell: string) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
