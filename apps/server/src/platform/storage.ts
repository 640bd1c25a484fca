/** Files by key, on the local disk below the data directory. Keys start with the organization's id. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type Storage = {
  /** Writes the whole stream or nothing. */
  write: (key: string, content: Readable) => Promise<void>
  read: (key: string) => Readable
  remove: (key: string) => Promise<void>
}

export function createDiskStorage(dataDir: string): Storage {
  const root = join(dataDir, 'files')
  const pathOf = (key: string): string => {
    const path = normalize(join(root, key))
    if (!path.startsWith(root + sep)) throw new Error(`The file key "${key}" leaves the storage folder.`)
    return path
  }
  return {
    async write(key, content) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true })
      const partial = `${path}.partial`
      try {
        await pipeline(content, createWriteStream(partial))
        await rename(partial, path)
      } catch (error) {
        await rm(partial, { force: true })
        throw error
      }
    },
    read: (key) => createReadStream(pathOf(key)),
    remove: (key) => rm(pathOf(key), { force: true }),
  }
}
