import { splitExtension } from '../../../platform/phone-extension.ts'

/**
 * What is compared: columns of values, told apart by what kind of thing they hold. The model knows kinds only; which
 * field of which object becomes which column is said outside.
 */

/**
 * `words` is any text; `code` letters and digits that identify, as a postcode; `choice` one of few values; `person` a
 * whole name of somebody, compared in its parts.
 */
export type Kind = 'words' | 'person' | 'code' | 'email' | 'phone' | 'web' | 'date' | 'number' | 'choice'

export type Column = {
  name: string
  kind: Kind
  /**
   * Says who or what it is, by a word that others may share. Records that agree in nothing else are never taken for the
   * same with certainty.
   */
  is_name: boolean
  /** Of a part: the name of the whole column. */
  of?: string
}

/** Values of one record in the order of the columns; several of one kind (addresses, numbers) in one list. */
export type Values = readonly (string | readonly string[] | null)[]

/** Lower case, without accents and signs. */
export const plainText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const digitsOf = (text: string) => text.replace(/\D/g, '')

/** The last nine digits, and before them the extension if there is one: `34#155552672`. */
function readPhone(text: string): string {
  const { number, extension } = splitExtension(text)
  const digits = digitsOf(number).slice(-9)
  return extension === null ? digits : `${extension}#${digits}`
}

/** One value as it is compared, or '' when nothing remains of it. */
const readers: Record<Kind, (text: string) => string> = {
  words: plainText,
  person: plainText,
  code: (text) => plainText(text).replaceAll(' ', ''),
  email: (text) => text.trim().toLowerCase(),
  phone: readPhone,
  web: (text) =>
    text
      .trim()
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .replace(/^www\./, '')
      .replace(/[/?#].*$/, ''),
  date: (text) => digitsOf(text.slice(0, 10)),
  number: (text) => (Number.isFinite(Number(text)) ? String(Number(text)) : ''),
  choice: plainText,
}

export const readValue = (kind: Kind, text: string): string => readers[kind](text).slice(0, 200)
