import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import type { BodyInput, Member, Operations } from '@rapport/contracts'
import { useCallback } from 'react'
import { queryClient, readAgain } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { useMay } from '../../app/session.ts'

/** Who can own and do things: the active members. */
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: async () => (await rapport.members.list()).items,
  staleTime: 5 * 60_000,
})

export const everybodyQuery = queryOptions({
  queryKey: ['members', 'all'],
  queryFn: async () => (await rapport.members.list({ query: { state: 'all' } })).items,
})

/** With how much they own. */
export const memberQuery = (user_id: string) =>
  queryOptions({
    queryKey: ['members', 'one', user_id],
    queryFn: () => rapport.members.get({ params: { user_id } }),
    staleTime: 0,
  })

export const assignableRolesQuery = queryOptions({
  queryKey: ['members', 'roles'],
  queryFn: async () => (await rapport.members.assignableRoles()).items,
})

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: async () => (await rapport.invitations.list()).items,
})

/** For those who may see teams; nothing for the others. */
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async () => (await rapport.teams.list()).items,
})

const nobody: Member[] = []

export function useMembers(): Member[] {
  return useQuery({ ...membersQuery, enabled: useMay('members:read') }).data ?? nobody
}

export function useMemberName(): (id: string | null) => string | null {
  const members = useMembers()
  return useCallback((id) => members.find((member) => member.user_id === id)?.full_name ?? null, [members])
}

type MemberBody<Name extends keyof Operations['members']> = BodyInput<Operations['members'][Name]>
type InvitationBody<Name extends keyof Operations['invitations']> = BodyInput<Operations['invitations'][Name]>

/** The new role shows at once; a refusal puts the old one back. */
export const useChangeRole = () =>
  useMutation({
    mutationFn: ({ user_id, role }: MemberBody<'update'> & { user_id: string }) =>
      rapport.members.update({ params: { user_id }, body: { role } }),
    onMutate: async ({ user_id, role }) => {
      await queryClient.cancelQueries({ queryKey: ['members'] })
      const before = queryClient.getQueryData(everybodyQuery.queryKey)
      queryClient.setQueryData(everybodyQuery.queryKey, (known) =>
        known?.map((member) => (member.user_id === user_id ? { ...member, role } : member)),
      )
      return { before }
    },
    onError: (_error, _input, kept) => {
      if (kept?.before) queryClient.setQueryData(everybodyQuery.queryKey, kept.before)
    },
    onSettled: () => readAgain(['members']),
  })

export const useDeactivate = () =>
  useMutation({
    mutationFn: ({ user_id, reassign_to }: { user_id: string; reassign_to: string | null }) =>
      rapport.members.deactivate({ params: { user_id }, query: reassign_to ? { reassign_to } : {} }),
    onSettled: () => readAgain(['members'], ['invitations']),
  })

type HandOverBody = MemberBody<'handOver'>

export const useHandOver = (user_id: string) =>
  useMutation({
    mutationFn: (body: HandOverBody) => rapport.members.handOver({ params: { user_id }, body }),
    onSettled: () => readAgain(['members']),
  })

export const usePreviewHandOver = (user_id: string) =>
  useMutation({
    mutationFn: (body: HandOverBody) => rapport.members.previewHandOver({ params: { user_id }, body }),
  })

export const useRestore = () =>
  useMutation({
    mutationFn: (user_id: string) => rapport.members.restore({ params: { user_id } }),
    onSettled: () => readAgain(['members']),
  })

export const useTransferOwnership = () =>
  useMutation({
    mutationFn: (body: MemberBody<'transferOwnership'>) => rapport.members.transferOwnership({ body }),
    onSettled: () => readAgain(['members'], ['me']),
  })

export const useInvite = () =>
  useMutation({
    mutationFn: (body: InvitationBody<'create'>) => rapport.invitations.create({ body }),
    onSettled: () => readAgain(['invitations']),
  })

export const useResend = () =>
  useMutation({
    mutationFn: (id: string) => rapport.invitations.resend({ params: { id } }),
    onSettled: () => readAgain(['invitations']),
  })

export const useRevoke = () =>
  useMutation({
    mutationFn: (id: string) => rapport.invitations.revoke({ params: { id } }),
    onSettled: () => readAgain(['invitations']),
  })
