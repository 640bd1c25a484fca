import type { RouteObject } from 'react-router'
import { holds } from '../../app/fieldAccess.ts'
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
      Promise.all([
        holds('members:read') ? queryClient.ensureQueryData(membersQuery) : undefined,
        holds('pipelines:read') ? queryClient.ensureQueryData(pipelinesQuery) : undefined,
      ]),
    ),
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: async () => ({ Component: (await import('./AuditPage.tsx')).AuditPage }),
  },
]
