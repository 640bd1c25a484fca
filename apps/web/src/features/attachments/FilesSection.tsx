import { useInfiniteQuery } from '@tanstack/react-query'
import { Paperclip } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useDropping } from '../../ui/useDropping.ts'
import { filesQuery, type FiledRecord } from './api.ts'
import { FileRow } from './FileRow.tsx'
import { UploadRow } from './UploadRow.tsx'
import { startUploads, useUploads } from './uploads.ts'
import { useFilePreview } from './useFilePreview.tsx'

/** The files of a record: dropped here, pasted or chosen, and shown with what they look like. */
export function FilesSection({ record, readOnly }: { record: FiledRecord; readOnly: boolean }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useInfiniteQuery(filesQuery(record))
  const uploads = useUploads(record)
  const picker = useRef<HTMLInputElement>(null)
  usePastedFiles(record, readOnly)
  const files = (query.data?.pages.flatMap((page) => page.items) ?? []).filter(({ current }) => current > 0)
  const preview = useFilePreview(files)
  const dropping = useDropping(!readOnly, (dropped) => startUploads(record, dropped))
  return (
    <section
      aria-label={t('attachments.title')}
      className={cx(
        'flex flex-col gap-1 rounded-base',
        dropping.over && 'outline-2 outline-offset-4 outline-focus outline-dashed',
      )}
      {...dropping.handlers}
    >
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-2">
        <h2 className="text-11 font-semibold text-faint uppercase">{t('attachments.title')}</h2>
        {readOnly ? null : (
          <Button size="small" icon={Paperclip} onClick={() => picker.current?.click()}>
            {t('attachments.add')}
          </Button>
        )}
      </div>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-hidden
        tabIndex={-1}
        data-files=""
        onChange={({ target }) => {
          startUploads(record, [...(target.files ?? [])])
          target.value = ''
        }}
      />
      {query.isError && !query.data ? (
        <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Skeleton className="h-9 w-full" /> : null}
      {query.isSuccess && files.length === 0 && uploads.length === 0 ? (
        <p className="text-13 text-muted">{t(readOnly ? 'attachments.none' : 'attachments.drop')}</p>
      ) : null}
      {uploads.length + files.length > 0 ? (
        <ul className="flex flex-col divide-y divide-line">
          {uploads.map((upload) => (
            <UploadRow key={upload.key} upload={upload} />
          ))}
          {files.map((file) => (
            <FileRow key={file.id} file={file} onPreview={() => preview.open(file)} />
          ))}
        </ul>
      ) : null}
      {query.hasNextPage ? (
        <Button
          variant="ghost"
          size="small"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('attachments.more')}
        </Button>
      ) : null}
      {preview.dialog}
    </section>
  )
}

/** A picture from the clipboard is a file of the record, unless somebody is writing. */
function usePastedFiles({ object, id }: FiledRecord, readOnly: boolean): void {
  useEffect(() => {
    if (readOnly) return
    const paste = ({ clipboardData, target }: ClipboardEvent) => {
      const files = [...(clipboardData?.files ?? [])]
      const writes =
        target instanceof HTMLElement &&
        target.closest('input, textarea, [contenteditable="true"], [role="grid"]')
      if (files.length > 0 && !writes) startUploads({ object, id }, files)
    }
    addEventListener('paste', paste)
    return () => removeEventListener('paste', paste)
  }, [object, id, readOnly])
}
