/**
 * Files in a bucket of S3 or of what speaks like it. Large ones go in parts of 8 MiB, so that memory does not grow with
 * them; what is not completed is aborted and leaves nothing that could be read.
 */
import { Readable } from 'node:stream'
import { S3mini } from 's3mini'
import type { Storage } from './storage.ts'

export type Bucket = { endpoint: string; bucket: string; key: string; secret: string; region: string }

const part_bytes = 8 * 1024 * 1024

export function createBucketStorage({ endpoint, bucket, key, secret, region }: Bucket): Storage {
  const s3 = new S3mini({
    accessKeyId: key,
    secretAccessKey: secret,
    endpoint: `${endpoint.replace(/\/+$/, '')}/${bucket}`,
    region,
  })

  async function writeInParts(name: string, first: Buffer, rest: AsyncIterator<Buffer>): Promise<void> {
    const upload = await s3.getMultipartUploadId(name)
    try {
      const parts = [await s3.uploadPart(name, upload, first, 1)]
      for (let next = await rest.next(); !next.done; next = await rest.next())
        parts.push(await s3.uploadPart(name, upload, next.value, parts.length + 1))
      await s3.completeMultipartUpload(name, upload, parts)
    } catch (error) {
      await s3.abortMultipartUpload(name, upload)
      throw error
    }
  }

  async function* contentOf(name: string): AsyncGenerator<Uint8Array, void, void> {
    const answer = await s3.getObjectResponse(name)
    if (!answer?.body) throw missing(name)
    for await (const chunk of answer.body) yield chunk
  }

  return {
    async write(name, content) {
      const parts = inParts(content)
      const first = await parts.next()
      const second = first.done ? first : await parts.next()
      if (first.done || second.done) {
        await s3.putObject(name, first.done ? Buffer.alloc(0) : first.value)
        return
      }
      await writeInParts(name, first.value, startingWith(second.value, parts))
    },
    read: (name) => Readable.from(contentOf(name)),
    async remove(name) {
      await s3.deleteObject(name)
    },
  }
}

async function* inParts(content: Readable): AsyncGenerator<Buffer, void, void> {
  let waiting: Buffer[] = []
  let length = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    waiting.push(chunk)
    length += chunk.length
    if (length < part_bytes) continue
    const all = Buffer.concat(waiting)
    for (let at = 0; at + part_bytes <= all.length; at += part_bytes) yield all.subarray(at, at + part_bytes)
    const left = all.subarray(all.length - (all.length % part_bytes))
    waiting = [left]
    length = left.length
  }
  if (length > 0) yield Buffer.concat(waiting)
}

async function* startingWith(
  first: Buffer,
  rest: AsyncGenerator<Buffer, void, void>,
): AsyncGenerator<Buffer, void, void> {
  yield first
  yield* rest
}

const missing = (name: string) =>
  Object.assign(new Error(`There is no file "${name}" in the bucket.`), { code: 'ENOENT' })
