/**
 * A workbook (ECMA-376) whose sheets are written row by row. Texts stand in their cells, so that nothing has to be kept
 * until the end, and a text is never a formula.
 */
import { Readable } from 'node:stream'
import type { ArchiveEntry } from '../../platform/storage/index.ts'
import { takerApart, type CellKind, type Column } from './columns.ts'
import type { Batch } from './read.ts'

/** A sheet has no more rows, the headings included. */
const mostRows = 1_048_576
const mostText = 32_767
const styles: Record<CellKind, number> = { text: 0, number: 0, date: 1, datetime: 2 }
const day_ms = 86_400_000
/** The day 0 of spreadsheets: they take 1900 for a leap year. */
const dayZero = Date.UTC(1899, 11, 30)

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const special = /[&<>"\p{Cc}\uFFFE\uFFFF]|\p{Cs}/gu
/** What XML cannot hold is left out. */
const escape = (text: string): string =>
  text.replaceAll(
    special,
    (sign) => escapes[sign] ?? (sign === '\n' || sign === '\t' || sign === '\r' ? sign : ''),
  )

const textCell = (text: string): string =>
  text === ''
    ? '<c/>'
    : `<c t="inlineStr"><is><t xml:space="preserve">${escape(text.slice(0, mostText))}</t></is></c>`

function cellOf(kind: CellKind, cell: string): string {
  if (kind === 'text' || cell === '') return textCell(cell)
  if (kind === 'number') return `<c><v>${cell}</v></c>`
  // A time of a spreadsheet has no zone: it is that of its reader, counted as if it were UTC.
  const time = Date.parse(kind === 'datetime' ? `${cell}Z` : cell)
  if (Number.isNaN(time)) return textCell(cell)
  return `<c s="${styles[kind]}"><v>${(time - dayZero) / day_ms}</v></c>`
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The parts in their order; those that name the sheets come when it is known how many there are. */
export function* xlsxFile(
  batches: AsyncIterable<Batch>,
  columns: readonly Column[],
): Generator<ArchiveEntry> {
  const next = takeFrom(batches, takerApart(columns))
  const state: State = { sheets: 0, over: false, waiting: undefined }
  do {
    state.sheets += 1
    yield {
      name: `xl/worksheets/sheet${state.sheets}.xml`,
      content: Readable.from(sheetOf(next, columns, state)),
    }
  } while (!state.over)
  yield part('xl/styles.xml', stylesPart)
  yield part('xl/workbook.xml', workbookOf(state.sheets))
  yield part('xl/_rels/workbook.xml.rels', relationsOf(state.sheets))
  yield part(
    '_rels/.rels',
    `<Relationships xmlns="${relationships}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  yield part('[Content_Types].xml', contentTypesOf(state.sheets))
}

type State = { sheets: number; over: boolean; waiting: readonly string[] | undefined }

type Row = readonly string[]
type Next = () => Row | undefined | Promise<Row | undefined>

/** The next row, at once while there are more of its batch: to wait for each would cost more than to write it. */
function takeFrom(batches: AsyncIterable<Batch>, takeApart: (line: string) => Row): Next {
  const coming = batches[Symbol.asyncIterator]()
  let lines: Iterator<string> | undefined
  const fromNextBatch = async (): Promise<Row | undefined> => {
    const batch = await coming.next()
    if (batch.done) return undefined
    lines = batch.value[Symbol.iterator]()
    return next()
  }
  const next: Next = () => {
    const line = lines?.next()
    return line && !line.done ? takeApart(line.value) : fromNextBatch()
  }
  return next
}

const textsAtOnce = 1_000

async function* sheetOf(next: Next, columns: readonly Column[], state: State): AsyncGenerator<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData><row>${columns
    .map(({ heading }) => textCell(heading))
    .join('')}</row>`
  let text = ''
  let count = 1
  for (;;) {
    const coming = state.waiting ?? next()
    state.waiting = undefined
    const row = coming instanceof Promise ? await coming : coming
    if (row === undefined) state.over = true
    else if (count === mostRows) state.waiting = row
    if (row === undefined || count === mostRows) break
    count += 1
    text += `<row>${columns.map(({ kind }, place) => cellOf(kind, row[place] ?? '')).join('')}</row>`
    if (count % textsAtOnce === 0) {
      yield text
      text = ''
    }
  }
  yield `${text}</sheetData></worksheet>`
}

const part = (name: string, xml: string): ArchiveEntry => ({
  name,
  content: Readable.from([`${head}${xml}`]),
})

const stylesPart = `<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`

const each = (sheets: number, write: (number: number) => string): string =>
  Array.from({ length: sheets }, (_, place) => write(place + 1)).join('')

const workbookOf = (sheets: number): string =>
  `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each(
    sheets,
    (number) => `<sheet name="${number}" sheetId="${number}" r:id="rId${number}"/>`,
  )}</sheets></workbook>`

const relationsOf = (sheets: number): string =>
  `<Relationships xmlns="${relationships}">${each(
    sheets,
    (number) =>
      `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
  )}<Relationship Id="rId${sheets + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`

const contentTypesOf = (sheets: number): string =>
  `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${each(
    sheets,
    (number) =>
      `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${types}.worksheet+xml"/>`,
  )}</Types>`
