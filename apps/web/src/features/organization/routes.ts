import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { withSession } from '../../app/requireSession.ts'

export const organizationRoutes: RouteObject[] = [
  {
    path: paths.organization,
    loader: withSession(async () => undefined),
    lazy: async () => ({ Component: (await import('./OrganizationPage.tsx')).OrganizationPage }),
  },
]

/** Outside the shell, because without an organization there is nothing in it to show. */
export const outsideRoutes: RouteObject[] = [
  {
    path: paths.outside,
    lazy: async () => ({ Component: (await import('./OutsidePage.tsx')).OutsidePage }),
  },
]
