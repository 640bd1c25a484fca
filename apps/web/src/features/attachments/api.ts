import type { Attachment } from '@rapport/contracts'
import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { saveFile } from '../../ui/saveFile.ts'
import { kindOf } from '../records/kinds.ts'

export type FiledRecord = { object: string; id: string }

const keys = {
  of: (object: string, id: string) => ['attachments', 'of', object, id] as const,
  picture: (id: string, number: number, size: string) =>
    ['attachments', 'picture', id, number, size] as const,
  content: (id: string, number: number) => ['attachments', 'content', id, number] as const,
  firstPage: (id: string, number: number) => ['attachments', 'first-page', id, number] as const,
}

export const filesQuery = ({ object, id }: FiledRecord) =>
  infiniteQueryOptions({
    queryKey: keys.of(object, id),
    queryFn: ({ pageParam, signal }) =>
      rapport.attachments.list({
        query: { object, record_id: id, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

/** What a version is never changes. */
export const pictureQuery = (id: string, number: number, size: 'small' | 'large') =>
  queryOptions({
    queryKey: keys.picture(id, number, size),
    queryFn: ({ signal }) =>
      rapport.attachments.preview({ params: { id, number: String(number) }, query: { size }, signal }),
    staleTime: Infinity,
  })

export const contentQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: keys.content(id, number),
    queryFn: ({ signal }) => rapport.attachments.content({ params: { id, number: String(number) }, signal }),
    staleTime: Infinity,
    gcTime: 60_000,
  })

/** Wide enough for the sharpest of small pictures. */
const thumbnail_px = 144

/** Of a PDF, drawn here. What cannot be drawn, as a locked document, keeps its sign. */
export const firstPageQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: keys.firstPage(id, number),
    queryFn: async () => {
      const [content, { drawFirstPage }] = await Promise.all([
        queryClient.ensureQueryData(contentQuery(id, number)),
        import('./pdf.ts'),
      ])
      return drawFirstPage(content, thumbnail_px)
    },
    staleTime: Infinity,
    retry: false,
  })

/** What is on screen of the files of a record, and the timeline that tells of them. */
export function readFilesAgain({ object, id }: FiledRecord): void {
  void queryClient.invalidateQueries({ queryKey: keys.of(object, id) })
  const kind = kindOf(object)
  if (kind) void queryClient.invalidateQueries({ queryKey: kind.store.keys.timeline(id) })
}

export async function download({ id, name }: Pick<Attachment, 'id' | 'name'>, number: number): Promise<void> {
  saveFile(await rapport.attachments.content({ params: { id, number: String(number) } }), name)
}

export const useRenameFile = () =>
  useMutation({
    mutationFn: ({ file, name }: { file: Attachment; name: string }) =>
      rapport.attachments.update({ params: { id: file.id }, body: { name } }),
    onSettled: (_answer, _error, { file }) => readFilesAgain(file.record),
  })

export const useTrashFile = () =>
  useMutation({
    mutationFn: ({ id }: Attachment) => rapport.attachments.remove({ params: { id } }),
    onSettled: (_answer, _error, file) => readFilesAgain(file.record),
  })

export const useRestoreFile = () =>
  useMutation({
    mutationFn: ({ id }: Attachment) => rapport.attachments.restore({ params: { id } }),
    onSettled: (_answer, _error, file) => readFilesAgain(file.record),
  })
