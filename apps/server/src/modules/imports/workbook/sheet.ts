/** The rows of one sheet as texts, in the order of the file and with their numbers. */
import type { Readable } from 'node:stream'
import { mostColumns } from '../analysis.ts'
import { refuseFile } from '../rows.ts'
import type { Shown } from './parts.ts'
import { parseXmlStream, type Tag, type XmlEvents } from './xml.ts'

export type SheetRow = { row: number; cells: string[] }
export type Reading = { texts: readonly string[]; styles: readonly Shown[]; since1904: boolean }

const day_ms = 86_400_000
/** Longer than any row that is taken: what comes after is not collected. */
const longestCell = 1_100_000

export async function* readSheet(bytes: Readable, reading: Reading): AsyncGenerator<SheetRow, void, void> {
  const collector = new Collector(reading)
  for await (const _ of parseXmlStream(bytes, collector)) yield* collector.take()
}

class Collector implements XmlEvents {
  readonly #reading: Reading
  #rows: SheetRow[] = []
  #row = 0
  #cells: string[] = []
  #column = -1
  #type = ''
  #style = 0
  #text = ''
  #collects = false
  #aside = 0

  constructor(reading: Reading) {
    this.#reading = reading
  }

  take(): SheetRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open = ({ name, attributes }: Tag): void => {
    if (name === 'row') {
      const number = Number(attributes['r'] ?? this.#row + 1)
      this.#row = Number.isSafeInteger(number) && number > this.#row ? number : this.#row + 1
      this.#cells = []
      this.#column = -1
    } else if (name === 'c') {
      this.#column = columnOf(attributes['r']) ?? this.#column + 1
      this.#type = attributes['t'] ?? 'n'
      this.#style = Number(attributes['s'] ?? 0)
      this.#text = ''
    } else if (name === 'rPh') this.#aside += 1
    else if (name === 'v' || name === 't') this.#collects = this.#aside === 0
  }

  text = (text: string): void => {
    if (this.#collects && this.#text.length < longestCell) this.#text += text
  }

  close = (name: string): void => {
    if (name === 'v' || name === 't') this.#collects = false
    else if (name === 'rPh') this.#aside -= 1
    else if (name === 'c') this.#place(this.#value())
    else if (name === 'row') this.#rows.push({ row: this.#row, cells: this.#cells })
  }

  #place(value: string): void {
    if (value === '') return
    if (this.#column >= mostColumns)
      throw refuseFile(
        'too_many_columns',
        this.#row,
        `the row has a value in column ${this.#column + 1}; at most ${mostColumns} can be imported`,
      )
    while (this.#cells.length < this.#column) this.#cells.push('')
    this.#cells[this.#column] = value
  }

  #value(): string {
    const { texts, styles, since1904 } = this.#reading
    if (this.#type === 's') return texts[Number(this.#text)] ?? ''
    if (this.#type === 'b') return this.#text === '1' ? 'true' : 'false'
    if (this.#type !== 'n' || this.#text === '') return this.#text
    const number = Number(this.#text)
    if (!Number.isFinite(number)) return this.#text
    const shown = styles[this.#style]
    if (shown === 'date') return dateOf(number, since1904)
    return shown === 'percent' ? `${shortest(number * 100)}%` : shortest(number)
  }
}

/** Fifteen digits are what a sheet shows; the rest is how binary numbers are written. */
const shortest = (number: number): string => String(Number(number.toPrecision(15)))

/** `AB12` → 27. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,4}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return undefined
  return letters.split('').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** Days since the end of 1899, whose 29 February 1900 never was, or since 1904. */
function dateOf(serial: number, since1904: boolean): string {
  const days = since1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const instant = new Date(Date.UTC(1899, 11, 30) + Math.round(days * 86_400) * 1000)
  if (Number.isNaN(instant.getTime()) || serial < 0) return String(serial)
  const [day = '', time = ''] = instant.toISOString().slice(0, 19).split('T')
  if (serial < 1 && !since1904) return time
  return instant.getTime() % day_ms === 0 ? day : `${day} ${time}`
}
