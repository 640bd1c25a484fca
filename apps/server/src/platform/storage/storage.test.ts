/** Both kinds of storage keep the same promises; the bucket is a server that speaks S3 on this machine. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import S3rver from '@20minutes/s3rver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBucketStorage } from './bucket.ts'
import { createDiskStorage } from './disk.ts'
import type { Storage } from './storage.ts'

let directory: string
let server: S3rver
const storages = new Map<string, Storage>()

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rapport-storage-'))
  server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(directory, 'bucket'),
    configureBuckets: [{ name: 'rapport', configs: [] }],
  })
  const { port } = await server.run()
  storages.set('disk', createDiskStorage(join(directory, 'disk')))
  storages.set(
    'bucket',
    createBucketStorage({
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'rapport',
      key: 'S3RVER',
      secret: 'S3RVER',
      region: 'us-east-1',
    }),
  )
})
afterAll(async () => {
  await server?.close()
  await rm(directory, { recursive: true, force: true })
})

describe.each(['disk', 'bucket'])('on the %s', (kind) => {
  const storage = () => storages.get(kind) as Storage

  test.each([0, 1, 5_000, 8 * 1024 * 1024, 20_000_003])(
    '%d bytes are read as they were written',
    async (size) => {
      const bytes = randomBytes(size)
      const key = `org/files/${size} ção.bin`
      await storage().write(key, Readable.from(size === 0 ? [] : [bytes.subarray(0, 3), bytes.subarray(3)]))
      expect((await buffer(storage().read(key))).equals(bytes)).toBe(true)
    },
  )

  test('what is written again is the newer one; what is removed is gone, also twice', async () => {
    await storage().write('org/one', Readable.from([Buffer.from('older')]))
    await storage().write('org/one', Readable.from([Buffer.from('newer')]))
    expect((await buffer(storage().read('org/one'))).toString()).toBe('newer')
    await storage().remove('org/one')
    await storage().remove('org/one')
    await expect(buffer(storage().read('org/one'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('a stream that breaks leaves nothing', async () => {
    const broken = Readable.from(
      (async function* () {
        yield randomBytes(9 * 1024 * 1024)
        await Promise.resolve()
        throw new Error('broken')
      })(),
    )
    await expect(storage().write('org/broken', broken)).rejects.toThrow('broken')
    await expect(buffer(storage().read('org/broken'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
