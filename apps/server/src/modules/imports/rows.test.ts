import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../platform/problems.ts'
import { detectFormat } from './analysis.ts'
import { createInspection } from './inspection.ts'
import { readRows, type FileRow } from './rows.ts'

/** As an upload arrives: in pieces of any size. */
async function read(file: Buffer | string, pieceSize = 7): Promise<FileRow[]> {
  const bytes = Buffer.from(file)
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; at += pieceSize) pieces.push(bytes.subarray(at, at + pieceSize))
  const { inspect, conclude } = createInspection()
  for (const piece of pieces) inspect.write(piece)
  inspect.resume()
  const found = conclude()
  if ('problem' in found) throw found.problem
  if ('archive' in found) throw new Error('It is an archive.')
  const rows: FileRow[] = []
  for await (const row of readRows(Readable.from(pieces), detectFormat(found.head, found.encoding)))
    rows.push(row)
  return rows
}

const cellsOf = async (file: Buffer | string) => (await read(file)).map((row) => row.cells)

describe('a delimited file', () => {
  it.each([',', ';', '\t', '|'])(
    'is read with the delimiter %j, which may also stand inside quotes',
    async (sign) => {
      const file = `name${sign}note\nAna${sign}"one${sign} two"\n"Bo, ""B""; |"${sign}x\n`
      expect(await cellsOf(file)).toEqual([
        ['name', 'note'],
        ['Ana', `one${sign} two`],
        ['Bo, "B"; |', 'x'],
      ])
    },
  )

  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from('nome;cidade\nJoão;São Paulo\n')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFnome;cidade\nJoão;São Paulo\n')],
    ['UTF-16 little endian', Buffer.from('\uFEFFnome;cidade\nJoão;São Paulo\n', 'utf16le')],
    ['UTF-16 big endian', Buffer.from('\uFEFFnome;cidade\nJoão;São Paulo\n', 'utf16le').swap16()],
    ['Windows-1252', Buffer.from('nome;cidade\nJoão;São Paulo\n', 'latin1')],
  ])('is read in %s', async (_, file) => {
    expect(await cellsOf(file)).toEqual([
      ['nome', 'cidade'],
      ['João', 'São Paulo'],
    ])
  })

  it('keeps line breaks inside quotes and reads every kind of line end', async () => {
    expect(await cellsOf('a,b\r\n"x\r\ny",1\nz,2\rw,3')).toEqual([
      ['a', 'b'],
      ['x\r\ny', '1'],
      ['z', '2'],
      ['w', '3'],
    ])
  })

  it('keeps the row numbers of a spreadsheet over blank rows', async () => {
    expect((await read('a,b\n\n,\n1,2\n')).map((row) => row.row)).toEqual([1, 4])
  })

  it('reads an inch sign inside a value as what it is', async () => {
    expect(await cellsOf('a,b\n6" pipe,x\n')).toEqual([
      ['a', 'b'],
      ['6" pipe', 'x'],
    ])
  })

  it("obeys Excel's declaration of the delimiter", async () => {
    expect(await cellsOf('sep=;\na;b,c\n1;2\n')).toEqual([
      ['a', 'b,c'],
      ['1', '2'],
    ])
  })

  it('takes a blank after every delimiter as part of it', async () => {
    expect(await cellsOf('a, b\n1, "x, y"\n')).toEqual([
      ['a', 'b'],
      ['1', 'x, y'],
    ])
  })

  it('gives back every cell, however it is cut into pieces', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r\n', ' ', '😀', '1') })
    const row = fc.tuple(cell, cell, fc.constant('end'))
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, size) => {
          const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
          const file = ['"a","b","c"', ...rows.map((cells) => cells.map(quote).join(','))].join('\r\n')
          expect((await read(file, size)).slice(1).map(({ cells }) => cells)).toEqual(rows)
        },
      ),
    )
  })
})

describe('a file that cannot be read is refused with the line and the reason', () => {
  const refusal = async (file: Buffer | string) => {
    const error = (await read(file).catch((thrown: unknown) => thrown)) as Problem
    return `${error.status} ${error.message}`
  }

  it.each<[string, Buffer | string, RegExp]>([
    ['an empty file', '', /422 .*Line 1: the file is empty/],
    ['a quote that is never closed', 'a,b\n1,2\n"3,4\n5,6\n', /422 .*Line \d: a quote is left open/],
    ['an endless row', `a,b\n1,2\n${'x'.repeat(1_100_000)}\n`, /422 .*Line 3: the row is longer than 1 MB/],
    ['an old Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0]), /415 .*CSV/],
    ['a binary file', Buffer.from([1, 2, 0, 4]), /415 .*NUL bytes/],
  ])('%s', async (_, file, message) => {
    expect(await refusal(file)).toMatch(message)
  })
})
