/** Files by key, on the local disk or in a bucket that speaks S3. Keys start with the organization's id. */
import type { Environment } from '../environment.ts'
import { createDiskStorage } from './disk.ts'
import { createBucketStorage } from './bucket.ts'
import type { Storage } from './storage.ts'

export { writeArchive, type ArchiveEntry } from './archive.ts'
export type { Storage } from './storage.ts'

export const createStorage = ({ bucket, dataDir }: Pick<Environment, 'bucket' | 'dataDir'>): Storage =>
  bucket ? createBucketStorage(bucket) : createDiskStorage(dataDir)
