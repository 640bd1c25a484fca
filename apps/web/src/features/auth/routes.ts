import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { passBySession } from '../../app/requireSession.ts'

export const authRoutes: RouteObject[] = [
  {
    path: paths.login,
    loader: passBySession,
    lazy: async () => ({ Component: (await import('./LoginPage.tsx')).LoginPage }),
  },
  {
    path: paths.signup,
    loader: passBySession,
    lazy: async () => ({ Component: (await import('./SignupPage.tsx')).SignupPage }),
  },
]
