import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { dashboardQuery } from './api.ts'

export const dashboardRoutes: RouteObject[] = [
  {
    path: paths.dashboard,
    loader: withSession(() => queryClient.ensureQueryData(dashboardQuery)),
    lazy: async () => ({ Component: (await import('./DashboardPage.tsx')).DashboardPage }),
  },
]
