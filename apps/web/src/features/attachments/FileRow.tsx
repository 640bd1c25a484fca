import type { Attachment } from '@rapport/contracts'
import { Download, History, MoreHorizontal, PencilLine, Trash2, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { download, useRestoreFile, useTrashFile } from './api.ts'
import { RenameDialog, VersionsDialog } from './FileDialogs.tsx'
import { Thumbnail } from './Picture.tsx'
import { startUploads } from './uploads.ts'
import { useSizeText } from './useSizeText.ts'
import { canBeSeen, currentOf, keptVersions } from './versions.ts'

type Props = { file: Attachment; onPreview: () => void }

export function FileRow({ file, onPreview }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const sizeText = useSizeText()
  const [open, setOpen] = useState<'rename' | 'versions' | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [trash, restore] = [useTrashFile(), useRestoreFile()]
  const version = currentOf(file)
  const versions = keptVersions(file).length
  const onError = (error: unknown) => notify.problem(t('common.problem.title'), describe(error))
  const save = (number: number) => void download(file, number).catch(onError)
  const remove = () =>
    trash.mutate(file, {
      onSuccess: () => void notify.undo(t('attachments.deleted'), () => restore.mutate(file, { onError })),
      onError,
    })
  return (
    <li className="flex items-center gap-2.5 py-1.5">
      <button
        type="button"
        className="flex min-w-0 flex-1 items-center gap-2.5 rounded-small text-left hover:bg-hover"
        onClick={canBeSeen(version) ? onPreview : () => save(file.current)}
      >
        <Thumbnail file={file} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-13">{file.name}</span>
          <span className="block truncate text-12 text-faint">
            {sizeText(version?.size ?? 0)} · {version?.by.name} ·{' '}
            {format.ago(version?.created_at ?? file.created_at)}
            {versions > 1 ? ` · ${t('attachments.version', { number: file.current })}` : ''}
          </span>
        </span>
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-hidden
        tabIndex={-1}
        onChange={({ target }) => {
          startUploads(file.record, [...(target.files ?? [])], file)
          target.value = ''
        }}
      />
      <Menu
        align="end"
        trigger={
          <IconButton icon={MoreHorizontal} size="small" label={t('attachments.menu', { name: file.name })} />
        }
      >
        <MenuItem icon={Download} onSelect={() => save(file.current)}>
          {t('attachments.download')}
        </MenuItem>
        {versions > 1 ? (
          <MenuItem icon={History} onSelect={() => setOpen('versions')}>
            {t('attachments.versions')}
          </MenuItem>
        ) : null}
        {file.can.update ? (
          <>
            <MenuItem icon={Upload} onSelect={() => picker.current?.click()}>
              {t('attachments.replace')}
            </MenuItem>
            <MenuItem icon={PencilLine} onSelect={() => setOpen('rename')}>
              {t('attachments.rename')}
            </MenuItem>
          </>
        ) : null}
        {file.can.delete ? (
          <>
            <MenuSeparator />
            <MenuItem icon={Trash2} danger onSelect={remove}>
              {t('attachments.delete')}
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {open === 'rename' ? <RenameDialog file={file} onClose={() => setOpen(null)} /> : null}
      {open === 'versions' ? (
        <VersionsDialog file={file} onClose={() => setOpen(null)} onDownload={save} />
      ) : null}
    </li>
  )
}
