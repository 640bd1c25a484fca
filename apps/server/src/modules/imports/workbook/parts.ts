/** What the sheet of a workbook needs to be read: where it is, the texts that its cells share, which cells are dates. */
import type { Archive } from './archive.ts'
import { brokenWorkbook, workbookTooLarge } from './problems.ts'
import { parseXml, parseXmlStream, type XmlEvents } from './xml.ts'

const mostTexts = 2_000_000
const mostCharacters = 60_000_000

const nothing = () => undefined
const onOpen = (open: XmlEvents['open']): XmlEvents => ({ open, close: nothing, text: nothing })

type Sheet = { name: string; path: string; is_hidden: boolean }
export type Book = { sheets: Sheet[]; since1904: boolean }

/** Sheets in their order, those that people see first. */
export async function readBook(archive: Archive): Promise<Book> {
  if (!archive.has('xl/workbook.xml')) throw brokenWorkbook('it is another archive')
  const targets = new Map<string, string>()
  parseXml(
    await archive.readText('xl/_rels/workbook.xml.rels'),
    onOpen(({ name, attributes }) => {
      if (name === 'Relationship') targets.set(attributes['Id'] ?? '', attributes['Target'] ?? '')
    }),
  )
  const sheets: Sheet[] = []
  let since1904 = false
  parseXml(
    await archive.readText('xl/workbook.xml'),
    onOpen(({ name, attributes }) => {
      if (name === 'workbookPr') since1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const target = targets.get(attributes['r:id'] ?? '') ?? `worksheets/sheet${sheets.length + 1}.xml`
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
      const is_hidden = (attributes['state'] ?? 'visible') !== 'visible'
      sheets.push({ name: attributes['name'] ?? '', path, is_hidden })
    }),
  )
  const there = sheets.filter(({ path }) => archive.has(path))
  if (there.length === 0) throw brokenWorkbook('it has no sheet')
  return { sheets: there.toSorted((a, b) => Number(a.is_hidden) - Number(b.is_hidden)), since1904 }
}

/** Texts that cells name by their number. Readings of Japanese names stand beside them and are left out. */
export async function readSharedTexts(archive: Archive): Promise<string[]> {
  const path = 'xl/sharedStrings.xml'
  if (!archive.has(path)) return []
  const texts: string[] = []
  let characters = 0
  let current = ''
  let inText = false
  let aside = 0
  const events: XmlEvents = {
    open({ name }) {
      if (name === 'si') current = ''
      if (name === 'rPh') aside += 1
      if (name === 't') inText = aside === 0
    },
    text(text) {
      if (!inText) return
      current += text
      characters += text.length
      if (characters > mostCharacters) throw workbookTooLarge()
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'rPh') aside -= 1
      if (name === 'si' && texts.push(current) > mostTexts) throw workbookTooLarge()
    },
  }
  for await (const _ of parseXmlStream(await archive.read(path), events));
  return texts
}

/** What cells of a style show their number as, where it is no plain number. */
export type Shown = 'date' | 'percent' | null

/** Built-in formats. */
const dates = [14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57]
const builtIn: ReadonlyMap<number, Shown> = new Map([
  ...dates.map((id) => [id, 'date'] as const),
  [9, 'percent'],
  [10, 'percent'],
])

/** A day, month, year or hour in a format, or a per cent, apart from quoted text, colours and escaped signs. */
function shownBy(format: string): Shown {
  const signs = format.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general/gi, '')
  return /[dmyhs]/i.test(signs) ? 'date' : signs.includes('%') ? 'percent' : null
}

/** What cells show, by the number of their style. */
export async function readStyles(archive: Archive): Promise<Shown[]> {
  const custom = new Map<number, Shown>()
  const styles: Shown[] = []
  let inCells = false
  parseXml(await archive.readText('xl/styles.xml'), {
    open({ name, attributes }) {
      if (name === 'numFmt')
        custom.set(Number(attributes['numFmtId']), shownBy(attributes['formatCode'] ?? ''))
      if (name === 'cellXfs') inCells = true
      if (name !== 'xf' || !inCells) return
      const id = Number(attributes['numFmtId'] ?? 0)
      styles.push(custom.has(id) ? (custom.get(id) ?? null) : (builtIn.get(id) ?? null))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
    text: nothing,
  })
  return styles
}
