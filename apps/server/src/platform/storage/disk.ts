/** Files on the local disk below the data directory. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Storage } from './storage.ts'

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
