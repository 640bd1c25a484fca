/** The parts of a workbook's archive, each read as a bounded stream. */
import type { Readable } from 'node:stream'
import { text as readAll } from 'node:stream/consumers'
import { fromBuffer, open, type Entry, type ZipFile } from 'yauzl'
import { brokenWorkbook, workbookTooLarge } from './problems.ts'

/** What all parts that are read may come to when they are unpacked. */
export const mostUnpacked = 2 * 1024 ** 3
const mostEntries = 5_000
/** Of a part that is read as a whole: the list of sheets, the styles. */
const mostSmall = 16 * 1024 ** 2

export type Archive = {
  has: (name: string) => boolean
  read: (name: string) => Promise<Readable>
  /** A small part as text; empty when it is not there. */
  readText: (name: string) => Promise<string>
  close: () => void
}

const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true } as const

export async function openArchive(source: string | Buffer): Promise<Archive> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    const done = (error: Error | null, opened?: ZipFile) =>
      opened ? resolve(opened) : reject(brokenWorkbook(error?.message ?? 'it cannot be opened'))
    if (typeof source === 'string') open(source, options, done)
    else fromBuffer(source, options, done)
  })
  try {
    return asArchive(zip, await listEntries(zip))
  } catch (error) {
    zip.close()
    throw error
  }
}

function asArchive(zip: ZipFile, entries: ReadonlyMap<string, Entry>): Archive {
  let unpacked = 0
  const read = async (name: string): Promise<Readable> => {
    const entry = entries.get(name.toLowerCase())
    if (!entry) throw brokenWorkbook(`it has no ${name}`)
    if (entry.isEncrypted()) throw brokenWorkbook('it is protected with a password')
    unpacked += entry.uncompressedSize
    if (unpacked > mostUnpacked) throw workbookTooLarge()
    return new Promise((resolve, reject) => {
      zip.openReadStream(entry, (error, stream) =>
        stream ? resolve(stream) : reject(brokenWorkbook(error?.message ?? name)),
      )
    })
  }
  return {
    has: (name) => entries.has(name.toLowerCase()),
    read,
    async readText(name) {
      const entry = entries.get(name.toLowerCase())
      if (!entry) return ''
      if (entry.uncompressedSize > mostSmall) throw workbookTooLarge()
      return readAll(await read(name)).catch((error: unknown) => {
        throw brokenWorkbook(error instanceof Error ? error.message : name)
      })
    },
    close: () => zip.close(),
  }
}

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>()
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName.toLowerCase(), entry)
      if (entries.size > mostEntries) reject(workbookTooLarge())
      else zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', (error: Error) => reject(brokenWorkbook(error.message)))
    zip.readEntry()
  })
}
