import type { Attachment } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import {
  File as FileIcon,
  FileArchive,
  FileAudio,
  FileImage,
  FileText,
  FileVideo,
  type LucideIcon,
} from 'lucide-react'
import { pictureQuery } from './api.ts'
import { useObjectUrl } from './useObjectUrl.ts'
import { currentOf } from './versions.ts'

const icons: readonly (readonly [RegExp, LucideIcon])[] = [
  [/^image\//, FileImage],
  [/^video\//, FileVideo],
  [/^audio\//, FileAudio],
  [/zip|compressed|tar|rar/, FileArchive],
  [/pdf|text|document|sheet|presentation/, FileText],
]

/** A small picture of the file, or a sign for what it is. */
export function Thumbnail({ file }: { file: Attachment }) {
  const version = currentOf(file)
  const query = useQuery({
    ...pictureQuery(file.id, version?.number ?? 0, 'small'),
    enabled: version?.preview === 'ready',
  })
  const url = useObjectUrl(query.data)
  const Icon = icons.find(([type]) => type.test(version?.media_type ?? ''))?.[1] ?? FileIcon
  return (
    <span className="flex size-9 shrink-0 items-center justify-center overflow-hidden rounded-small border border-line bg-sunken">
      {url ? (
        <img src={url} alt="" className="size-full object-cover" />
      ) : (
        <Icon className="size-4 text-faint" strokeWidth={1.75} aria-hidden />
      )}
    </span>
  )
}
