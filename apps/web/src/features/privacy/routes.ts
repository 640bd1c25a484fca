import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'

export const privacyRoutes: RouteObject[] = [
  {
    path: paths.privacy,
    lazy: async () => ({ Component: (await import('./PrivacyPage.tsx')).PrivacyPage }),
  },
]
