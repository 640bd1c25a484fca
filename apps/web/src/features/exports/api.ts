import type { Export, ExportColumn, ExportFormat } from '@rapport/contracts'
import { queryOptions } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { saveFile } from '../../ui/saveFile.ts'
import { isMoving, type Chosen } from '../bulk/api.ts'
import { followJob } from '../bulk/followed.ts'

const keys = { list: ['exports', 'list'] as const, one: (id: string) => ['exports', 'one', id] as const }

/** Where events do not come through, what moves is asked for. */
const pollMs = 2_500

export const exportsQuery = queryOptions({
  queryKey: keys.list,
  queryFn: ({ signal }) => rapport.exports.list({ signal }),
  refetchInterval: (query) => (query.state.data?.items.some(isMoving) ? pollMs : false),
})

export type ExportWish = {
  format: ExportFormat
  columns: ExportColumn[]
  sort: string | undefined
  /** As the reader writes numbers and times, with the separator that spreadsheets expect there. */
  localized: boolean
  delimiter: ',' | ';'
}

/** Asks for the file and follows the job that writes it. */
export async function startExport(object: string, chosen: Chosen, wish: ExportWish): Promise<void> {
  const { sort, ...rest } = wish
  const { job_id } = await rapport.exports.create({
    body: { object, ...chosen, ...rest, ...(sort ? { sort } : {}) },
  })
  followJob(job_id)
  void queryClient.invalidateQueries({ queryKey: keys.list })
}

export async function downloadExport(id: string): Promise<void> {
  const { file_name } = await rapport.exports.get({ params: { id } })
  saveFile(await rapport.exports.file({ params: { id } }), file_name)
}

export const readExportsAgain = (): void => void queryClient.invalidateQueries({ queryKey: keys.list })

export const hasFile = ({ bytes }: Pick<Export, 'bytes'>): boolean => bytes !== null
