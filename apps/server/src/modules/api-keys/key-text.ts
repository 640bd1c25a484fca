/**
 * The text of a key: `rap_`, eight public characters, `_`, 43 secret ones (256 bits) and six of checksum. The
 * fixed form lets secret scanners find keys that leaked, and the checksum lets a mistyped or invented one be
 * refused without asking the database.
 */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const publicLength = 8
const secretLength = 43
const checksumLength = 6
const form = new RegExp(
  `^rap_([0-9A-Za-z]{${publicLength}})_([0-9A-Za-z]{${secretLength}})([0-9A-Za-z]{${checksumLength}})$`,
)

export const isKeyText = (text: string): boolean => text.startsWith('rap_')

const draw = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

function checksumOf(text: string): string {
  let rest = crc32(text)
  let digits = ''
  for (let place = 0; place < checksumLength; place += 1) {
    digits = `${alphabet[rest % alphabet.length]}${digits}`
    rest = Math.floor(rest / alphabet.length)
  }
  return digits
}

export const newPrefix = (): string => draw(publicLength)

/** A new key under that prefix. */
export function newKeyText(prefix: string): string {
  const text = `rap_${prefix}_${draw(secretLength)}`
  return text + checksumOf(text)
}

/** The public part, or null for what cannot be a key. */
export function prefixOf(text: string): string | null {
  const [, prefix, secret, checksum] = form.exec(text) ?? []
  return prefix !== undefined && checksum === checksumOf(`rap_${prefix}_${secret}`) ? prefix : null
}

/** What is stored of a key. */
export const hashKey = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Takes the same time wherever the two differ. */
export const isSameHash = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other)
