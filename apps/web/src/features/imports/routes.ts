import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { meQuery } from '../../app/session.ts'
import { importQuery, importsQuery } from './api.ts'

/** Who may not import is told so by the page; there is nothing to fetch for them. */
async function prefetchImports(): Promise<void> {
  const { permissions } = await queryClient.ensureQueryData(meQuery)
  if (permissions['leads:import'] !== undefined) await queryClient.prefetchQuery(importsQuery)
}

export const importRoutes: RouteObject[] = [
  {
    path: paths.imports,
    loader: withSession(prefetchImports),
    lazy: async () => ({ Component: (await import('./ImportsPage.tsx')).ImportsPage }),
  },
  {
    path: paths.import(':id'),
    loader: withSession(({ params }) => queryClient.ensureQueryData(importQuery(params['id'] ?? ''))),
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: async () => ({ Component: (await import('./ImportPage.tsx')).ImportPage }),
  },
]
