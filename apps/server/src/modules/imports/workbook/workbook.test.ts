import { text } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { openArchive } from './archive.ts'
import { openSheets } from './as-text.ts'
import { partsOf, sheetXml, workbookOf, zipOf } from '../../../testing/workbooks.ts'

async function asText(file: Buffer): Promise<string> {
  for (const { lines } of await openSheets(await openArchive(file))) {
    const read = await text(Readable.from(lines()))
    if (read !== '') return read
  }
  return ''
}

describe('a workbook', () => {
  it('is read as what its cells show: texts, numbers, per cents, dates, times, yes and no', async () => {
    const rows = [
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><r><t>Bo</t></r><r><t>ught</t></r><rPh><t>x</t></rPh></is></c></row>',
      '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="3"><v>1100.0399999999999</v></c><c r="C2" s="1"><v>42663</v></c><c r="D2" s="2"><v>44290.0014</v></c><c r="E2" t="b"><v>1</v></c></row>',
      '<row r="4"><c r="A4" s="4"><v>0.07</v></c><c r="B4"><f>A1&amp;B1</f><v>-3</v></c><c r="C4" t="str"><f>1</f><v>=1+1</v></c><c r="D4" t="e"><v>#N/A</v></c></row>',
    ].join('')
    expect(await asText(await workbookOf(rows, ['Name', 'a "b"\nc', ' x, y']))).toBe(
      'Name,"a ""b""\nc",Bought\n" x, y",1100.04,2016-10-20,2021-04-04 00:02:01,true\n\n7%,-3,=1+1,#N/A\n',
    )
  })

  it('of another calendar, with prefixed names or without references is read alike', async () => {
    const sheet =
      '<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c s="1"><x:v>41201</x:v></x:c><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    const parts = partsOf(sheet)
    parts['xl/workbook.xml'] = String(parts['xl/workbook.xml']).replace(
      '<sheets>',
      '<workbookPr date1904="1"/><sheets>',
    )
    expect(await asText(await zipOf(parts))).toBe('2016-10-20,7\n')
  })

  it('is read from the first visible sheet that has rows, and nothing else', async () => {
    expect(await asText(await zipOf(partsOf(sheetXml(''))))).toBe('hidden\n')
  })
})

describe('a broken or hostile workbook is refused with a clear reason, in bounded memory:', () => {
  const cell = (reference: string) => `<row r="1"><c r="${reference}" t="str"><v>x</v></c></row>`
  const whole = workbookOf(cell('A1'))
  const cases: [string, Buffer | Promise<Buffer>, RegExp][] = [
    ['cut off', whole.then((file) => file.subarray(0, file.length - 40)), /cannot be read/],
    ['no archive behind the signature', Buffer.from('PK\u0003\u0004 and more'), /cannot be read/],
    ['another archive', zipOf({ 'a.txt': 'x' }), /another archive/],
    ['without a sheet', zipOf({ 'xl/workbook.xml': '<workbook/>' }), /no sheet/],
    ['broken XML', zipOf(partsOf('<worksheet><sheetData><row></c>')), /cannot be read/],
    [
      'an entity of its own',
      zipOf(partsOf('<!DOCTYPE a [<!ENTITY b "cc">]><worksheet>&b;</worksheet>')),
      /cannot be read/,
    ],
    ['parts without an end', zipOf(partsOf('<a>'.repeat(100_000))), /nested too deep/],
    ['a text without an end', zipOf(partsOf(`<worksheet>${'x'.repeat(30_000_000)}`)), /unpacks to more/],
    ['a million columns', zipOf(partsOf(sheetXml(cell('BDWGO1')))), /cannot be read|at most 1000/],
    ['a value beyond the last column', zipOf(partsOf(sheetXml(cell('XFD1')))), /at most 1000/],
    [
      'a row beyond the last one',
      zipOf(partsOf(sheetXml('<row r="2000000"><c t="str"><v>x</v></c></row>'))),
      /unpacks to more/,
    ],
    [
      'millions of shared texts',
      zipOf(
        partsOf(
          sheetXml(cell('A1')),
          Array.from({ length: 2_000_001 }, () => ''),
        ),
      ),
      /unpacks to more/,
    ],
  ]
  it.each(cases)('%s', async (_, file, reason) => {
    await expect(asText(await file)).rejects.toThrow(reason)
  })

  it('an archive whose parts say they are smaller than they are', async () => {
    const file = await zipOf(partsOf(sheetXml(cell('A1').repeat(5_000))))
    const lying = Buffer.from(file)
    const name = Buffer.from('xl/worksheets/sheet1.xml')
    // In the directory at the end, the unpacked size stands 22 bytes before the name.
    const at = lying.lastIndexOf(name)
    lying.writeUInt32LE(100, at - 22)
    await expect(asText(lying)).rejects.toThrow(/cannot be read/)
  })

  it('one that unpacks to more than two gigabytes is not unpacked', async () => {
    const file = await whole
    file.writeUInt32LE(3_000_000_000, file.lastIndexOf('xl/worksheets/sheet1.xml') - 22)
    await expect(asText(file)).rejects.toThrow(/unpacks to more|cannot be read/)
  })
})
