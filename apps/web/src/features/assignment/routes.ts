import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { prepareRecords } from '../records/routes.ts'
import { absencesQuery, rulesQuery } from './api.ts'

export const assignmentRoutes: RouteObject[] = [
  {
    path: paths.assignment,
    loader: withSession(() =>
      Promise.all([
        queryClient.ensureQueryData(rulesQuery),
        queryClient.ensureQueryData(absencesQuery),
        prepareRecords(),
      ]),
    ),
    lazy: async () => ({ Component: (await import('./AssignmentPage.tsx')).AssignmentPage }),
  },
]
