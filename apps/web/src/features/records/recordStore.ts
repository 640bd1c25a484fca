/**
 * What the screens of any object read and write: one set of queries and mutations, made from the object's end points.
 * Changes are shown at once, in every list and wherever the record is open, and taken back when the server refuses.
 */
import type { Activity, BodyInput, CustomValue, Filter, Groups, Operations, Totals } from '@rapport/contracts'
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  type InfiniteData,
  type QueryKey,
} from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { ownRelations } from '../custom-fields/api.ts'
import type { TimelineAsked } from '../timeline/api.ts'
import { clashOf, saveAmongOthers, type Values } from './conflict.ts'
import type { Disputed } from './disputes.ts'
import { gather } from './gather.ts'
import { inTurn } from './inTurn.ts'

/** What every record has, whatever its object. */
export type BaseRecord = {
  id: string
  version: number
  /** Absent where records belong to nobody in particular. */
  owner_id?: string | null
  custom: Record<string, unknown>
  updated_at: string
  deleted_at: string | null
  can: { update: boolean; delete: boolean }
}

/** What a list shows: everything of it comes from the address. */
export type RecordView = {
  filter?: Filter | undefined
  sort?: string | undefined
  q?: string | undefined
  trashed?: boolean
}

type CustomChange = Record<string, CustomValue>
export type RecordChange = { version?: number | undefined; custom?: CustomChange | undefined }
type RecordPage<Found> = { items: Found[]; next_cursor: string | null; total?: number | undefined }
type RecordPages<Found> = InfiniteData<RecordPage<Found>, string | null>
type ActivityPage = { items: Activity[]; next_cursor: string | null; pinned: Activity[] }
type TimelinePart = { limit: number; cursor?: string | undefined } & TimelineAsked
type One = { params: { id: string }; signal?: AbortSignal }
type Logged = { type: 'note' | 'call' | 'email' | 'meeting' | 'message'; body: string }
type ListAsked = {
  limit: number
  cursor?: string | undefined
  sort?: string | undefined
  q?: string | undefined
  filter?: string | undefined
  trashed?: 'true' | undefined
  count?: 'estimate' | undefined
  include?: string | undefined
}

type GroupsAsked = { group_by: string; q?: string | undefined; filter?: string | undefined }

type TotalsAsked = {
  fields: string
  q?: string | undefined
  filter?: string | undefined
  trashed?: 'true' | undefined
}
export type BulkBody = BodyInput<Operations['companies']['bulk']>

/** The end points of an object, as the SDK has them. */
export type RecordEnds<Found extends BaseRecord, Made, Change extends RecordChange> = {
  list(asked: { query: ListAsked; signal?: AbortSignal }): Promise<RecordPage<Found>>
  groups(asked: { query: GroupsAsked; signal?: AbortSignal }): Promise<Groups>
  totals(asked: { query: TotalsAsked; signal?: AbortSignal }): Promise<Totals>
  bulk(asked: { body: BulkBody; idempotencyKey?: string }): Promise<{ job_id: string }>
  get(asked: One & { query?: { include?: string } }): Promise<Found>
  create(asked: { body: Made; idempotencyKey?: string }): Promise<Found>
  update(asked: One & { body: Change }): Promise<Found>
  remove(asked: One): Promise<unknown>
  restore(asked: One): Promise<Found>
  timeline(asked: One & { query: TimelinePart }): Promise<ActivityPage>
  logActivity(asked: One & { body: Logged }): Promise<Activity>
}

type Options = {
  object: string
  /** The relations that screens show with a record. */
  include?: string
  /** Queries beside its own that a new, deleted or restored record makes old. */
  also?: readonly QueryKey[]
}

const pageSize = 100

