import type { Readable } from 'node:stream'

export type Storage = {
  /** Writes the whole stream or nothing. */
  write: (key: string, content: Readable) => Promise<void>
  /** What is not there fails with the code ENOENT. */
  read: (key: string) => Readable
  /** Of what is not there, too. */
  remove: (key: string) => Promise<void>
}
