import { FileUp } from 'lucide-react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Progress } from '../../ui/Progress.tsx'
import { useFormat } from '../../ui/format.ts'
import { Select } from '../../ui/Select.tsx'
import type { RecordKind } from '../records/kinds.ts'
import { useKindWords } from '../records/useKindWords.ts'
import { useReason } from './refusal.ts'
import { dismissUpload, stopUpload, useUpload, type Upload } from './upload.ts'

type Props = {
  /** The page has nothing else to show: says what this is for. */
  welcome: boolean
  onFiles: (files: File[]) => void
  chooser: RefObject<HTMLInputElement | null>
  /** What can be brought in, and what the file is said to hold. */
  kinds: readonly RecordKind[]
  object: string
  onObject: (object: string) => void
}

/** Where a file comes in: by the button, or dropped anywhere on the page. */
export function UploadZone(props: Props) {
  const { welcome } = props
  const { t } = useTranslation()
  const upload = useUpload()
  return (
    <section
      aria-label={t('imports.drop.label')}
      className={cx('rounded-base border border-dashed border-line-strong px-4', welcome ? 'py-14' : 'py-4')}
    >
      {upload?.state === 'sending' ? (
        <Sending upload={upload} />
      ) : (
        <div className={cx('flex flex-col gap-4', welcome && 'items-center text-center')}>
          {upload ? <Refused upload={upload} /> : null}
          {welcome && !upload ? <Welcome /> : null}
          <Chooser {...props} />
        </div>
      )}
    </section>
  )
}

function Welcome() {
  const { t } = useTranslation()
  return (
    <div className="flex flex-col items-center gap-1">
      <FileUp className="mb-3 size-6 text-faint" strokeWidth={1.5} aria-hidden />
      <h2 className="text-15 font-semibold">{t('imports.empty.title')}</h2>
      <p className="max-w-sm text-13 text-balance text-muted">{t('imports.empty.text')}</p>
    </div>
  )
}

function Chooser({ welcome, onFiles, chooser, kinds, object, onObject }: Props) {
  const { t } = useTranslation()
  const { wordOf } = useKindWords()
  return (
    <div className={cx('flex flex-wrap items-center gap-x-4 gap-y-2', welcome && 'flex-col')}>
      <div className="w-44">
        <Select
          label={t('imports.holds')}
          options={kinds.map((kind) => ({ value: kind.object, label: wordOf(kind, 'title') }))}
          value={object}
          onChange={onObject}
        />
      </div>
      <Button variant="primary" icon={FileUp} onClick={() => chooser.current?.click()}>
        {t('imports.choose')}
      </Button>
      <input
        ref={chooser}
        type="file"
        accept=".csv,.tsv,.txt,.xlsx,.xlsm,text/csv,text/tab-separated-values,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        aria-label={t('imports.choose')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          // The same file, corrected, can be chosen again.
          event.target.value = ''
        }}
      />
      <p className="text-12 text-muted">
        <span className="pointer-coarse:hidden">{t('imports.drop.hint')} </span>
        {t('imports.drop.limits')}
      </p>
    </div>
  )
}

function Sending({ upload }: { upload: Extract<Upload, { state: 'sending' }> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const sent = upload.share >= 1
  const label = t(sent ? 'imports.upload.reading' : 'imports.upload.sending', { name: upload.file_name })
  return (
    <div className="mx-auto flex max-w-md flex-col items-start gap-3">
      <output className="sr-only">{label}</output>
      <Progress
        label={label}
        value={sent ? null : upload.share}
        detail={sent ? null : format.percent(Math.floor(upload.share * 100) / 100)}
      />
      <Button size="small" onClick={stopUpload}>
        {t('imports.upload.cancel')}
      </Button>
    </div>
  )
}

function Refused({ upload }: { upload: Extract<Upload, { state: 'refused' }> }) {
  const { t } = useTranslation()
  const reason = useReason()
  return (
    <div
      role="alert"
      className="flex w-full items-start gap-3 rounded-base bg-danger-soft px-3 py-2 text-left text-13 text-danger-ink"
    >
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{t('imports.upload.refused', { name: upload.file_name })}</p>
        <p className="break-words">{reason(upload.error)}</p>
      </div>
      <Button size="small" variant="ghost" onClick={dismissUpload}>
        {t('common.action.close')}
      </Button>
    </div>
  )
}
