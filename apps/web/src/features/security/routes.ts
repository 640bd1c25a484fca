import { redirect, type LoaderFunctionArgs, type RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { requireLogIn } from '../../app/requireSession.ts'
import { meQuery } from '../../app/session.ts'
import { methodsQuery } from './api.ts'
import { returnFromProvider } from './returnFromProvider.ts'

/** Someone who lacks nothing has no business there. */
async function loadPending(args: LoaderFunctionArgs): Promise<Response | null> {
  const elsewhere = await requireLogIn(args)
  if (elsewhere) return elsewhere
  const me = await queryClient.fetchQuery({ ...meQuery, staleTime: 0 })
  if (!me.two_factor_pending) return redirect(paths.home)
  await queryClient.ensureQueryData(methodsQuery)
  return null
}

/** Outside the app's frame: on the way in. */
export const signInRoutes: RouteObject[] = [
  {
    path: paths.providerReturn,
    loader: returnFromProvider,
    lazy: async () => ({ Component: (await import('./ProviderReturnPage.tsx')).ProviderReturnPage }),
  },
  {
    path: paths.twoFactorPending,
    loader: loadPending,
    lazy: async () => ({ Component: (await import('./TwoFactorPendingPage.tsx')).TwoFactorPendingPage }),
  },
]
