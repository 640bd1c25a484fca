/** The thread that makes PDFs, so that a long quote holds up nobody else. It reads its own fonts and nothing else. */
import { createRequire } from 'node:module'
import { dirname, join, resolve, sep } from 'node:path'
import { parentPort } from 'node:worker_threads'
import pdfmake from 'pdfmake'
import { layOutQuote, type Issue } from './layout.ts'
import type { QuoteContent } from './content.ts'

export type Order = { id: number; content: QuoteContent; issue: Issue }
export type Printed = { id: number; pdf: Uint8Array } | { id: number; problem: string }

const folder = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
)

/** Latin, Greek and Cyrillic. */
pdfmake.setFonts({
  Roboto: {
    normal: join(folder, 'Roboto-Regular.ttf'),
    bold: join(folder, 'Roboto-Medium.ttf'),
    italics: join(folder, 'Roboto-Italic.ttf'),
    bolditalics: join(folder, 'Roboto-MediumItalic.ttf'),
  },
})
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => resolve(path).startsWith(folder + sep))

async function print({ id, content, issue }: Order): Promise<Printed> {
  try {
    return { id, pdf: await pdfmake.createPdf(layOutQuote(content, issue)).getBuffer() }
  } catch (error) {
    return { id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on(
  'message',
  (order: Order) => void print(order).then((printed) => parentPort?.postMessage(printed)),
)
