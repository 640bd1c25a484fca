import type { BodyInput, Operations, View } from '@rapport/contracts'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { useMay } from '../../app/session.ts'

export const viewsQuery = (object: string) =>
  queryOptions({
    queryKey: ['views', object],
    queryFn: async ({ signal }) => (await rapport.views.list({ query: { object }, signal })).items,
    staleTime: 60_000,
  })

const none: View[] = []

export function useViews(object: string): View[] {
  return useQuery({ ...viewsQuery(object), enabled: useMay('views:read') }).data ?? none
}

type Body<Name extends keyof Operations['views']> = BodyInput<Operations['views'][Name]>

/** What was saved is in the list before it is read again: the address may lead to it at once. */
function keep(view: View): void {
  queryClient.setQueryData(viewsQuery(view.object).queryKey, (known) => {
    if (!known) return known
    const others = known.map((other) => (other.id === view.id ? view : other))
    return others.includes(view) ? others : [...others, view]
  })
}

const refresh = () => queryClient.invalidateQueries({ queryKey: ['views'] })

export const useCreateView = () =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: Body<'create'> }) =>
      rapport.views.create({ body, idempotencyKey: key }),
    onSuccess: keep,
    onSettled: refresh,
  })

export const useUpdateView = () =>
  useMutation({
    mutationFn: ({ id, body }: { id: string; body: Body<'update'> }) =>
      rapport.views.update({ params: { id }, body }),
    onSuccess: keep,
    onSettled: refresh,
  })

export const useRemoveView = () =>
  useMutation({
    mutationFn: ({ id }: View) => rapport.views.remove({ params: { id } }),
    onSuccess: (_nothing, { id, object }) =>
      queryClient.setQueryData(viewsQuery(object).queryKey, (known) =>
        known?.filter((view) => view.id !== id),
      ),
    onSettled: refresh,
  })
