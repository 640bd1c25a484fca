import type { BodyInput, CustomObject, Operations } from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'

/** The objects that the organization made, as far as one sees them, in their order; retired ones for who manages them. */
export const customObjectsQuery = queryOptions({
  queryKey: ['custom-objects'],
  queryFn: async ({ signal }) => (await rapport.customObjects.list({ signal })).items,
  staleTime: 5 * 60_000,
})

type Body<Name extends keyof Operations['customObjects']> = BodyInput<Operations['customObjects'][Name]>
export type NewObject = Body<'create'>
export type ObjectChange = Omit<Body<'update'>, 'version'>

const refresh = () => queryClient.invalidateQueries({ queryKey: customObjectsQuery.queryKey })

export const useCreateObject = () =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: NewObject }) =>
      rapport.customObjects.create({ body, idempotencyKey: key }),
    onSettled: refresh,
  })

/** The new order shows at once; the server's follows. */
export const useChangeObject = () =>
  useMutation({
    mutationFn: ({ object, change }: { object: CustomObject; change: ObjectChange }) =>
      rapport.customObjects.update({
        params: { key: object.key },
        body: { ...change, version: object.version },
      }),
    onMutate: ({ object, change: { position } }) => {
      if (position === undefined) return
      queryClient.setQueryData<CustomObject[]>(customObjectsQuery.queryKey, (known = []) =>
        known.filter(({ id }) => id !== object.id).toSpliced(position, 0, object),
      )
    },
    onSettled: refresh,
  })

export const useRemoveObject = () =>
  useMutation({
    mutationFn: (key: string) => rapport.customObjects.remove({ params: { key } }),
    onSettled: refresh,
  })
