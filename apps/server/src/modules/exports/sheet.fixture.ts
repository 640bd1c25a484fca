/** Reads the first sheet of a workbook as a program would that knows nothing of how we write it. */
import { inflateRawSync } from 'node:zlib'

type Cell = string | number | null

/** The entries of a zip file by its central directory (APPNOTE 4.3.12). */
function entriesOf(file: Buffer): Map<string, string> {
  const entries = new Map<string, string>()
  const end = file.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  let at = file.readUInt32LE(end + 16)
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, nameLength, extra, comment] = [20, 28, 30, 32].map((offset) =>
      offset === 20 ? file.readUInt32LE(at + offset) : file.readUInt16LE(at + offset),
    ) as [number, number, number, number]
    const name = file.toString('utf8', at + 46, at + 46 + nameLength)
    const local = file.readUInt32LE(at + 42)
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const packed = file.subarray(from, from + size)
    entries.set(name, (file.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8'))
    at += 46 + nameLength + extra + comment
  }
  return entries
}

const unescape = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

function cellOf(xml: string): Cell {
  const text = /<t [^>]*>([^]*)<\/t>/.exec(xml)?.[1]
  if (text !== undefined) return unescape(text)
  const value = /<v>(.*)<\/v>/.exec(xml)?.[1]
  return value === undefined ? null : Number(value)
}

export function readSheet(file: Buffer): Cell[][] {
  const entries = entriesOf(file)
  for (const name of ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/styles.xml'])
    if (!entries.has(name)) throw new Error(`The workbook has no ${name}.`)
  const sheet = entries.get('xl/worksheets/sheet1.xml') ?? ''
  return [...sheet.matchAll(/<row>([^]*?)<\/row>/g)].map(([, row = '']) =>
    [...row.matchAll(/<c\/>|<c[ >][^]*?<\/c>/g)].map(([cell]) => cellOf(cell)),
  )
}
