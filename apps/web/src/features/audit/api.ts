import { infiniteQueryOptions } from '@tanstack/react-query'
import { rapport } from '../../app/rapport.ts'
import { saveFile } from '../../ui/saveFile.ts'

const pageSize = 100

/** @param filter as the API takes it, or undefined for all entries. */
export const auditQuery = (filter: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter ?? ''],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      rapport.audit.list({ signal, query: { limit: pageSize, cursor: pageParam ?? undefined, filter } }),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (previous) => previous,
    // What has happened meanwhile is shown when one comes back.
    staleTime: 0,
  })

export type ExportFormat = 'csv' | 'json'

const types: Record<ExportFormat, string> = {
  csv: 'text/csv;charset=utf-8',
  json: 'application/json;charset=utf-8',
}
/** Excel takes a file without it for the machine's old code page; reading the answer as text has removed it. */
const byteOrderMark = '\uFEFF'

export async function saveAuditFile(filter: string | undefined, format: ExportFormat): Promise<void> {
  const text = await rapport.audit.export({ query: { filter, format } })
  const parts = format === 'csv' ? [byteOrderMark, text] : [text]
  const day = new Date().toISOString().slice(0, 10)
  saveFile(new Blob(parts, { type: types[format] }), `audit-log-${day}.${format}`)
}
