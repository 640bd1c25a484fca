import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { lostReasonsQuery, pipelinesQuery } from './api.ts'

export const pipelineRoutes: RouteObject[] = [
  {
    path: paths.pipelines,
    loader: withSession(() =>
      Promise.all([
        queryClient.ensureQueryData(pipelinesQuery),
        queryClient.ensureQueryData(lostReasonsQuery),
      ]),
    ),
    lazy: async () => ({ Component: (await import('./PipelinesPage.tsx')).PipelinesPage }),
  },
]
