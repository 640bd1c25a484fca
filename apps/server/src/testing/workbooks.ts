/** Workbooks as programs write them, and as attackers do. */
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

type Parts = Record<string, string | Buffer>

export async function zipOf(parts: Parts): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
export const sheetXml = (rows: string) => `${head}<worksheet><sheetData>${rows}</sheetData></worksheet>`

/** One sheet. `s="1"` shows a date, `s="2"` a date with a time, `s="3"` an amount. */
export const partsOf = (sheet: string, texts: readonly string[] = []): Parts => ({
  'xl/workbook.xml': `${head}<workbook xmlns:r="r"><sheets><sheet name="Notes" r:id="r2" state="hidden"/><sheet name="People" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${head}<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
  'xl/styles.xml': `${head}<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="165" formatCode="[$R$-416]\\ #,##0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/></cellXfs></styleSheet>`,
  'xl/sharedStrings.xml': `${head}<sst>${texts.map((text) => `<si><t xml:space="preserve">${text}</t></si>`).join('')}</sst>`,
  'xl/worksheets/sheet1.xml': sheet,
  'xl/worksheets/sheet2.xml': sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>hidden</t></is></c></row>'),
})

export const workbookOf = (rows: string, texts: readonly string[] = []): Promise<Buffer> =>
  zipOf(partsOf(sheetXml(rows), texts))

type SheetGiven = { name: string; rows: readonly (readonly string[])[] | string; hidden?: boolean }

/** Several sheets, each with texts in its cells, or with XML of its own. */
export function bookOf(sheets: readonly SheetGiven[]): Promise<Buffer> {
  const row = (cells: readonly string[]) =>
    `<row>${cells.map((text) => `<c t="str"><v>${text}</v></c>`).join('')}</row>`
  const xmlOf = (rows: SheetGiven['rows']) =>
    typeof rows === 'string' ? rows : sheetXml(rows.map(row).join(''))
  const named = sheets.map(
    ({ name, hidden }, at) =>
      `<sheet name="${name}" r:id="r${at}"${hidden === true ? ' state="hidden"' : ''}/>`,
  )
  const links = sheets.map((_, at) => `<Relationship Id="r${at}" Target="worksheets/own${at}.xml"/>`)
  return zipOf({
    'xl/workbook.xml': `${head}<workbook xmlns:r="r"><sheets>${named.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships>${links.join('')}</Relationships>`,
    ...Object.fromEntries(sheets.map(({ rows }, at) => [`xl/worksheets/own${at}.xml`, xmlOf(rows)])),
  })
}
