import { queryOptions, useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Member } from '@rapport/contracts'
import { rapport } from '../../app/rapport.ts'

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: async () => (await rapport.identity.members()).items,
  staleTime: 5 * 60_000,
})

const nobody: Member[] = []

export function useMembers(): Member[] {
  return useQuery(membersQuery).data ?? nobody
}

export function useMemberName(): (id: string | null) => string | null {
  const members = useMembers()
  return useCallback((id) => members.find((member) => member.user_id === id)?.full_name ?? null, [members])
}
