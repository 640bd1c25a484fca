import type { RouteObject } from 'react-router'
import { holds } from '../../app/fieldAccess.ts'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { todayQuery } from '../follow-ups/api.ts'
import { doneTodayQuery, myTasksQuery } from '../tasks/api.ts'

export const todayRoutes: RouteObject[] = [
  {
    path: paths.today,
    // All at once, so that the page comes as a whole after one way to the server and back.
    loader: withSession(() =>
      Promise.all([
        queryClient.ensureQueryData(todayQuery),
        ...(holds('tasks:read')
          ? [queryClient.prefetchQuery(myTasksQuery), queryClient.prefetchQuery(doneTodayQuery)]
          : []),
      ]),
    ),
    lazy: async () => ({ Component: (await import('./TodayPage.tsx')).TodayPage }),
  },
]
