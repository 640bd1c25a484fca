import { ProviderKey, type PasswordRequired, type TwoFactorRequired } from '@rapport/contracts'
import { redirect, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../../app/paths.ts'
import { pendingInvitation } from '../../app/pendingInvitation.ts'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { enterWith } from '../../app/session.ts'
import { isProblem } from '../../ui/problem.ts'
import { methodsQuery, providersQuery } from './api.ts'
import { takeNext } from './next.ts'

/** What the page shows when the browser comes back and is not simply let in. */
export type Returned = { provider: ProviderKey; name: string } & (
  | { outcome: 'question'; question: TwoFactorRequired }
  | { outcome: 'password'; asked: PasswordRequired }
  | { outcome: 'refused'; code: string; linking: boolean }
)

/** The provider's answer is good for once, so it is handed in by the loader, which runs once a visit. */
export async function returnFromProvider({
  params,
  request,
}: LoaderFunctionArgs): Promise<Returned | Response> {
  const known = ProviderKey.safeParse(params['provider'])
  if (!known.success) return redirect(paths.login)
  const provider = known.data
  const { search, searchParams } = new URL(request.url)
  const linking = searchParams.get('state')?.startsWith('link.') ?? false
  const query = search.slice(1) || 'none'
  const name = await nameOf(provider)
  try {
    return linking ? await link(provider, query) : await logIn(provider, name, query)
  } catch (error) {
    if (!isProblem(error)) throw error
    return { provider, name, outcome: 'refused', code: error.code, linking }
  }
}

async function nameOf(provider: ProviderKey): Promise<string> {
  const offered = await queryClient.ensureQueryData(providersQuery).catch(() => [])
  return offered.find((one) => one.provider === provider)?.name ?? provider
}

async function link(provider: ProviderKey, query: string): Promise<Response> {
  await rapport.signIn.finishLink({ params: { provider }, body: { query } })
  await queryClient.invalidateQueries({ queryKey: methodsQuery.queryKey })
  return redirect(paths.security)
}

async function logIn(provider: ProviderKey, name: string, query: string): Promise<Returned | Response> {
  const invitation_token = pendingInvitation.read() ?? undefined
  const answer = await enterWith(() =>
    rapport.signIn.finishProvider({ params: { provider }, body: { query, invitation_token } }),
  )
  if ('two_factor_required' in answer) return { provider, name, outcome: 'question', question: answer }
  if ('password_required' in answer) return { provider, name, outcome: 'password', asked: answer }
  const next = takeNext()
  // Somebody new has joined with it; who has an account decides on the page of the invitation.
  if (invitation_token === undefined || (await isOpen(invitation_token))) return redirect(next)
  pendingInvitation.forget()
  return redirect(paths.home)
}

const isOpen = (token: string): Promise<boolean> =>
  rapport.invitations.inspect({ body: { token } }).then(
    () => true,
    (error: unknown) => !isProblem(error),
  )
