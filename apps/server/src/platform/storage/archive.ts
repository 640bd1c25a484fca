/** Zip files written to storage as they are made. */
import { once } from 'node:events'
import { Transform, type Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Storage } from './storage.ts'

export type ArchiveEntry = { name: string; content: Readable }

/** One entry after the other: a source is read only when its turn comes. Answers the bytes written. */
export async function writeArchive(
  storage: Storage,
  key: string,
  entries: Iterable<ArchiveEntry>,
): Promise<number> {
  const zip = new ZipFile()
  let bytes = 0
  // Counting by a listener would start the flow before storage is ready to take it.
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      bytes += chunk.length
      pass(null, chunk)
    },
  })
  zip.outputStream.on('error', (error: Error) => counted.destroy(error))
  zip.outputStream.pipe(counted)
  const written = storage.write(key, counted)
  const added = addEach(zip, entries).catch((error: unknown) => {
    counted.destroy(error instanceof Error ? error : new Error(String(error)))
    throw error
  })
  const [result] = await Promise.allSettled([added, written])
  if (result.status === 'rejected') throw result.reason
  await written
  return bytes
}

async function addEach(zip: ZipFile, entries: Iterable<ArchiveEntry>): Promise<void> {
  for (const { name, content } of entries) {
    const ended = once(content, 'close') // rejects on an error of the source
    zip.addReadStream(content, name)
    await ended
  }
  zip.end()
}
