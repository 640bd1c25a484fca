import type { RouteObject } from 'react-router'
import { holds } from '../../app/fieldAccess.ts'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { membersQuery, teamsQuery } from '../members/api.ts'

export const teamRoutes: RouteObject[] = [
  {
    path: paths.teams,
    loader: withSession(() =>
      Promise.all([
        queryClient.ensureQueryData(teamsQuery),
        holds('members:read') ? queryClient.ensureQueryData(membersQuery) : undefined,
      ]),
    ),
    lazy: async () => ({ Component: (await import('./TeamsPage.tsx')).TeamsPage }),
  },
]
