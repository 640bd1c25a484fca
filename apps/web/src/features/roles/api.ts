import type { BodyInput, Operations, RoleRecord } from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'

/** Built-in roles first, then the organization's own by name. */
export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: async () => (await rapport.roles.list()).items,
  staleTime: 30_000,
})

type Body<Name extends keyof Operations['roles']> = BodyInput<Operations['roles'][Name]>

/** Members show the names of roles. */
const refresh = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: rolesQuery.queryKey }),
    queryClient.invalidateQueries({ queryKey: ['members'] }),
  ])

/** A role that was made or changed is in the list before it is read again: its sheet opens at once. */
function keep(role: RoleRecord): void {
  queryClient.setQueryData(
    rolesQuery.queryKey,
    (known) => known && [...known.filter(({ id }) => id !== role.id), role],
  )
}

export const useCreateRole = () =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: Body<'create'> }) =>
      rapport.roles.create({ body, idempotencyKey: key }),
    onSuccess: keep,
    onSettled: refresh,
  })

export const useUpdateRole = () =>
  useMutation({
    mutationFn: ({ id, body }: { id: string; body: Body<'update'> }) =>
      rapport.roles.update({ params: { id }, body }),
    onSuccess: keep,
    onSettled: refresh,
  })

export const useRemoveRole = () =>
  useMutation({
    mutationFn: ({ id, replacement }: { id: string; replacement: string | null }) =>
      rapport.roles.remove({ params: { id }, query: replacement === null ? {} : { replacement } }),
    onSettled: refresh,
  })
