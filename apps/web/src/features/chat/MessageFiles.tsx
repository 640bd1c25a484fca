import type { ChatFile } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { download, pictureQuery } from '../attachments/api.ts'
import { Thumbnail } from '../attachments/Picture.tsx'
import { PreviewDialog } from '../attachments/PreviewDialog.tsx'
import { useObjectUrl } from '../attachments/useObjectUrl.ts'
import { useSizeText } from '../attachments/useSizeText.ts'
import { canBeSeen, currentOf, type SeenFile } from '../attachments/versions.ts'
import { VoiceNote } from './VoiceNote.tsx'

const seenOf = ({ id, name, number, size, media_type, preview }: ChatFile): SeenFile => ({
  id,
  name,
  current: number,
  versions: [{ number, size, media_type, preview }],
})

/** Pictures as pictures, voice to be heard, and all else by name. */
export function MessageFiles({ files }: { files: readonly ChatFile[] }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [shown, setShown] = useState<string | null>(null)
  if (files.length === 0) return null
  const seen = files.map(seenOf)
  const visible = seen.filter((file) => canBeSeen(currentOf(file)))
  const place = visible.findIndex(({ id }) => id === shown)
  const preview = visible[place]
  const [before, after] = [visible[place - 1], visible[place + 1]]
  const save = (file: SeenFile) =>
    void download(file, file.current).catch((error: unknown) =>
      notify.problem(t('common.problem.title'), describe(error)),
    )
  return (
    <>
      <ul aria-label={t('chat.files')} className="mt-1 flex flex-wrap gap-2">
        {seen.map((file) => {
          const version = currentOf(file)
          const open = canBeSeen(version) ? () => setShown(file.id) : () => save(file)
          if (version?.preview === 'ready') return <PictureFile key={file.id} file={file} onOpen={open} />
          if (isVoice(file)) return <VoiceNote key={file.id} file={file} />
          return <NamedFile key={file.id} file={file} onOpen={open} onSave={() => save(file)} />
        })}
      </ul>
      {preview ? (
        <PreviewDialog
          file={preview}
          onClose={() => setShown(null)}
          onBefore={before && (() => setShown(before.id))}
          onAfter={after && (() => setShown(after.id))}
          onDownload={() => save(preview)}
        />
      ) : null}
    </>
  )
}

/** What browsers record, by the name that the recorder gives. */
const isVoice = ({ name }: SeenFile) => /^voice-.*\.(webm|ogg|m4a)$/.test(name)

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
