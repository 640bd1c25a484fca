import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { importQuery, importsQuery } from './api.ts'

export const importRoutes: RouteObject[] = [
  {
    path: paths.imports,
    loader: withSession(() => queryClient.prefetchQuery(importsQuery)),
    lazy: async () => ({ Component: (await import('./ImportsPage.tsx')).ImportsPage }),
  },
  {
    path: paths.import(':id'),
    loader: withSession(({ params }) => queryClient.ensureQueryData(importQuery(params['id'] ?? ''))),
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: async () => ({ Component: (await import('./ImportPage.tsx')).ImportPage }),
  },
]
