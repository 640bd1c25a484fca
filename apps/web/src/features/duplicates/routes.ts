import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { withSession } from '../../app/requireSession.ts'

export const duplicateRoutes: RouteObject[] = [
  {
    path: paths.duplicates,
    loader: withSession(() => Promise.resolve(null)),
    lazy: async () => ({ Component: (await import('./DuplicatesPage.tsx')).DuplicatesPage }),
  },
]
