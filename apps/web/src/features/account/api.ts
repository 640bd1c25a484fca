import { queryOptions, useMutation } from '@tanstack/react-query'
import type { Me, UserSession } from '@rapport/contracts'
import { queryClient } from '../../app/queryClient.ts'
import { ME_KEY, rapport } from '../../app/rapport.ts'

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await rapport.account.sessions()).items,
  staleTime: 0,
})

export async function saveName(full_name: string): Promise<void> {
  const user = await rapport.identity.updateMe({ body: { full_name } })
  queryClient.setQueryData<Me>(ME_KEY, (me) => me && { ...me, user })
}

/** Gone at once; a refusal brings it back. */
function useEndSessions<Input>(
  end: (input: Input) => Promise<void>,
  ends: (session: UserSession, input: Input) => boolean,
) {
  return useMutation({
    mutationFn: end,
    onMutate: async (input) => {
      await queryClient.cancelQueries(sessionsQuery)
      const before = queryClient.getQueryData(sessionsQuery.queryKey)
      queryClient.setQueryData(sessionsQuery.queryKey, (known) =>
        known?.filter((session) => !ends(session, input)),
      )
      return { before }
    },
    onError: (_error, _input, kept) => {
      if (kept?.before) queryClient.setQueryData(sessionsQuery.queryKey, kept.before)
    },
    onSettled: () => queryClient.invalidateQueries(sessionsQuery),
  })
}

export const useEndSession = () =>
  useEndSessions(
    (id: string) => rapport.account.revokeSession({ params: { id } }),
    (session, id) => session.id === id,
  )

export const useEndOtherSessions = () =>
  useEndSessions(
    () => rapport.account.revokeOtherSessions(),
    (session) => !session.current,
  )
