import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { exportsQuery } from './api.ts'

export const exportRoutes: RouteObject[] = [
  {
    path: paths.exports,
    loader: withSession(() => queryClient.prefetchQuery(exportsQuery)),
    lazy: async () => ({ Component: (await import('./ExportsPage.tsx')).ExportsPage }),
  },
]
