import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { withSession } from '../../app/requireSession.ts'
import { prepareRecords } from '../records/routes.ts'

export const boardRoutes: RouteObject[] = [
  {
    path: paths.board,
    loader: withSession(prepareRecords),
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: async () => ({ Component: (await import('./BoardPage.tsx')).BoardPage }),
  },
]
