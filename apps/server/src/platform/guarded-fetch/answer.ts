/** Reads an answer without ever holding more of it than was asked for, packed or unpacked. */
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { OutgoingError } from './errors.ts'

const unpackers = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
}

export async function readBody(
  body: AsyncIterable<Buffer>,
  encoding: string | undefined,
  max_bytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > max_bytes) throw new OutgoingError('too_large')
    chunks.push(chunk)
  }
  return unpack(Buffer.concat(chunks), encoding, max_bytes)
}

async function unpack(packed: Buffer, encoding: string | undefined, max_bytes: number): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? ''
  if (name === '' || name === 'identity' || packed.length === 0) return packed
  // Several encodings, one in another, are how a few bytes are made to unfold without end.
  const unpacker = unpackers[name.replace(/^x-/, '') as keyof typeof unpackers]
  if (!unpacker) throw new OutgoingError('unreadable')
  try {
    return await unpacker(packed, { maxOutputLength: max_bytes })
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw new OutgoingError(tooLarge ? 'too_large' : 'unreadable', error)
  }
}
