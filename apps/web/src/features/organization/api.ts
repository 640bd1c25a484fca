import { queryOptions, useMutation } from '@tanstack/react-query'
import type { BodyInput, Operations } from '@rapport/contracts'
import { queryClient } from '../../app/queryClient.ts'
import { ME_KEY, rapport } from '../../app/rapport.ts'

/** Open invitations to the person's own address, wherever they lead. */
export const receivedInvitationsQuery = queryOptions({
  queryKey: ['received-invitations'],
  queryFn: async () => (await rapport.invitations.mine()).items,
  staleTime: 60_000,
})

export const useUpdateOrganization = () =>
  useMutation({
    mutationFn: (body: BodyInput<Operations['identity']['updateOrganization']>) =>
      rapport.identity.updateOrganization({ body }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ME_KEY }),
  })

export const useCreateOrganization = () =>
  useMutation({ mutationFn: (name: string) => rapport.identity.createOrganization({ body: { name } }) })

export const useAcceptReceived = () =>
  useMutation({
    mutationFn: (id: string) => rapport.invitations.acceptMine({ params: { id } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: receivedInvitationsQuery.queryKey }),
  })

export const useDeclineReceived = () =>
  useMutation({
    mutationFn: (id: string) => rapport.invitations.decline({ params: { id } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: receivedInvitationsQuery.queryKey }),
  })
