/**
 * Looks at the bytes of an upload while they pass to storage: whether they are text at all, and in which
 * encoding, or an archive, as a workbook is one. Refusals are kept until the whole body is read, so that the client gets to see the answer.
 */
import { Transform } from 'node:stream'
import { invalidField, Problem } from '../../platform/problems.ts'
import type { Encoding } from './layout.ts'

const headBytes = 64 * 1024

const archive = [0x50, 0x4b, 0x03, 0x04] as const
const signatures: readonly [name: string, bytes: readonly number[]][] = [
  ['an old Excel workbook, or one that is protected with a password', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a compressed file', [0x1f, 0x8b]],
]

export type Inspection = { inspect: Transform; conclude: () => Conclusion }
type Conclusion = { encoding: Encoding; head: Buffer } | { archive: true } | { problem: Problem }

export function createInspection(): Inspection {
  const seen = new Bytes()
  const inspect = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen.add(chunk)
      done(null, seen.refused ? undefined : chunk)
    },
  })
  return { inspect, conclude: () => seen.conclude() }
}

class Bytes {
  refused: Problem | null = null
  #size = 0
  #head: Buffer = Buffer.alloc(0)
  #wide: Encoding | null = null
  #decoder: InstanceType<typeof TextDecoder> | null = null
  #isUtf8 = true
  #isArchive = false

  add(chunk: Buffer): void {
    if (this.#size === 0) this.#open(chunk)
    this.#size += chunk.length
    if (this.#head.length < headBytes) this.#head = Buffer.concat([this.#head, chunk]).subarray(0, headBytes)
    if (this.refused || this.#isArchive) return
    if (this.#wide ? this.#decode(chunk).includes('\0') : chunk.includes(0))
      this.refused = notDelimitedText('it contains NUL bytes, so it is no text file')
    else if (!this.#wide && this.#isUtf8) this.#checkUtf8(chunk, true)
  }

  conclude(): Conclusion {
    if (this.refused) return { problem: this.refused }
    if (this.#isArchive) return { archive: true }
    if (this.#size === 0) return { problem: invalidField('file', 'file_empty', 'Line 1: the file is empty') }
    if (!this.#wide && this.#isUtf8) this.#checkUtf8(Buffer.alloc(0), false)
    return { encoding: this.#wide ?? (this.#isUtf8 ? 'utf-8' : 'windows-1252'), head: this.#head }
  }

  #open(chunk: Buffer): void {
    const begins = (bytes: readonly number[]) => bytes.every((byte, at) => chunk[at] === byte)
    this.#isArchive = begins(archive)
    const signature = signatures.find(([, bytes]) => begins(bytes))
    if (signature) this.refused = notDelimitedText(`it is ${signature[0]}`)
    if (chunk[0] === 0xff && chunk[1] === 0xfe) this.#wide = 'utf-16le'
    if (chunk[0] === 0xfe && chunk[1] === 0xff) this.#wide = 'utf-16be'
    this.#decoder = new TextDecoder(this.#wide ?? 'utf-8', { fatal: !this.#wide })
  }

  #decode = (chunk: Buffer): string => this.#decoder?.decode(chunk, { stream: true }) ?? ''

  #checkUtf8(chunk: Buffer, stream: boolean): void {
    try {
      this.#decoder?.decode(chunk, { stream })
    } catch {
      this.#isUtf8 = false // the decoder's way to say so
    }
  }
}

export function notDelimitedText(why: string): Problem {
  const message = `Only CSV, TSV and other delimited text, and XLSX workbooks can be imported; ${why}. Save the sheet as CSV and upload that.`
  return new Problem(415, 'file_not_csv', 'Unsupported media type', message, {
    errors: [{ path: 'file', code: 'file_not_csv', message }],
  })
}
