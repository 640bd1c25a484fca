import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { everybodyQuery } from './api.ts'

export const memberRoutes: RouteObject[] = [
  {
    path: paths.members,
    loader: withSession(() => queryClient.ensureQueryData(everybodyQuery)),
    lazy: async () => ({ Component: (await import('./MembersPage.tsx')).MembersPage }),
  },
]

/** Open to everybody: who comes by a mail may have no account yet. */
export const acceptRoutes: RouteObject[] = [
  {
    path: paths.acceptInvitation,
    lazy: async () => ({ Component: (await import('./AcceptPage.tsx')).AcceptPage }),
  },
]
