import { identity, meta } from '@rapport/contracts'
import type { BodyInput, Me, Permission } from '@rapport/contracts'
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { queryClient } from './queryClient.ts'
import { send } from './send.ts'

/** Who is using the app, where, and what they may do. The cookie that proves it is out of our reach. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => send(identity.me),
  staleTime: 5 * 60_000,
})

const metaQuery = queryOptions({
  queryKey: ['meta'],
  queryFn: () => send(meta.get),
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

/** Nothing of the former person or organization may stay in memory. */
function forgetEverything(): void {
  queryClient.clear()
}

export async function logIn(body: BodyInput<typeof identity.login>): Promise<void> {
  await send(identity.login, body)
  forgetEverything()
}

export async function register(body: BodyInput<typeof identity.register>): Promise<void> {
  await send(identity.register, body)
  forgetEverything()
}

export async function logOut(): Promise<void> {
  await send(identity.logout)
  forgetEverything()
}

export async function switchOrganization(organization_id: string): Promise<void> {
  await send(identity.switchOrganization, { organization_id })
  forgetEverything()
}
