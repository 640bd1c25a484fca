import { redirect } from 'react-router'
import type { LoaderFunction, LoaderFunctionArgs } from 'react-router'
import { isProblem } from '../ui/problem.ts'
import { homeOf } from './nav.ts'
import { loginPath, paths } from './paths.ts'
import { queryClient } from './queryClient.ts'
import { meQuery } from './session.ts'

/**
 * Loader of everything behind log-in: makes sure that `useMe` has an answer, or leads to the log-in page. Where the
 * organization asks two-factor and this log-in had none, it leads to its set-up first.
 */
export async function requireSession(args: LoaderFunctionArgs): Promise<Response | null> {
  const elsewhere = await requireLogIn(args)
  if (elsewhere) return elsewhere
  return queryClient.getQueryData(meQuery.queryKey)?.two_factor_pending
    ? redirect(paths.twoFactorPending)
    : null
}

/** Somebody is logged in, whatever else the organization asks of them. */
export async function requireLogIn({ request }: LoaderFunctionArgs): Promise<Response | null> {
  try {
    await queryClient.ensureQueryData(meQuery)
    return null
  } catch (error) {
    if (!isProblem(error) || error.status !== 401) throw error
    const { pathname, search } = new URL(request.url)
    return redirect(loginPath(pathname + search))
  }
}

/**
 * A page's loader. The router starts all loaders at once, so each waits for the session by itself: only then is it
 * known which organization to ask about.
 */
export function withSession(load: (args: LoaderFunctionArgs) => Promise<unknown>): LoaderFunction {
  return async (args) => {
    const elsewhere = await requireSession(args)
    if (elsewhere) return elsewhere
    await load(args)
    return null
  }
}

/** Loader of the address without a page: to where this member begins. */
export async function goHome(args: LoaderFunctionArgs): Promise<Response> {
  const elsewhere = await requireSession(args)
  return elsewhere ?? redirect(homeOf(await queryClient.ensureQueryData(meQuery)))
}

/** Loader of the log-in pages: someone who is logged in has no business there. */
export async function passBySession({ request }: LoaderFunctionArgs): Promise<Response | null> {
  // Whoever was sent here for a reason is asked for anew: what was known before is just what has ended.
  const sent = new URL(request.url).searchParams.has('reason')
  const known = sent
    ? queryClient.fetchQuery({ ...meQuery, staleTime: 0 })
    : queryClient.ensureQueryData(meQuery)
  // Whatever keeps us from knowing (no session, no network), the log-in form is the right thing to show.
  const me = await known.catch(() => null)
  if (me !== null) return redirect(paths.home)
  queryClient.removeQueries(meQuery)
  return null
}
