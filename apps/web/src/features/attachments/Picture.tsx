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
import { firstPageQuery, pictureQuery } from './api.ts'
import { useObjectUrl } from './useObjectUrl.ts'
import { currentOf, isPdf, type SeenFile } from './versions.ts'

const icons: readonly (readonly [RegExp, LucideIcon])[] = [
  [/^image\//, FileImage],
  [/^video\//, FileVideo],
  [/^audio\//, FileAudio],
  [/zip|compressed|tar|rar/, FileArchive],
  [/pdf|text|document|sheet|presentation/, FileText],
]

/** In bytes. A PDF has to be fetched to be drawn; larger ones wait until somebody opens them. */
const largest_drawn = 4 * 1024 * 1024

/** A small picture of the file, or a sign for what it is. */
export function Thumbnail({ file }: { file: SeenFile }) {
  const version = currentOf(file)
  const query = useQuery({
    ...pictureQuery(file.id, version?.number ?? 0, 'small'),
    enabled: version?.preview === 'ready',
  })
  const page = useQuery({
    ...firstPageQuery(file.id, version?.number ?? 0),
    enabled: isPdf(version) && (version?.size ?? 0) <= largest_drawn,
  })
  const url = useObjectUrl(query.data ?? page.data)
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
