import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  type InfiniteData,
  type QueryKey,
} from '@tanstack/react-query'
import type { BodyInput, Filter, Lead, operations } from '@rapport/contracts'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { clashOf, onTopOfOthers } from './conflict.ts'

/** What a list shows: everything of it comes from the address. */
export type LeadView = {
  filter?: Filter | undefined
  sort?: string | undefined
  q?: string | undefined
  trashed?: boolean
}

type LeadPage = { items: Lead[]; next_cursor: string | null; total?: number | undefined }
type LeadPages = InfiniteData<LeadPage, string | null>
export type LeadChange = BodyInput<typeof operations.leads.update>
export type NewLead = BodyInput<typeof operations.leads.create>

export const leadKeys = {
  all: ['leads'] as const,
  lists: ['leads', 'list'] as const,
  list: (view: LeadView) => ['leads', 'list', view] as const,
  record: (id: string) => ['leads', 'record', id] as const,
  timeline: (id: string) => ['leads', 'timeline', id] as const,
}

export const leadListQuery = (view: LeadView) =>
  infiniteQueryOptions({
    queryKey: leadKeys.list(view),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<LeadPage> =>
      rapport.leads.list({
        signal,
        query: {
          limit: 100,
          cursor: pageParam ?? undefined,
          sort: view.sort,
          q: view.q || undefined,
          filter: view.filter && JSON.stringify(view.filter),
          trashed: view.trashed ? 'true' : undefined,
          // The count is asked for once, with the first page.
          count: pageParam === null ? 'estimate' : undefined,
        },
      }),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (previous) => previous,
  })

export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: leadKeys.record(id),
    queryFn: ({ signal }) => rapport.leads.get({ params: { id }, signal }),
    placeholderData: () => findListedLead(id),
  })

export const timelineQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: leadKeys.timeline(id),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      rapport.leads.timeline({
        params: { id },
        query: { limit: 50, cursor: pageParam ?? undefined },
        signal,
      }),
    getNextPageParam: (page) => page.next_cursor,
  })

/** A lead that some list has already loaded: shown at once while the record itself is on its way. */
export function findListedLead(id: string): Lead | undefined {
  for (const [, pages] of queryClient.getQueriesData<LeadPages>({ queryKey: leadKeys.lists }))
    for (const page of pages?.pages ?? []) {
      const lead = page.items.find((item) => item.id === id)
      if (lead) return lead
    }
  return undefined
}

/** Replaces a lead wherever it is shown. `change` gets what is there and answers what shall be. */
export function patchLead(id: string, change: (lead: Lead) => Lead): void {
  queryClient.setQueryData<Lead>(leadKeys.record(id), (lead) => lead && change(lead))
  queryClient.setQueriesData<LeadPages>({ queryKey: leadKeys.lists }, (pages) =>
    patchPages(pages, id, change),
  )
}

function patchPages(
  pages: LeadPages | undefined,
  id: string,
  change: (lead: Lead) => Lead,
): LeadPages | undefined {
  if (!pages?.pages.some((page) => page.items.some((lead) => lead.id === id))) return pages
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.map((lead) => (lead.id === id ? change(lead) : lead)),
    })),
  }
}

export function removeListedLead(id: string): void {
  queryClient.setQueriesData<LeadPages>(
    { queryKey: leadKeys.lists },
    (pages) =>
      pages && {
        ...pages,
        pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((lead) => lead.id !== id) })),
      },
  )
}

type Snapshot = [QueryKey, unknown][]
const snapshotLeads = (): Snapshot => queryClient.getQueriesData({ queryKey: leadKeys.all })
const restoreLeads = (snapshot: Snapshot | undefined) =>
  snapshot?.forEach(([key, data]) => queryClient.setQueryData(key, data))

/** The server's answer is the truth: it goes everywhere the lead is shown. */
function settleLead(lead: Lead): void {
  queryClient.setQueryData(leadKeys.record(lead.id), lead)
  patchLead(lead.id, () => lead)
  void queryClient.invalidateQueries({ queryKey: leadKeys.timeline(lead.id) })
}

const fieldsOf = ({ version: _, custom, ...fields }: LeadChange): string[] => [
  ...Object.keys(fields),
  ...Object.keys(custom ?? {}).map((key) => `custom.${key}`),
]

/** Changes fields: shown at once, taken back with the server's reason when it refuses. */
export const useUpdateLead = () =>
  useMutation({
    mutationFn: ({ id, change }: { id: string; change: LeadChange }) =>
      onTopOfOthers(change.version, fieldsOf(change), (version) =>
        rapport.leads.update({ params: { id }, body: { ...change, version } }),
      ),
    onMutate: async ({ id, change }) => {
      await queryClient.cancelQueries({ queryKey: leadKeys.record(id) })
      const snapshot = snapshotLeads()
      const { version: _, custom, ...fields } = change
      patchLead(id, (lead) => ({
        ...lead,
        ...(fields as Partial<Lead>),
        custom: { ...lead.custom, ...custom },
      }))
      return snapshot
    },
    onError: (error, { id }, snapshot) => {
      restoreLeads(snapshot)
      const clash = clashOf(error)
      if (clash) patchLead(id, () => clash.current)
    },
    onSuccess: settleLead,
  })

export const useCreateLead = () =>
  useMutation({
    // The key makes a retry after a lost answer harmless.
    mutationFn: ({ body, key }: { body: NewLead; key: string }) =>
      rapport.leads.create({ body, idempotencyKey: key }),
    onSuccess: async (lead) => {
      queryClient.setQueryData(leadKeys.record(lead.id), lead)
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: leadKeys.lists }),
        queryClient.invalidateQueries({ queryKey: ['board'] }),
      ])
    },
  })

export const useRemoveLead = () =>
  useMutation({
    mutationFn: (id: string) => rapport.leads.remove({ params: { id } }),
    onMutate: (id) => {
      const snapshot = snapshotLeads()
      removeListedLead(id)
      return snapshot
    },
    onError: (_error, _id, snapshot) => restoreLeads(snapshot),
    onSuccess: (_nothing, id) =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: leadKeys.record(id) }),
        queryClient.invalidateQueries({ queryKey: ['board'] }),
      ]),
  })

export const useRestoreLead = () =>
  useMutation({
    mutationFn: (id: string) => rapport.leads.restore({ params: { id } }),
    onSuccess: async (lead) => {
      settleLead(lead)
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: leadKeys.lists }),
        queryClient.invalidateQueries({ queryKey: ['board'] }),
      ])
    },
  })

export const useLogActivity = (id: string) =>
  useMutation({
    mutationFn: (body: BodyInput<typeof operations.leads.logActivity>) =>
      rapport.leads.logActivity({ params: { id }, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: leadKeys.timeline(id) }),
  })
