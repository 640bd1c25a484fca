import type { ChatFile } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { pictureQuery } from '../attachments/api.ts'
import { Thumbnail } from '../attachments/Picture.tsx'
import { useFilePreview } from '../attachments/useFilePreview.tsx'
import { useObjectUrl } from '../attachments/useObjectUrl.ts'
import { useSizeText } from '../attachments/useSizeText.ts'
import { currentOf, type SeenFile } from '../attachments/versions.ts'
import { VoiceNote } from './VoiceNote.tsx'

export const seenOf = ({ id, name, number, size, media_type, preview }: ChatFile): SeenFile => ({
  id,
  name,
  current: number,
  versions: [{ number, size, media_type, preview }],
})

/** Pictures as pictures, voice to be heard, and all else by name. */
export function MessageFiles({ files }: { files: readonly ChatFile[] }) {
  const { t } = useTranslation()
  const seen = files.map(seenOf)
  const { open, save, dialog } = useFilePreview(seen)
  if (files.length === 0) return null
  return (
    <>
      <ul aria-label={t('chat.files')} className="mt-1 flex flex-wrap gap-2">
        {seen.map((file) => {
          if (currentOf(file)?.preview === 'ready')
            return <PictureFile key={file.id} file={file} onOpen={() => open(file)} />
          if (isVoice(file))
            return (
              <li key={file.id} className="max-w-full">
                <VoiceNote file={file} />
              </li>
            )
          return <NamedFile key={file.id} file={file} onOpen={() => open(file)} onSave={() => save(file)} />
        })}
      </ul>
      {dialog}
    </>
  )
}

/** What browsers record, by the name that the recorder gives. */
export const isVoice = ({ name }: SeenFile) => /^voice-.*\.(webm|ogg|m4a)$/.test(name)

type FileProps = { file: SeenFile; onOpen: () => void }

/** Its room is there before the picture is, so that nothing moves. */
function PictureFile({ file, onOpen }: FileProps) {
  const query = useQuery(pictureQuery(file.id, file.current, 'large'))
  const url = useObjectUrl(query.data)
  return (
    <li>
      <button
        type="button"
        aria-label={file.name}
        className="flex h-44 max-w-72 min-w-24 items-center justify-center overflow-hidden rounded-base border border-line bg-sunken hover:border-line-control"
        onClick={onOpen}
      >
        {url ? <img src={url} alt="" className="size-full object-contain" /> : null}
      </button>
    </li>
  )
}

function NamedFile({ file, onOpen, onSave }: FileProps & { onSave: () => void }) {
  const { t } = useTranslation()
  const sizeText = useSizeText()
  return (
    <li className="flex max-w-80 items-center gap-1 rounded-base border border-line pr-1">
      <button
        type="button"
        className="flex min-w-0 flex-1 items-center gap-2 rounded-base p-1 text-left hover:bg-hover"
        onClick={onOpen}
      >
        <Thumbnail file={file} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-13">{file.name}</span>
          <span className="block text-12 text-faint">{sizeText(currentOf(file)?.size ?? 0)}</span>
        </span>
      </button>
      <IconButton
        icon={Download}
        size="small"
        label={t('chat.save_file', { name: file.name })}
        onClick={onSave}
      />
    </li>
  )
}