export function createRecordStore<Found extends BaseRecord, Made, Change extends RecordChange>(
  /** The first part of every query key. */
  name: string,
  ends: RecordEnds<Found, Made, Change>,
  { object, include, also = [] }: Options,
) {
  const keys = {
    all: [name] as const,
    lists: [name, 'list'] as const,
    totals: [name, 'totals'] as const,
    list: (view: RecordView) => [name, 'list', view] as const,
    record: (id: string) => [name, 'record', id] as const,
    /** Those that lead to a record, as it shows them. */
    related: [name, 'related'] as const,
    timeline: (id: string) => [name, 'timeline', id] as const,
  }
  const stale = (queryKey: QueryKey) => queryClient.invalidateQueries({ queryKey })
  /** With what its own and its standard relations lead to. */
  const included = () => {
    const all = [include, ...ownRelations(object)].filter(Boolean)
    return all.length === 0 ? {} : { include: all.join() }
  }

  const listQuery = (view: RecordView) =>
    infiniteQueryOptions({
      queryKey: keys.list(view),
      initialPageParam: null as string | null,
      queryFn: ({ pageParam, signal }): Promise<RecordPage<Found>> =>
        ends.list({
          signal,
          query: {
            limit: pageSize,
            cursor: pageParam ?? undefined,
            sort: view.sort,
            q: view.q || undefined,
            filter: view.filter && JSON.stringify(view.filter),
            trashed: view.trashed ? 'true' : undefined,
            // The count is asked for once, with the first page.
            count: pageParam === null ? 'estimate' : undefined,
            ...included(),
          },
        }),
      getNextPageParam: (page) => page.next_cursor,
      placeholderData: (previous) => previous,
    })

  /** Some records beside the lists on screen, with what they lead to. */
  const readSome = async (query: ListAsked, signal?: AbortSignal): Promise<Found[]> => {
    const { items } = await ends.list({ query: { ...query, ...included() }, ...(signal ? { signal } : {}) })
    return items
  }

  const recordQuery = (id: string) =>
    queryOptions({
      queryKey: keys.record(id),
      queryFn: ({ signal }): Promise<Found> => ends.get({ params: { id }, query: included(), signal }),
      // A record that some list has already loaded is shown at once while it is on its way.
      placeholderData: () => findListed(id) as never,
    })

  const readGathered = gather<Found>(
    (id) => ends.get({ params: { id }, query: included() }),
    (ids) => readSome({ limit: ids.length, filter: JSON.stringify({ field: 'id', op: 'in', value: ids }) }),
  )
  /** The same record, read together with the others whose names are shown, as in a timeline. */
  const namedQuery = (id: string) => ({ ...recordQuery(id), queryFn: () => readGathered(id) })

  const timelineQuery = (id: string, asked: TimelineAsked = {}) =>
    infiniteQueryOptions({
      queryKey: [...keys.timeline(id), asked],
      initialPageParam: null as string | null,
      queryFn: ({ pageParam, signal }) =>
        ends.timeline({
          params: { id },
          query: { ...asked, limit: 50, cursor: pageParam ?? undefined },
          signal,
        }),
      getNextPageParam: (page) => page.next_cursor,
      placeholderData: (previous) => previous,
    })

  function findListed(id: string): Found | undefined {
    const lists = queryClient.getQueriesData<RecordPages<Found>>({ queryKey: keys.lists })
    return lists
      .flatMap(([, pages]) => pages?.pages ?? [])
      .flatMap(({ items }) => items)
      .find((item) => item.id === id)
  }

  /** Replaces a record wherever it is shown. `change` gets what is there and answers what shall be. */
  function patch(id: string, change: (record: Found) => Found): void {
    queryClient.setQueryData<Found>(keys.record(id), (record) => record && change(record))
    eachPage((items) =>
      items.some((item) => item.id === id)
        ? items.map((item) => (item.id === id ? change(item) : item))
        : items,
    )
  }

  const removeListed = (id: string): void =>
    eachPage((items) =>
      items.some((item) => item.id === id) ? items.filter((item) => item.id !== id) : items,
    )

  function eachPage(change: (items: Found[]) => Found[]): void {
    queryClient.setQueriesData<RecordPages<Found>>(
      { queryKey: keys.lists },
      (pages) => pages && changedPages(pages, change),
    )
  }

  type Snapshot = [QueryKey, unknown][]
  const snapshot = (): Snapshot => queryClient.getQueriesData({ queryKey: keys.all })
  const putBack = (taken: Snapshot | undefined) =>
    taken?.forEach(([key, data]) => queryClient.setQueryData(key, data))

  const disputed = (id: string): Disputed => ({
    object,
    id,
    recent: async () => (await ends.timeline({ params: { id }, query: { limit: 30 } })).items,
  })

  /** The server's answer is the truth: it goes everywhere the record is shown. Relations come with the next read. */
  function settle(record: Found): void {
    patch(record.id, (known) => ({ ...known, ...record }))
    void stale(keys.timeline(record.id))
    void stale(keys.related)
    if (included().include !== undefined) void stale(keys.record(record.id))
  }

  /** Values by field, as `changeOf` has them. */
  const save = (id: string, values: Values, version: number | undefined): Promise<Found> =>
    ends.update({ params: { id }, body: { ...changeOf(values), version } as Change })

  const listsStale = () => Promise.all([stale(keys.lists), stale(keys.related), ...also.map(stale)])

  return {
    name,
    /** Whether its records are shown with others that they lead to. */
    has_relations: include !== undefined,
    include,
    keys,
    listQuery,
    readGroups: (asked: { query: GroupsAsked; signal?: AbortSignal }) => ends.groups(asked),
    readTotals: (asked: { query: TotalsAsked; signal?: AbortSignal }) => ends.totals(asked),
    startBulk: (body: BulkBody) => ends.bulk({ body, idempotencyKey: crypto.randomUUID() }),
    readSome,
    recordQuery,
    namedQuery,
    timelineQuery,
    disputed,
    save,
    findListed,
    patch,
    removeListed,

    useUpdate: () =>
      useMutation({
        /** `shown` is what a field shows meanwhile, where the change says it in another way. */
        mutationFn: ({ id, change }: { id: string; change: Change; shown?: Partial<Found> }) =>
          inTurn(id, change.version, (version) =>
            saveAmongOthers({
              about: disputed(id),
              version,
              values: valuesOf(change),
              save: (values, seen) => save(id, values, seen),
            }),
          ),
        onMutate: async ({ id, change, shown }) => {
          await queryClient.cancelQueries({ queryKey: keys.record(id) })
          const taken = snapshot()
          const { version: _, custom, ...fields } = change
          patch(id, (known) => ({ ...known, ...fields, custom: { ...known.custom, ...custom }, ...shown }))
          return taken
        },
        onError: (error, { id }, taken) => {
          putBack(taken)
          const clash = clashOf<Found>(error)
          if (clash) patch(id, (known) => ({ ...known, ...clash.current }))
        },
        onSuccess: settle,
      }),

    useCreate: () =>
      useMutation({
        // The key makes a retry after a lost answer harmless.
        mutationFn: ({ body, key }: { body: Made; key: string }) =>
          ends.create({ body, idempotencyKey: key }),
        onSuccess: async (record) => {
          if (included().include === undefined)
            queryClient.setQueryData<Found>(keys.record(record.id), record)
          await listsStale()
        },
      }),

    useRemove: () =>
      useMutation({
        mutationFn: (id: string) => ends.remove({ params: { id } }),
        onMutate: (id) => {
          const taken = snapshot()
          removeListed(id)
          return taken
        },
        onError: (_error, _id, taken) => putBack(taken),
        onSuccess: (_nothing, id) =>
          Promise.all([stale(keys.record(id)), stale(keys.related), ...also.map(stale)]),
      }),

    useRestore: () =>
      useMutation({
        mutationFn: (id: string) => ends.restore({ params: { id } }),
        onSuccess: async (record) => {
          settle(record)
          await listsStale()
        },
      }),

    useLogActivity: (id: string) =>
      useMutation({
        mutationFn: (body: Logged) => ends.logActivity({ params: { id }, body }),
        onSuccess: () => stale(keys.timeline(id)),
      }),
  }
}

