import type { BodyInput, Operations, RecordTag, Tag } from '@rapport/contracts'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { useMay } from '../../app/session.ts'

export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: async ({ signal }) => (await rapport.tags.list({ signal })).items,
  staleTime: 5 * 60_000,
})

/** How many records carry each tag: id → how many, of all kinds together. */
export const usageQuery = queryOptions({
  queryKey: ['tags', 'usage'],
  queryFn: async ({ signal }) => {
    const { items } = await rapport.tags.usage({ signal })
    const counts = new Map<string, number>()
    for (const { tag_id, records } of items) counts.set(tag_id, (counts.get(tag_id) ?? 0) + records)
    return counts
  },
  staleTime: 0,
})

const none: Tag[] = []

export function useTags(): Tag[] {
  return useQuery({ ...tagsQuery, enabled: useMay('tags:read') }).data ?? none
}

/** Those that have been read. */
export const knownTags = (): readonly RecordTag[] => queryClient.getQueryData(tagsQuery.queryKey) ?? none

type Body<Name extends keyof Operations['tags']> = BodyInput<Operations['tags'][Name]>
const refresh = () => queryClient.invalidateQueries({ queryKey: tagsQuery.queryKey })

export const useCreateTag = () =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: Body<'create'> }) =>
      rapport.tags.create({ body, idempotencyKey: key }),
    onSettled: refresh,
  })

/** The new look shows at once; a refusal puts the old one back. */
export const useUpdateTag = () =>
  useMutation({
    mutationFn: ({ id, ...body }: Body<'update'> & { id: string }) =>
      rapport.tags.update({ params: { id }, body }),
    onMutate: async ({ id, name, color }) => {
      await queryClient.cancelQueries({ queryKey: tagsQuery.queryKey })
      const before = queryClient.getQueryData(tagsQuery.queryKey)
      queryClient.setQueryData(tagsQuery.queryKey, (known) =>
        known?.map((tag) =>
          tag.id === id ? { ...tag, ...(name ? { name } : {}), ...(color ? { color } : {}) } : tag,
        ),
      )
      return { before }
    },
    onError: (_error, _input, kept) => {
      if (kept?.before) queryClient.setQueryData(tagsQuery.queryKey, kept.before)
    },
    onSettled: refresh,
  })

export const useRemoveTag = () =>
  useMutation({
    mutationFn: (id: string) => rapport.tags.remove({ params: { id } }),
    onSettled: refresh,
  })

export const useMergeTags = () =>
  useMutation({ mutationFn: (body: Body<'merge'>) => rapport.tags.merge({ body }), onSettled: refresh })
