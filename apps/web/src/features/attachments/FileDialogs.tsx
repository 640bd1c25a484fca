import type { Attachment } from '@rapport/contracts'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { useRenameFile } from './api.ts'
import { useSizeText } from './useSizeText.ts'
import { keptVersions } from './versions.ts'

export function RenameDialog({ file, onClose }: { file: Attachment; onClose: () => void }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const rename = useRenameFile()
  const [name, setName] = useState(file.name)
  const submit = () =>
    name.trim() === '' || rename.isPending
      ? undefined
      : rename.mutate(
          { file, name: name.trim() },
          {
            onSuccess: onClose,
            onError: (error) =>
              notify.problem(
                t('common.problem.title'),
                isProblem(error) && error.errors[0]?.code === 'not_taken'
                  ? t('attachments.refused.not_taken')
                  : describe(error),
              ),
          },
        )
  return (
    <Dialog
      open
      size="small"
      onOpenChange={onClose}
      title={t('attachments.rename')}
      footer={
        <Button variant="primary" loading={rename.isPending} onClick={submit}>
          {t('attachments.rename')}
        </Button>
      }
    >
      <Input
        aria-label={t('attachments.name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => (event.key === 'Enter' ? submit() : undefined)}
      />
    </Dialog>
  )
}

type VersionsProps = { file: Attachment; onClose: () => void; onDownload: (number: number) => void }

/** What the file was; each can still be had. */
export function VersionsDialog({ file, onClose, onDownload }: VersionsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const sizeText = useSizeText()
  return (
    <Dialog open onOpenChange={onClose} title={t('attachments.versions_of', { name: file.name })}>
      <ol className="flex flex-col divide-y divide-line">
        {keptVersions(file).map(({ number, by, created_at, size }) => (
          <li key={number} className="flex items-center gap-3 py-2">
            <div className="min-w-0 flex-1">
              <p className="text-13">
                {t('attachments.version', { number })}
                {number === file.current ? (
                  <span className="text-muted"> · {t('attachments.current')}</span>
                ) : null}
              </p>
              <p className="truncate text-12 text-faint">
                {by.name} · {format.dateTime(created_at)} · {sizeText(size)}
              </p>
            </div>
            <Button size="small" icon={Download} onClick={() => onDownload(number)}>
              {t('attachments.download')}
            </Button>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