/** The same object where nothing changes: a job tells of thousands of records that no list shows. */
function changedPages<Found>(
  known: RecordPages<Found>,
  change: (items: Found[]) => Found[],
): RecordPages<Found> {
  const pages = known.pages.map((page) => {
    const items = change(page.items)
    return items === page.items ? page : { ...page, items }
  })
  return pages.every((page, place) => page === known.pages[place]) ? known : { ...known, pages }
}

/** Each value by the name of its field, custom ones as `custom.<key>`. */
const valuesOf = ({ version: _, custom, ...fields }: RecordChange): Values => ({
  ...fields,
  ...Object.fromEntries(Object.entries(custom ?? {}).map(([key, value]) => [`custom.${key}`, value])),
})

/** As the API takes it. */
export function changeOf(values: Values): Record<string, unknown> {
  const [own, plain] = [true, false].map((custom) =>
    Object.entries(values).filter(([field]) => field.startsWith('custom.') === custom),
  )
  const custom = (own ?? []).map(([field, value]) => [field.slice('custom.'.length), value])
  return {
    ...Object.fromEntries(plain ?? []),
    ...(custom.length > 0 ? { custom: Object.fromEntries(custom) } : {}),
  }
}

/** The part of a store that timelines work with, whatever the records are. */
export type TimelineStore = Pick<
  ReturnType<typeof createRecordStore<BaseRecord, unknown, RecordChange>>,
  'timelineQuery' | 'useLogActivity' | 'keys'
>
