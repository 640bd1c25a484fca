import type { ApiKey, BodyInput, Operations } from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async () => (await rapport.apiKeys.list()).items,
  staleTime: 30_000,
})

type Body<Name extends keyof Operations['apiKeys']> = BodyInput<Operations['apiKeys'][Name]>

const refresh = () => queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey })

export const useCreateKey = () =>
  useMutation({
    // The key makes a retry after a lost answer harmless: there is still one key, and its secret is told.
    mutationFn: ({ body, key }: { body: Body<'create'>; key: string }) =>
      rapport.apiKeys.create({ body, idempotencyKey: key }),
    onSettled: refresh,
  })

export const useUpdateScopes = () =>
  useMutation({
    mutationFn: ({ id, scopes }: { id: string; scopes: string[] }) =>
      rapport.apiKeys.updateScopes({ params: { id }, body: { scopes } }),
    onSettled: refresh,
  })

export const useRotateKey = () =>
  useMutation({
    mutationFn: ({ id, grace_hours }: { id: string; grace_hours: number }) =>
      rapport.apiKeys.rotate({ params: { id }, body: { grace_hours } }),
    onSettled: refresh,
  })

export const useRevokeKey = () =>
  useMutation({
    mutationFn: ({ id }: Pick<ApiKey, 'id'>) => rapport.apiKeys.revoke({ params: { id } }),
    onSettled: refresh,
  })
