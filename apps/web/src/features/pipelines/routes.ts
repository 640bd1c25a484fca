import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { pipelinesQuery } from './api.ts'

export const pipelineRoutes: RouteObject[] = [
  {
    path: paths.pipelines,
    loader: async () => {
      await queryClient.ensureQueryData(pipelinesQuery)
      return null
    },
    lazy: async () => ({ Component: (await import('./PipelinesPage.tsx')).PipelinesPage }),
  },
]
