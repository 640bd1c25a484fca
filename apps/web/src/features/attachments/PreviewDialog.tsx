import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, ArrowRight, Download } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { contentQuery, pictureQuery } from './api.ts'
import { useObjectUrl } from './useObjectUrl.ts'
import { currentOf, isPdf, type SeenFile } from './versions.ts'

const PdfPages = lazy(() => import('./PdfPages.tsx'))

type Props = {
  file: SeenFile
  onClose: () => void
  onBefore: (() => void) | undefined
  onAfter: (() => void) | undefined
  onDownload: () => void
}

/** One file large, and the others with the arrow keys. */
export function PreviewDialog({ file, onClose, onBefore, onAfter, onDownload }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      open
      size="large"
      onOpenChange={onClose}
      title={file.name}
      footer={
        <>
          <IconButton
            icon={ArrowLeft}
            label={t('attachments.preview.before')}
            disabled={!onBefore}
            onClick={onBefore}
          />
          <IconButton
            icon={ArrowRight}
            label={t('attachments.preview.after')}
            disabled={!onAfter}
            onClick={onAfter}
          />
          <Button icon={Download} variant="primary" onClick={onDownload}>
            {t('attachments.download')}
          </Button>
        </>
      }
    >
      {isPdf(currentOf(file)) ? <Pdf key={file.id} file={file} /> : <Large key={file.id} file={file} />}
    </Dialog>
  )
}

function Large({ file }: { file: SeenFile }) {
  const describe = useDescribeProblem()
  const query = useQuery(pictureQuery(file.id, file.current, 'large'))
  const url = useObjectUrl(query.data)
  if (query.isError) return <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
  if (!url) return <Skeleton className="h-[50dvh] w-full" />
  return <img src={url} alt={file.name} className="mx-auto max-h-[60dvh] max-w-full object-contain" />
}

function Pdf({ file }: { file: SeenFile }) {
  const describe = useDescribeProblem()
  const query = useQuery(contentQuery(file.id, file.current))
  if (query.isError) return <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
  return (
    <Suspense fallback={<Skeleton className="h-[50dvh] w-full" />}>
      {query.data ? (
        <PdfPages content={query.data} name={file.name} />
      ) : (
        <Skeleton className="h-[50dvh] w-full" />
      )}
    </Suspense>
  )
}
