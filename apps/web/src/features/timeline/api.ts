import type { Activity } from '@rapport/contracts'
import { queryOptions, useMutation, type QueryKey } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'

/** How a timeline is asked for: of which types, and with that of related records or without. */
export type TimelineAsked = { types?: string | undefined; related?: 'true' | undefined }

/** Tells that one looks at the record, once for as long as it is open; answers when one last did. */
export const visitQuery = (object: string, id: string) =>
  queryOptions({
    queryKey: ['visit', object, id],
    queryFn: async () => (await rapport.timelines.visit({ body: { record: { object, id } } })).previous_at,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

export const ownersQuery = ({ object, id }: { object: string; id: string }) =>
  queryOptions({
    queryKey: ['owners', object, id],
    queryFn: async ({ signal }) => (await rapport.timelines.owners({ query: { object, id }, signal })).items,
    staleTime: 0,
  })

export const usePin = (timeline: QueryKey) =>
  useMutation({
    mutationFn: ({ id, pinned_at }: Activity) =>
      rapport.timelines.pin({ params: { id }, body: { pinned: pinned_at === null } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: timeline }),
  })
