import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { featuresQuery } from './api.ts'

export const featureRoutes: RouteObject[] = [
  {
    path: paths.features,
    loader: withSession(() => queryClient.ensureQueryData(featuresQuery)),
    lazy: async () => ({ Component: (await import('./FeaturesPage.tsx')).FeaturesPage }),
  },
]
