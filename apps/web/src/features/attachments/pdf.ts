/** PDFs, opened by pdf.js from our own origin; nothing in them runs. Loaded with the first one. */
import { getDocument, GlobalWorkerOptions, type PDFDocumentLoadingTask } from 'pdfjs-dist'

GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href

export const openPdf = async (content: Blob): Promise<PDFDocumentLoadingTask> =>
  getDocument({ data: await content.arrayBuffer(), enableXfa: false })

/** The first page as a picture. @param width_px of the picture */
export async function drawFirstPage(content: Blob, width_px: number): Promise<Blob> {
  const task = await openPdf(content)
  try {
    const page = await (await task.promise).getPage(1)
    const viewport = page.getViewport({ scale: width_px / page.getViewport({ scale: 1 }).width })
    const canvas = document.createElement('canvas')
    canvas.width = viewport.width
    canvas.height = viewport.height
    await page.render({ canvas, viewport }).promise
    return await new Promise((resolve, reject) =>
      canvas.toBlob((picture) =>
        picture ? resolve(picture) : reject(new Error('The page could not be drawn.')),
      ),
    )
  } finally {
    await task.destroy()
  }
}
