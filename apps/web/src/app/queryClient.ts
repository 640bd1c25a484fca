import { MutationCache, QueryCache, QueryClient, type QueryKey } from '@tanstack/react-query'
import { isNetworkFailure, isProblem } from '../ui/problem.ts'
import { noticeEndedMembership } from './membershipEnd.ts'
import { noticeEndedSession } from './sessionEnd.ts'

const RETRIES = 2

/** A refusal is an answer; only what might pass by itself is tried again. */
function mayPass(error: unknown): boolean {
  return isNetworkFailure(error) || (isProblem(error) && (error.status === 429 || error.status >= 500))
}

function onError(error: unknown): void {
  if (!isProblem(error)) return
  if (error.status === 401) noticeEndedSession()
  if (error.code === 'not_a_member') noticeEndedMembership()
  // The organization has begun to ask for it; a fresh load leads to the set-up.
  if (error.code === 'two_factor_required') location.reload()
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // Real time invalidates what changes; until then a list that was just seen is shown as it is.
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      retry: (count, error) => count < RETRIES && mayPass(error),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
})

/**
 * Reads again what stands under these keys after a change. It is not waited for: TanStack Query drops what a component
 * wanted done upon the answer when the component is gone by then, and lists that are read first take rows away.
 */
export function readAgain(...keys: QueryKey[]): void {
  for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey })
}
