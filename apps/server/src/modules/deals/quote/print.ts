/** From a layout to a PDF. The library is loaded with the first quote; it reads its own fonts and nothing else. */
import { createRequire } from 'node:module'
import { dirname, join, resolve, sep } from 'node:path'
import type pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.d.ts'

const folder = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
)

/** Latin, Greek and Cyrillic. */
const fonts = {
  Roboto: {
    normal: join(folder, 'Roboto-Regular.ttf'),
    bold: join(folder, 'Roboto-Medium.ttf'),
    italics: join(folder, 'Roboto-Italic.ttf'),
    bolditalics: join(folder, 'Roboto-MediumItalic.ttf'),
  },
}

let printer: Promise<typeof pdfmake> | undefined

async function loadPrinter(): Promise<typeof pdfmake> {
  const { default: loaded } = await import('pdfmake')
  loaded.setFonts(fonts)
  loaded.setUrlAccessPolicy(() => false)
  loaded.setLocalAccessPolicy((path) => resolve(path).startsWith(folder + sep))
  return loaded
}

export async function printPdf(layout: TDocumentDefinitions): Promise<Buffer> {
  printer ??= loadPrinter()
  return (await printer).createPdf(layout).getBuffer()
}
