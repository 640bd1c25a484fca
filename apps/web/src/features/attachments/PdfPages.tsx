/** A PDF as pictures of its pages. Loaded when one is opened. */
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { openPdf } from './pdf.ts'

/** A canvas has no words of its own. */
const asPicture = { role: 'img' } as const
const widest_px = 1_200

export default function PdfPages({ content, name }: { content: Blob; name: string }) {
  const { t } = useTranslation()
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null)
  const [failed, setFailed] = useState(false)
  const [page, setPage] = useState(1)
  const canvas = useRef<HTMLCanvasElement>(null)

  useEffect(() => {
    let left = false
    const opening = openPdf(content)
    void opening
      .then((task) => task.promise)
      .then((opened) => (left ? undefined : setPdf(opened)))
      .catch(() => (left ? undefined : setFailed(true)))
    return () => {
      left = true
      void opening.then((task) => task.destroy())
    }
  }, [content])

  useEffect(() => {
    const element = canvas.current
    if (!pdf || !element) return
    let left = false
    const drawing = pdf.getPage(page).then((one) => {
      if (left) return null
      const { width } = one.getViewport({ scale: 1 })
      const viewport = one.getViewport({ scale: widest_px / width })
      element.width = viewport.width
      element.height = viewport.height
      return one.render({ canvas: element, viewport })
    })
    // A page that cannot be drawn leaves the canvas empty; the file itself can be saved.
    void drawing.then((task) => task?.promise).catch(() => (left ? undefined : setFailed(true)))
    return () => {
      left = true
      void drawing.then((task) => task?.cancel())
    }
  }, [pdf, page])

  if (failed) return <p className="p-4 text-13 text-muted">{t('attachments.preview.failed')}</p>
  return (
    <div className="flex flex-col items-center gap-2">
      {pdf ? null : <Skeleton className="h-[50dvh] w-full" />}
      <canvas
        ref={canvas}
        {...asPicture}
        aria-label={t('attachments.preview.page_of', { name, page })}
        className="h-auto max-w-full border border-line"
        hidden={!pdf}
      />
      {pdf && pdf.numPages > 1 ? (
        <div className="flex items-center gap-2 text-13">
          <IconButton
            icon={ChevronLeft}
            label={t('attachments.preview.page_before')}
            disabled={page === 1}
            onClick={() => setPage(page - 1)}
          />
          <output>{t('attachments.preview.page', { page, pages: pdf.numPages })}</output>
          <IconButton
            icon={ChevronRight}
            label={t('attachments.preview.page_after')}
            disabled={page === pdf.numPages}
            onClick={() => setPage(page + 1)}
          />
        </div>
      ) : null}
    </div>
  )
}
