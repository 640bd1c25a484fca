import type { BodyInput, Feature, Me, Permission, TwoFactorRequired, identity } from '@rapport/contracts'
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { forgetDrafts, forgetUnsent } from '../ui/drafts.ts'
import { forgetRecents } from './recentRecords.ts'
import { isProblem } from '../ui/problem.ts'
import { pendingInvitation } from './pendingInvitation.ts'
import { ME_KEY, rapport } from './rapport.ts'
import { paths } from './paths.ts'
import { endPushes } from './push.ts'
import { queryClient } from './queryClient.ts'
import { tellOtherTabs } from './tabs.ts'

/** Who is using the app, where, and what they may do. The cookie that proves it is out of our reach. */
export const meQuery = queryOptions({
  queryKey: ME_KEY,
  queryFn: ({ signal }) => rapport.identity.me({ signal }),
  staleTime: 5 * 60_000,
})

export const metaQuery = queryOptions({
  queryKey: ['meta'],
  queryFn: ({ signal }) => rapport.meta.get({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Below the app's route someone is logged in: its loader has seen to it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** What is of no use while the organization has switched off the feature that it belongs to. */
const featureOf: Partial<Record<Permission, Feature>> = {
  'leads:import': 'imports',
  'api_keys:manage': 'api_keys',
}

/** One person in one organization, as a key for what is kept on the device. */
export const ownerOf = ({ user, organization }: Pick<Me, 'user' | 'organization'>): string =>
  `${user.id}.${organization.id}`

export function may({ permissions, features }: Pick<Me, 'permissions' | 'features'>, permission: Permission) {
  const feature = featureOf[permission]
  return permissions[permission] !== undefined && (feature === undefined || features[feature])
}

export function useMay(permission: Permission): boolean {
  return may(useMe(), permission)
}

/** Whether this installation has the demo account; unknown counts as no. */
export function useIsDemo(): boolean {
  return useQuery(metaQuery).data?.demo ?? false
}

/** Whether mails leave this installation; unknown counts as yes, so that nobody is warned for nothing. */
export function useSendsMail(): boolean {
  return useQuery(metaQuery).data?.sends_mail ?? true
}

/** What was read before belongs to no one, or to someone else. */
function startAfresh(): void {
  queryClient.clear()
  tellOtherTabs()
}

type LogIn = BodyInput<typeof identity.login>

/** Whoever belongs to no organization any more can come in by the invitation that brought them here. */
async function sendLogIn(body: LogIn) {
  try {
    return await rapport.identity.login({ body })
  } catch (error) {
    const invitation_token = pendingInvitation.read()
    if (!isProblem(error) || error.code !== 'no_organization' || invitation_token === null) throw error
    return rapport.identity.login({ body: { ...body, invitation_token } })
  }
}

/** Null when the person is in, otherwise what else the account asks for. */
export async function logIn(body: LogIn): Promise<TwoFactorRequired | null> {
  const answer = await sendLogIn(body)
  if ('two_factor_required' in answer) return answer
  startAfresh()
  return null
}

/** Any other way in. What it answers may also be a further question; then nobody is in yet. */
export async function enterWith<Answer extends object>(open: () => Promise<Answer>): Promise<Answer> {
  const answer = await open()
  if ('access_token' in answer) startAfresh()
  return answer
}

export async function register(body: BodyInput<typeof identity.register>): Promise<void> {
  await rapport.identity.register({ body })
  startAfresh()
}

/** The pages on screen belong to the former session: a fresh load is the one way that none of it lingers. */
export function leaveFor(path: string): void {
  forgetDrafts()
  forgetRecents()
  tellOtherTabs()
  location.assign(path)
}

async function endSession(): Promise<void> {
  await rapport.identity.logout()
  forgetUnsent()
  // With the session the server pushes nothing more; what the browser keeps of it is not worth staying for.
  await endPushes().catch(() => undefined)
}

export async function logOut(then: string = paths.login): Promise<void> {
  await endSession()
  leaveFor(then)
}

/** Ends the session and comes back to the page, for somebody else to go on. */
export async function logOutHere(): Promise<void> {
  await endSession()
  leaveFor(location.pathname)
}

export async function joinOrganization(token: string): Promise<void> {
  const { organization } = await rapport.invitations.accept({ body: { token } })
  pendingInvitation.forget()
  await switchOrganization(organization.id)
}

export async function switchOrganization(organization_id: string): Promise<void> {
  await rapport.identity.switchOrganization({ body: { organization_id } })
  leaveFor(paths.home)
}
