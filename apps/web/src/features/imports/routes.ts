import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { importQuery } from './api.ts'

export const importRoutes: RouteObject[] = [
  {
    path: paths.imports,
    lazy: async () => ({ Component: (await import('./ImportsPage.tsx')).ImportsPage }),
  },
  {
    path: paths.import(':id'),
    loader: async ({ params }) => {
      await queryClient.ensureQueryData(importQuery(params['id'] ?? ''))
      return null
    },
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: async () => ({ Component: (await import('./ImportPage.tsx')).ImportPage }),
  },
]
