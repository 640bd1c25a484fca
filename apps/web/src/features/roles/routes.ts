import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { withSession } from '../../app/requireSession.ts'
import { rolesQuery } from './api.ts'

export const roleRoutes: RouteObject[] = [
  {
    path: paths.roles,
    loader: withSession(() => queryClient.ensureQueryData(rolesQuery)),
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: async () => ({ Component: (await import('./RolesPage.tsx')).RolesPage }),
  },
]
