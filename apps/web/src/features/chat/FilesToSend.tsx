import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { Thumbnail } from '../attachments/Picture.tsx'
import { UploadRow } from '../attachments/UploadRow.tsx'
import type { FilesToGo } from './useFilesToGo.ts'

/** What goes along with the next message, and how far each is. */
export function FilesToSend({ files: { ready, uploads, drop } }: { files: FilesToGo }) {
  const { t } = useTranslation()
  if (ready.length + uploads.length === 0) return null
  return (
    <ul aria-label={t('chat.compose.files')} className="flex flex-wrap gap-2 px-2 pb-1 *:min-w-48">
      {ready.map((file) => (
        <li
          key={file.id}
          className="flex max-w-64 items-center gap-2 rounded-base border border-line py-1 pl-1"
        >
          <Thumbnail file={file} />
          <span className="min-w-0 flex-1 truncate text-12">{file.name}</span>
          <IconButton
            icon={X}
            size="small"
            label={t('chat.compose.drop_file', { name: file.name })}
            onClick={() => drop(file.id)}
          />
        </li>
      ))}
      {uploads.map((upload) => (
        <UploadRow key={upload.key} upload={upload} />
      ))}
    </ul>
  )
}
