import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { todayQuery } from '../follow-ups/api.ts'

export const todayRoutes: RouteObject[] = [
  {
    path: paths.today,
    loader: withSession(() => queryClient.ensureQueryData(todayQuery)),
    lazy: async () => ({ Component: (await import('./TodayPage.tsx')).TodayPage }),
  },
]
