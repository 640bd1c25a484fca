import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { requireSession, withSession } from '../../app/requireSession.ts'
import { methodsQuery } from '../security/api.ts'
import { sessionsQuery } from './api.ts'

export const accountRoutes: RouteObject[] = [
  {
    path: paths.profile,
    loader: requireSession,
    lazy: async () => ({ Component: (await import('./ProfilePage.tsx')).ProfilePage }),
  },
  {
    path: paths.security,
    loader: withSession(() =>
      Promise.all([queryClient.ensureQueryData(sessionsQuery), queryClient.ensureQueryData(methodsQuery)]),
    ),
    lazy: async () => ({ Component: (await import('./SecurityPage.tsx')).SecurityPage }),
  },
]
