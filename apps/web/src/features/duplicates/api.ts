import type { Duplicate, DuplicateOf, DuplicatesOfRecord, EnteredRecord, Merged } from '@rapport/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import type { RecordKind } from '../records/kinds.ts'
import type { Values } from '../records/stores.ts'

const pageSize = 50

export const duplicatesQuery = (object: string) =>
  infiniteQueryOptions({
    queryKey: ['duplicates', 'list', object],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      rapport.duplicates.list({
        query: { object, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

export type MergeBody = { ids: string[]; winner_id: string; values?: Values }
/** What is typed by now; nothing is asked as long as that is next to nothing. */
export const entryQuery = (kind: RecordKind, typed: string) =>
  queryOptions({
    queryKey: ['duplicates', 'entry', kind.object, typed],
    queryFn: async ({ signal }) =>
      (await endsOf(kind).likeness({ body: JSON.parse(typed) as EnteredRecord, signal })).items,
    enabled: typed !== JSON.stringify({ values: {} }),
    placeholderData: (previous) => previous,
    staleTime: 30_000,
  })

/** What every kind of record offers, whatever its shapes are. */
type Ends = {
  duplicates(asked: { params: { id: string }; signal?: AbortSignal }): Promise<DuplicatesOfRecord>
  merge(asked: { body: MergeBody }): Promise<Merged>
  likeness(asked: { body: EnteredRecord; signal?: AbortSignal }): Promise<{ items: DuplicateOf[] }>
}

function endsOf({ object, many }: RecordKind): Ends {
  if (many !== 'custom_records') return rapport[many]
  const { customRecords } = rapport
  return {
    duplicates: ({ params, ...asked }) =>
      customRecords.duplicates({ ...asked, params: { object, ...params } }),
    likeness: (asked) => customRecords.likeness({ ...asked, params: { object } }),
    merge: ({ body }) => customRecords.merge({ params: { object }, body }),
  }
}

export const duplicatesOfQuery = (kind: RecordKind, id: string) =>
  queryOptions({
    queryKey: ['duplicates', 'of', kind.object, id],
    queryFn: ({ signal }) => endsOf(kind).duplicates({ params: { id }, signal }),
  })

/** What a merge or its way back makes old: the records, what leads to them, and the pairs. */
const readAgain = () => queryClient.invalidateQueries()

export async function mergeRecords(kind: RecordKind, body: MergeBody): Promise<Merged> {
  const merged = await endsOf(kind).merge({ body })
  await readAgain()
  return merged
}

export async function undoMerge(id: string) {
  const undone = await rapport.duplicates.undoMerge({ params: { id } })
  await readAgain()
  return undone
}

export async function decide(id: string, what: 'dismiss' | 'reopen'): Promise<Duplicate> {
  const decided = await rapport.duplicates[what]({ params: { id } })
  await queryClient.invalidateQueries({ queryKey: ['duplicates'] })
  return decided
}

export async function scan(object: string): Promise<string> {
  const { job_id } = await rapport.duplicates.scan({ body: { object } })
  return job_id
}
