import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { tagsQuery } from './api.ts'

export const tagRoutes: RouteObject[] = [
  {
    path: paths.tags,
    loader: withSession(() => queryClient.ensureQueryData(tagsQuery)),
    lazy: async () => ({ Component: (await import('./TagsPage.tsx')).TagsPage }),
  },
]
