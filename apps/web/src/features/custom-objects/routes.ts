import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { customObjectsQuery } from './api.ts'

export const customObjectRoutes: RouteObject[] = [
  {
    path: paths.objects,
    loader: withSession(() => queryClient.ensureQueryData(customObjectsQuery)),
    lazy: async () => ({ Component: (await import('./ObjectsPage.tsx')).ObjectsPage }),
  },
]
