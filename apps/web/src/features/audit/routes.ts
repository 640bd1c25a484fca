import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { membersQuery } from '../members/api.ts'
import { pipelinesQuery } from '../pipelines/api.ts'

export const auditRoutes: RouteObject[] = [
  {
    path: paths.audit,
    // People and stages are named in words.
    loader: withSession(() =>
      Promise.all([queryClient.ensureQueryData(membersQuery), queryClient.ensureQueryData(pipelinesQuery)]),
    ),
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: async () => ({ Component: (await import('./AuditPage.tsx')).AuditPage }),
  },
]
