import type { BodyInput, Me, Permission, TwoFactorRequired, identity } from '@rapport/contracts'
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { ME_KEY, rapport } from './rapport.ts'
import { paths } from './paths.ts'
import { queryClient } from './queryClient.ts'
import { tellOtherTabs } from './tabs.ts'

/** Who is using the app, where, and what they may do. The cookie that proves it is out of our reach. */
export const meQuery = queryOptions({
  queryKey: ME_KEY,
  queryFn: ({ signal }) => rapport.identity.me({ signal }),
  staleTime: 5 * 60_000,
})

const metaQuery = queryOptions({
  queryKey: ['meta'],
  queryFn: ({ signal }) => rapport.meta.get({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Below the app's route someone is logged in: its loader has seen to it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

export function useMay(permission: Permission): boolean {
  return useMe().permissions[permission] !== undefined
}

/** Whether this installation has the demo account; unknown counts as no. */
export function useIsDemo(): boolean {
  return useQuery(metaQuery).data?.demo ?? false
}

/** What was read before belongs to no one, or to someone else. */
function startAfresh(): void {
  queryClient.clear()
  tellOtherTabs()
}

/** Null when the person is in, otherwise what else the account asks for. */
export async function logIn(body: BodyInput<typeof identity.login>): Promise<TwoFactorRequired | null> {
  const answer = await rapport.identity.login({ body })
  if ('two_factor_required' in answer) return answer
  startAfresh()
  return null
}

export async function register(body: BodyInput<typeof identity.register>): Promise<void> {
  await rapport.identity.register({ body })
  startAfresh()
}

/** The pages on screen belong to the former session: a fresh load is the one way that none of it lingers. */
function leaveFor(path: string): void {
  tellOtherTabs()
  location.assign(path)
}

export async function logOut(): Promise<void> {
  await rapport.identity.logout()
  leaveFor(paths.login)
}

export async function switchOrganization(organization_id: string): Promise<void> {
  await rapport.identity.switchOrganization({ body: { organization_id } })
  leaveFor(paths.home)
}
